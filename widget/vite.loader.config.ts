import { defineConfig } from 'vite';
import { minifyAgain } from './build/minifyAgain.ts';

/** Neither the page nor the service nor the frame has a field of these names. */
const OWN = /^(?:frameUrl|windowUrl|whole|forbidden|unwanted|taken|changed|unknown|sub|beside|isOpen|full|fit)$/; // ours: fields of the loader

/** What schools embed: one classic script under a name that never changes. */
export default defineConfig({
  publicDir: false,
  plugins: [minifyAgain(2017, OWN)],
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2017', // also a browser that cannot run the chat must get as far as the link to it
    lib: { entry: 'src/loader/main.ts', formats: ['iife'], name: 'clbchat', fileName: () => 'loader.js' },
  },
});
