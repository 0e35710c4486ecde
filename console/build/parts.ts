import type { Plugin, Rollup } from 'vite';

/** Of each part that is fetched later, the files that the page has not had by then: scripts, and the sheets that go with them. */
function filesOf(chunks: readonly Rollup.OutputChunk[]): Readonly<Record<string, readonly string[]>> {
  const named = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const under = (file: string, into = new Set<string>()): ReadonlySet<string> => {
    if (into.has(file)) return into;
    into.add(file);
    named.get(file)?.imports.forEach((other) => under(other, into));
    return into;
  };
  const there = new Set(chunks.filter(({ isEntry }) => isEntry).flatMap(({ fileName }) => [...under(fileName)]));
  const later = (file: string) =>
    [...under(file)]
      .filter((one) => !there.has(one))
      .flatMap((one) => [one, ...(named.get(one)?.viteMetadata?.importedCss ?? [])]);
  // one that others stand on as well is no entry of its own
  const begun = new Set(chunks.flatMap(({ dynamicImports }) => dynamicImports));
  const parts = chunks.filter(({ fileName }) => begun.has(fileName));
  return Object.fromEntries(parts.map(({ name, fileName }) => [name, [...new Set(later(fileName))]]));
}

/** Writes on the page of which files each part is made that it fetches later: `src/device/part.ts` asks for them before the part is begun. */
export function parts(): Plugin {
  return {
    name: 'parts',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('the build made no index.html');
        const files = filesOf(Object.values(bundle).filter((file) => file.type === 'chunk'));
        page.source = String(page.source).replace(
          /(?=\s*<\/head>)/,
          `\n    <meta name="parts" content='${JSON.stringify(files)}' />`,
        );
      },
    },
  };
}
