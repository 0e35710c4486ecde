import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const digest = (content: string) => `sha256-${createHash('sha256').update(content).digest('base64')}`;

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

        const integrity: Record<string, string> = {};
        for (const file of Object.values(bundle)) {
          if (file.type === 'chunk') integrity[`./${file.fileName}`] = digest(file.code);
        }

        const map = JSON.stringify({ integrity });
        const html = String(page.source).replace(/<script\b[^>]*?src="(\.\/assets\/[^"]+)"/g, (tag, name: string) =>
          integrity[name] ? `${tag} integrity="${integrity[name]}"` : tag,
        );
        // before the first module script: a map that comes later is not read
        page.source = html.replace(
          /(?=<script\b[^>]* type="module")/,
          `<script type="importmap">${map}</script>\n    `,
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
