/**
 * A step of the build, after the compiler: `clbchat-keys` as one file that imports nothing but Node itself, to be carried to
 * a computer without a network.
 */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
await build({
  configFile: false,
  root,
  logLevel: 'warn',
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: join(root, 'server/dist/shell/clbchatKeys.js'),
    outDir: join(root, 'server/dist'),
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    rollupOptions: { output: { entryFileNames: 'clbchat-keys.mjs', format: 'es' } },
  },
});
