import { defineConfig } from 'vite';

/** What schools embed: one classic script under a name that never changes. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry: 'src/loader/main.ts', formats: ['iife'], name: 'clbchat', fileName: () => 'loader.js' },
  },
});
