import { defineConfig } from 'vite';
import { leaveOut, unindent } from './build/leaveOut.ts';
import { shorten } from './build/shorten.ts';
import { vouch } from './build/vouch.ts';

const conditions = ['@clbchat/source', 'module', 'browser', 'development|production'];

/** The framed chat: one page with relative addresses, so that it works under every site's path. */
export default defineConfig({
  base: './',
  resolve: { conditions },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  plugins: [shorten(), leaveOut(), unindent(), vouch()],
});
