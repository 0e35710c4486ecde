import { minify } from 'terser';
import type { Plugin } from 'vite';

/**
 * A second pass over what Vite has made small: it folds what the first one leaves, and is worth one kilobyte of what a
 * visitor waits for. Before `vouch`, which writes down the hash of each chunk.
 */
export const minifyAgain = (): Plugin => ({
  name: 'minify-again',
  async generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue;
      const { code } = await minify(file.code, { module: true, compress: { passes: 3, ecma: 2020 } });
      if (code === undefined) throw new Error(`${file.fileName}: nothing is left of it`);
      file.code = code;
    }
  },
});
