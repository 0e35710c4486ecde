import { defineConfig } from 'vite';
import { leaveOut, unindent } from './build/leaveOut.ts';
import { minifyAgain } from './build/minifyAgain.ts';
import { vouch } from './build/vouch.ts';

const conditions = ['@clbchat/source', 'module', 'browser', 'development|production'];

/** `Features.LightDark` of lightningcss: no sheet of ours has `light-dark()`, so it need not be written for older browsers. */
const LIGHT_DARK = 1 << 20;

/** The framed chat: one page with relative addresses, so that it works under every site's path. */
export default defineConfig({
  base: './',
  resolve: { conditions },
  // the classic way to write elements down is 0.1 kB shorter on the first screen
  oxc: {
    jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' },
    jsxInject: "import { Fragment, h } from 'preact'",
  },
  css: { lightningcss: { exclude: LIGHT_DARK } },
  build: {
    outDir: 'dist',
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  plugins: [leaveOut(), unindent(), minifyAgain(2020), vouch()],
});
