import type { Plugin } from 'vite';

const LEFT_OUT: [module: RegExp, instead: string][] = [
  // Later chunks bring their sheets inside (sheets.ts) and import nothing that is not there yet, so Vite's helper that
  // would fetch both beforehand has nothing to do: 1 kB less on the first screen.
  [/vite\/preload-helper\.js$/, 'export const __vitePreload = (load) => load();'],
  // The server offers WebSocket and long polling and no WebTransport, and the client asks for those two: 0.8 kB less.
  [/engine\.io-client\/build\/esm\/transports\/webtransport\.js$/, 'export class WT {}'],
  // Everything on this wire is text: nothing binary is looked for, taken apart or put together. A service that would
  // send some all the same is a parse error, which closes the connection: 0.7 kB less for the three.
  [
    /socket\.io-parser\/build\/esm\/is-binary\.js$/,
    'export const isBinary = () => false; export const hasBinary = () => false;',
  ],
  [
    /socket\.io-parser\/build\/esm\/binary\.js$/,
    'const not = () => { throw new Error("binary"); }; export { not as deconstructPacket, not as reconstructPacket };',
  ],
  [
    /engine\.io-parser\/build\/esm\/contrib\/base64-arraybuffer\.js$/,
    'export const decode = () => new ArrayBuffer(0);',
  ],
];

/** Modules of libraries that can never run here, and what stands in their place. */
export function leaveOut(): Plugin {
  const found = new Set<RegExp>();
  return {
    name: 'leave-out',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      const left = LEFT_OUT.find(([module]) => module.test(id));
      if (!left) return null;
      found.add(left[0]);
      return left[1];
    },
    // a library that renames its files would bring them back unseen
    buildEnd() {
      for (const [module] of LEFT_OUT) if (!found.has(module)) this.warn(`${module} was not there to be left out`);
    },
  };
}

/** The page without the indentation that only its readers here need. */
export function unindent(): Plugin {
  return {
    name: 'unindent',
    apply: 'build',
    transformIndexHtml: { order: 'post', handler: (html) => html.replaceAll(/\n\s+/g, '\n') },
  };
}
