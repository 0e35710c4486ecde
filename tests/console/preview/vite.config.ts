import { defineConfig } from 'vite';

/** `npx vite --config tests/console/preview/vite.config.ts`, then open /tests/console/preview/?scene=talk */
export default defineConfig({
  root: new URL('../../../', import.meta.url).pathname,
  resolve: { conditions: ['@clbchat/source', 'module', 'browser', 'development|production'] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
