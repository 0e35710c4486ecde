import { minify } from 'terser';
import type { Plugin } from 'vite';

const LEFT_OUT: [module: RegExp, instead: string][] = [
  // Later chunks bring their sheets inside (sheets.ts) and import nothing that is not there yet, so Vite's helper that
  // would fetch both beforehand has nothing to do: 1 kB less on the first screen.
  [/vite\/preload-helper\.js$/, 'export const __vitePreload = (load) => load();'],
  // The link names its transports (shared/src/client/connect.ts), and this is none of them: 1 kB less until the chat runs.
  [/engine\.io-client\/build\/esm\/transports\/webtransport\.js$/, 'export const WT = undefined;'],
  // All that is said is text (shared/src/protocol). A packet that claims to be more is no protocol of ours, and loses the
  // connection by way of the parser: 1 kB less until the chat runs.
  [
    /socket\.io-parser\/build\/esm\/binary\.js$/,
    'export const deconstructPacket = (packet) => ({ packet, buffers: [] }); export const reconstructPacket = (packet) => packet;',
  ],
  [
    /socket\.io-parser\/build\/esm\/is-binary\.js$/,
    'export const isBinary = () => false; export const hasBinary = isBinary;',
  ],
  // … and so nothing that is read or written by the transports is more either: 0.6 kB less. A packet in bytes or in base64
  // is to them one of no known type, which loses the connection as well.
  [
    /engine\.io-parser\/build\/esm\/decodePacket\.browser\.js$/,
    `import { ERROR_PACKET, PACKET_TYPES_REVERSE } from './commons.js';
    export const decodePacket = (said) => {
      const type = PACKET_TYPES_REVERSE[said[0]];
      return type ? { type, data: said.slice(1) || undefined } : ERROR_PACKET;
    };`,
  ],
  [
    /engine\.io-parser\/build\/esm\/encodePacket\.browser\.js$/,
    `import { PACKET_TYPES } from './commons.js';
    export const encodePacket = ({ type, data }, _binary, done) => done(PACKET_TYPES[type] + (data || ''));
    export const encodePacketToBinary = undefined;`,
  ],
  // The manager takes the parser as one object, which holds on to a check that only a server asks for: 0.1 kB less.
  [/socket\.io-parser\/build\/esm\/index\.js$/, "export { Encoder, Decoder, PacketType } from './index.js?whole';"],
  // The link makes its own manager; the library's `io()` keeps a register of those by address: 0.4 kB less.
  [/socket\.io-client\/build\/esm\/index\.js$/, "export { Manager } from './manager.js';"],
  // A browser that can encrypt can ask another origin.
  [/engine\.io-client\/build\/esm\/contrib\/has-cors\.js$/, 'export const hasCORS = true;'],
  // The link is named by a whole address (shared/src/client/connect.ts), which the browser itself reads: 0.4 kB less.
  [
    /engine\.io-client\/build\/esm\/contrib\/parseuri\.js$/,
    `export function parse(source) {
      const { protocol, hostname, port, pathname, search } = new URL(source);
      const host = hostname.replace('[', '').replace(']', '');
      return { source, protocol: protocol.slice(0, -1), host, port, path: pathname, query: search.slice(1), queryKey: {} };
    }`,
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

/** The page on one line, without what only its readers here need; its own scripts as short as they can be. */
export function unindent(): Plugin {
  return {
    name: 'unindent',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      async handler(html) {
        const line = html
          .replaceAll(/<!--.*?-->/g, '')
          .replaceAll(/\s*\n\s*/g, ' ')
          .replaceAll(/> <(?!a )/g, '><')
          .replaceAll(/ \/?>/g, '>');
        const pieces = line.split(/(?<=<script>)(.+?)(?=<\/script>)/);
        const short = pieces.map(async (piece, at) =>
          at % 2 ? ((await minify(piece, { ecma: 5 })).code ?? piece).replace(/;$/, '') : piece,
        );
        return (await Promise.all(short)).join('');
      },
    },
  };
}
