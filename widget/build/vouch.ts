import { createHash } from 'node:crypto';
import type { Plugin, Rollup } from 'vite';

const digest = (content: string) => `sha256-${createHash('sha256').update(content).digest('base64')}`;

/** As many as `again.ts` asks for. */
const AGAIN = [1, 2];

/**
 * The import map. Each chunk stands under two more addresses with the same hash: a browser that failed to fetch a module
 * never asks for that address again. What it stands on comes by the same one, because that may be what failed.
 */
function mapOf(chunks: readonly Rollup.OutputChunk[]) {
  const integrity: Record<string, string> = {};
  const scopes: Record<string, Record<string, string>> = {};
  const entries = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  for (const { fileName, code, imports, isEntry } of chunks) {
    integrity[`./${fileName}`] = digest(code);
    for (const n of isEntry ? [] : AGAIN) {
      const again = (file: string) => `./${file}?again=${n}`;
      integrity[again(fileName)] = digest(code);
      const later = imports.filter((file) => !entries.has(file));
      if (later.length > 0)
        scopes[again(fileName)] = Object.fromEntries(later.map((file) => [`./${file}`, again(file)]));
    }
  }
  return { integrity, scopes };
}

/**
 * Lets the page vouch for every script it may ever load: `integrity` on the tag of the first, and an import map
 * for those that come later, which `Integrity-Policy` would block otherwise. The map stands inline, as does the page's
 * first request, so their hashes go to `csp.json`, for the policy that the server sends with the page.
 */
export function vouch(): Plugin {
  return {
    name: 'vouch',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('the build made no index.html');

        const map = mapOf(Object.values(bundle).filter((file) => file.type === 'chunk'));
        const html = String(page.source).replace(/<script\b[^>]*?src="(\.\/assets\/[^"]+)"/g, (tag, name: string) =>
          map.integrity[name] ? `${tag} integrity="${map.integrity[name]}"` : tag,
        );
        // before the first module script: a map that comes later is not read
        page.source = html.replace(
          /(?=<script\b[^>]* type="module")/,
          `<script type="importmap">${JSON.stringify(map)}</script>\n    `,
        );
        const inline = [...page.source.matchAll(/<script(?: type="importmap")?>([\s\S]*?)<\/script>/g)];
        this.emitFile({
          type: 'asset',
          fileName: 'csp.json',
          source: JSON.stringify({ inlineHashes: inline.map(([, script = '']) => digest(script)) }),
        });
      },
    },
  };
}
