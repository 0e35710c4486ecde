import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Plugin } from 'vite';

/** Chat and console wear the same looks. */
const LOOKS = '../shared/src/looks';

/**
 * Long names that only our own files know, made short in the build: custom properties of the tokens, and the keys of
 * sentences, but for keys that a screen puts together from parts. 1.2 kB less. In the order in which they are declared,
 * so that the same source is always the same build.
 */
export function shorten(): Plugin {
  let root = '';
  const properties = new Map<string, string>();
  const keys = new Map<string, string>();

  return {
    name: 'shorten',
    apply: 'build',
    enforce: 'pre',
    configResolved: (config) => void (root = config.root),
    buildStart() {
      const tokens = readFileSync(join(root, LOOKS, 'looks.css'), 'utf8');
      for (const name of found(tokens, /(--cc-[\w-]+):/g)) put(properties, name, '--');
      const built = filesIn(join(root, 'src/ui')).flatMap(keysBuiltIn);
      for (const file of filesIn(join(root, 'src/words'))) {
        for (const key of found(readFileSync(file, 'utf8'), /^ {2}'([\w-]+\.[\w.-]+)':/gm)) {
          if (!built.some((pattern) => pattern.test(key))) put(keys, key, '');
        }
      }
      if (properties.size === 0 || keys.size === 0) this.error('there was nothing to make short');
    },
    transform(code, id) {
      const [path = ''] = id.split('?');
      const within = relative(root, path);
      if (!/^src\/(?!loader\/)/.test(within) && !within.startsWith(LOOKS)) return null;
      if (path.endsWith('.css')) return code.replace(/--cc-[\w-]+/g, (name) => properties.get(name) ?? name);
      if (!/\.tsx?$/.test(path)) return null;
      return code.replace(/'([\w.-]+)'/g, (quoted, key: string) => (keys.has(key) ? `'${keys.get(key)}'` : quoted));
    },
  };
}

const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, part = '']) => part);

const filesIn = (folder: string): string[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => /\.tsx?$/.test(name))
    .toSorted()
    .map((name) => join(folder, name));

function put(names: Map<string, string>, name: string, before: string) {
  if (!names.has(name)) names.set(name, `${before}${names.size.toString(36)}`);
}

/** What a call such as ``ts(`start.${why}`)`` may ask for. */
function keysBuiltIn(file: string): RegExp[] {
  return found(readFileSync(file, 'utf8'), /\bt[acs]?\(\s*`([^`]+)`/g).map((template) => {
    if (template.startsWith('$')) throw new Error(`${file}: nobody can tell where this key begins: ${template}`);
    return new RegExp(`^${template.replaceAll('.', String.raw`\.`).replaceAll(/\$\{[^}]*\}/g, '.+')}$`);
  });
}
