import { minify } from 'terser';
import type { Plugin } from 'vite';

/**
 * A second pass over what Vite has made small: it folds what the first one leaves, and is worth one kilobyte of what a
 * visitor waits for. Before `vouch`, which writes down the hash of each chunk.
 *
 * @param ecma the year of the language that may come out of it
 * @param own names of fields that only this program gives and reads: they may be called anything
 */
export const minifyAgain = (ecma: 2017 | 2020, own?: RegExp): Plugin => ({
  name: 'minify-again',
  async generateBundle({ format }, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue;
      const mangle = own ? { properties: { regex: own } } : true;
      const { code } = await minify(file.code, { module: format === 'es', compress: { passes: 4, ecma }, mangle });
      if (code === undefined) throw new Error(`${file.fileName}: nothing is left of it`);
      file.code = code;
    }
  },
});
