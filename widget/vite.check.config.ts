import { defineConfig } from 'vite';
import { minifyAgain } from './build/minifyAgain.ts';

/** What stands in the frame while somebody tests a school's page (`public/check.html`). */
export default defineConfig({
  publicDir: false,
  plugins: [minifyAgain(2020)],
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry: 'src/check/main.ts', formats: ['iife'], name: 'clbcheck', fileName: () => 'assets/check.js' },
  },
});
