import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

export const workspaces = ['shared', 'server', 'widget', 'console'];

const skipped = new Set(['node_modules', 'dist', '.tsout', '.git']);

/** Paths relative to the root, with slashes, of every file under a folder whose name ends in one of the endings. */
export function filesUnder(root, folder, endings) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesUnder(root, path, endings);
      return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
    })
    .sort();
}

/** Sources of the four workspaces: what runs, without tests, scripts and build configurations. */
export function sourceFiles(root, endings = ['.ts', '.tsx']) {
  return workspaces.flatMap((workspace) => filesUnder(root, `${workspace}/src`, endings));
}

/** A module as the checks look at it. `imports` holds type imports too: a circle of types is a circle. */
export function readModule(root, path) {
  const text = readFileSync(join(root, path), 'utf8');
  const parsed = parseSync(path, text, { lang: path.endsWith('x') ? 'tsx' : 'ts' });
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors[0].message}`);
  const nodes = [...nodesOf(parsed.program)];
  const imports = nodes.flatMap((node) => {
    const source = importedFrom(node);
    return typeof source?.value === 'string' ? [{ specifier: source.value, line: lineAt(text, source.start) }] : [];
  });
  return { path, text, program: parsed.program, comments: parsed.comments, nodes, imports };
}

export function lineAt(text, offset) {
  return text.slice(0, offset).split('\n').length;
}

function importedFrom(node) {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return node.source;
    default:
      return undefined;
  }
}

function* nodesOf(value) {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesOf(item);
  } else if (value !== null && typeof value === 'object') {
    if (typeof value.type === 'string') yield value;
    for (const key in value) yield* nodesOf(value[key]);
  }
}
