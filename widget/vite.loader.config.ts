import { defineConfig } from 'vite';
import { minifyAgain } from './build/minifyAgain.ts';

/** What schools embed: one classic script under a name that never changes. */
export default defineConfig({
  publicDir: false,
  plugins: [minifyAgain(2017)],
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2017', // also a browser that cannot run the chat must get as far as the link to it
    lib: { entry: 'src/loader/main.ts', formats: ['iife'], name: 'clbchat', fileName: () => 'loader.js' },
  },
});
