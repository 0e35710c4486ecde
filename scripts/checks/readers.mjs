import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { lineAt, readModule, sourceFiles } from './source.mjs';

/**
 * What a centre may set, every bound, and every rule has to be read where the program runs: a number that nobody reads
 * is a promise that nobody keeps. Tests do not count, nor does the file that says the number or checks its bounds.
 */
const tables = [
  { file: 'server/src/kernel/needs.ts', name: 'Rules', is: 'setting', from: ['rules', 'Rules'] },
  { file: 'shared/src/limits.ts', name: 'limits', is: 'limit', from: ['limits', 'Limits'] },
  { file: 'shared/src/agreed.ts', name: 'agreed', is: 'limit', from: ['agreed', 'limits', 'Limits'] },
];
/** They list every setting, to say its default and its bounds; that is no use of it. */
const lists = /^server\/src\/centre\/(centre|bounds)\.rules\.ts$/;
const rulesFile = /\.rules\.ts$/;

/** One sentence for each setting, limit and exported rule without a reader. */
export function readers(root) {
  const modules = sourceFiles(root).map((path) => readModule(root, path));
  const scripts = sourceFiles(root, ['.lua']).map((path) => readFileSync(join(root, path), 'utf8'));
  const inLua = new Set(scripts.flatMap((text) => [...text.matchAll(/\bcfg\.(\w+)/g)].map(([, name]) => name)));
  const problems = [];
  let count = 0;

  const running = modules.filter(({ path }) => !lists.test(path));
  for (const { file, name, is, from } of tables) {
    const home = modules.find(({ path }) => path === file);
    if (!home) continue;
    const read = new Set(running.filter(({ path }) => path !== file).flatMap(({ nodes }) => readFrom(nodes, from)));
    for (const { key, start } of entriesOf(home.nodes, name)) {
      count += 1;
      if (read.has(key) || inLua.has(key)) continue;
      problems.push(`${file}:${lineAt(home.text, start)}: nothing reads the ${is} ${key}`);
    }
  }
  for (const { path, text, program } of modules.filter((module) => rulesFile.test(module.path))) {
    for (const { name, start } of exportedValues(program)) {
      count += 1;
      if (modules.some((module) => (module.path === path ? namesAgain(module, name) : imports(module, name, path))))
        continue;
      problems.push(`${path}:${lineAt(text, start)}: nothing calls the rule ${name}`);
    }
  }
  return { looked: `${count} settings, limits and rules`, count, problems };
}

/** The names in `export const name = { … }` or `interface Name { … }`. */
function entriesOf(nodes, name) {
  const owner = nodes.find(
    (node) => (node.type === 'VariableDeclarator' || node.type === 'TSInterfaceDeclaration') && node.id.name === name,
  );
  if (!owner) throw new Error(`there is no ${name} to look at`);
  const inner = owner.init?.expression ?? owner.init ?? owner.body; // `{ … } as const`
  return (inner.properties ?? inner.body).flatMap(({ key, start }) => (key ? [{ key: key.name, start }] : []));
}

/** `limits.a`, `needs.limits.a`, `const { a } = limits`, `({ a }: Limits)`: which names are taken from one of these. */
function readFrom(nodes, from) {
  const named = (node) => from.includes(lastName(node));
  const keysOf = (pattern) => pattern.properties.flatMap(({ key }) => (key?.name ? [key.name] : []));
  return nodes.flatMap((node) => {
    if (node.type === 'MemberExpression' && !node.computed && named(node.object)) return [node.property.name];
    if (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern' && node.init && named(node.init))
      return keysOf(node.id);
    if (node.type === 'ObjectPattern' && mentions(node.typeAnnotation, from)) return keysOf(node);
    if (node.type === 'Property' && node.value?.type === 'ObjectPattern' && from.includes(node.key.name))
      return keysOf(node.value);
    return [];
  });
}

function lastName(node) {
  if (node.type === 'CallExpression') return lastName(node.callee);
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression' && !node.computed) return node.property.name;
  return '';
}

const mentions = (annotation, names) =>
  annotation ? names.some((name) => JSON.stringify(annotation).includes(`"name":"${name}"`)) : false;

function exportedValues(program) {
  return program.body.flatMap((node) => {
    if (node.type !== 'ExportNamedDeclaration' || !node.declaration) return [];
    const { type, id, declarations } = node.declaration;
    if (type === 'FunctionDeclaration') return [{ name: id.name, start: node.start }];
    if (type === 'VariableDeclaration') return declarations.map((each) => ({ name: each.id.name, start: node.start }));
    return [];
  });
}

/** Beside the place where it is said. */
const namesAgain = ({ nodes }, name) =>
  nodes.filter((node) => node.type === 'Identifier' && node.name === name).length > 1;

const imports = ({ program }, name, path) =>
  program.body.some(
    (node) =>
      node.type === 'ImportDeclaration' &&
      node.source.value.endsWith(`/${basename(path)}`) &&
      node.specifiers.some(({ imported }) => imported?.name === name),
  );
