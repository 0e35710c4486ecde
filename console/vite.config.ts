import { defineConfig } from 'vite';
import { parts } from './build/parts.ts';

/** One page, one script and one sheet, all from our own origin: the console's policy allows nothing inline. */
export default defineConfig({
  base: '/console/',
  resolve: { conditions: ['@clbchat/source', 'module', 'browser', 'development|production'] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  plugins: [parts()],
});
