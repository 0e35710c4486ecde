import { dirname, posix } from 'node:path';
import { circlesIn } from './circles.mjs';
import { floors, grounds, knows, namesThatTellNothing, packages } from './floors.mjs';
import { readModule, sourceFiles } from './source.mjs';
import { wordsAwayFromHome } from './singleHomes.mjs';

/** Directions between floors and slices, circles of imports, barrels, and words that have one home. */
export function floorPlan(root) {
  const paths = sourceFiles(root);
  const modules = paths.map((path) => readModule(root, path));
  const known = new Set(paths);
  const edges = new Map(modules.map((module) => [module.path, []]));
  const problems = [];

  for (const module of modules) {
    if (!floorOf(module.path)) problems.push(`${module.path}: stands on no floor (scripts/checks/floors.mjs)`);
    if (namesThatTellNothing.test(module.path)) problems.push(`${module.path}: the name does not say what is inside`);
    if (isBarrel(module)) problems.push(`${module.path}: a barrel; let importers name the file itself`);
    for (const { specifier, line } of module.imports) {
      const target = resolved(known, module.path, specifier);
      const wrong = target ? wrongDirection(module.path, target, known) : wrongPackage(module.path, specifier);
      if (wrong) problems.push(`${module.path}:${line}: ${wrong}`);
      if (target && known.has(target)) edges.get(module.path).push(target);
    }
    problems.push(...wordsAwayFromHome(module));
  }
  for (const circle of circlesIn(edges)) problems.push(`circle of imports: ${circle.join(' → ')}`);
  return {
    looked: `${paths.length} files, ${[...edges.values()].flat().length} imports`,
    count: paths.length,
    problems,
  };
}

function floorOf(path) {
  return floors.find(([, pattern]) => pattern.test(path));
}

/** The slice of a server file, undefined for what belongs to none. */
function sliceOf(path) {
  const folder = /^server\/src\/(\w+)\//.exec(path)?.[1];
  return folder && !grounds.includes(folder) ? folder : undefined;
}

/** The path of an import inside the repository, undefined for a package. */
function resolved(known, from, specifier) {
  const bare = specifier.replace(/\?.*$/, '');
  const own = /^@clbchat\/(\w+)\/(.+)$/.exec(bare);
  if (own) {
    if (own[2].endsWith('.css')) return `${own[1]}/src/${own[2]}`;
    const path = `${own[1]}/src/${own[2]}.ts`;
    return known.has(`${path}x`) ? `${path}x` : path;
  }
  return bare.startsWith('.') ? posix.join(dirname(from), bare) : undefined;
}

function wrongDirection(from, to, known) {
  if (!/\.tsx?$/.test(to)) return undefined; // a style sheet, a picture
  if (!known.has(to)) return `${to} is not there`;
  const [floor, , standsOn] = floorOf(from) ?? [];
  const target = floorOf(to)?.[0];
  if (!floor || !target) return undefined; // told once, for the file itself
  const [home, away] = [from, to].map((path) => path.split('/')[0]);
  if (home !== away && away !== 'shared') return `${home} may not know ${away}: ${to}`;
  if (floor !== target && !standsOn.includes(target)) return `floor "${floor}" may not know floor "${target}": ${to}`;

  const [slice, other] = [sliceOf(from), sliceOf(to)];
  if (!slice || !other || slice === other) return undefined;
  if (floor === 'doors' && target === 'doors') return `a door may not call another slice's door: ${to}`;
  if (!knows[slice]) return `slice "${slice}" has no row in the table of who knows whom`;
  return knows[slice].includes(other) ? undefined : `slice "${slice}" may not know slice "${other}": ${to}`;
}

function wrongPackage(from, specifier) {
  const floor = floorOf(from)?.[0];
  const only = packages.find(([pattern]) => pattern.test(specifier))?.[1];
  return only && !only.includes(floor) ? `floor "${floor}" may not use the package ${specifier}` : undefined;
}

function isBarrel({ program }) {
  const reExports = (node) => /^Export(All|Named)Declaration$/.test(node.type) && node.source;
  return program.body.length > 0 && program.body.every(reExports);
}
