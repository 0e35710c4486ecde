import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** At most so many bytes after gzip -9; 1 kB is 1000 bytes. docs/figures.md says where they are. */
const budgets = {
  loader: 5_000,
  firstScreen: 20_000,
  untilTheChatRuns: 76_000,
  everything: 99_000,
  /** what a counsellor downloads before she works; pages of the coordinator come when they are wanted */
  consoleFirstLoad: 120_000,
};

/**
 * Chunks that nobody downloads unless by a tap that leads to no conversation, for more contrast, or because the service
 * is closed. Whatever is not named here counts, fetched beforehand or not.
 */
const RARE = ['rare'];
/** The test of a school's page, in the chat's place (`#clbchat-check`): whoever looks after that page downloads it. */
const isCheck = (name) => /^(assets\/)?check\.(js|css|html)$/.test(name);
const isRare = (name) =>
  isCheck(name) || RARE.some((chunk) => new RegExp(`^assets/${chunk}-[\\w-]{8}\\.js$`).test(name));

/** What a visitor downloads. Source maps do not count: no browser fetches them unasked; csp.json is for the server; .br and .gz are the same again. */
export function size(root) {
  const dist = join(root, 'widget', 'dist');
  const page = join(dist, 'index.html');
  if (!existsSync(page))
    return { looked: 'no widget/dist', count: 0, problems: ['widget/dist/index.html is missing: npm run build'] };

  const all = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(map|br|gz)$/.test(entry.name) && entry.name !== 'csp.json')
    .map((entry) =>
      join(entry.parentPath ?? entry.path, entry.name)
        .slice(dist.length + 1)
        .replaceAll('\\', '/'),
    );
  const isLoader = (name) => /(^|\/)loader[^/]*\.js$/.test(name);
  const first = ['index.html', ...namedBy(readFileSync(page, 'utf8'))];
  const missing = first.filter((name) => !all.includes(name));

  const sum = (names) =>
    names.reduce((total, name) => total + gzipSync(readFileSync(join(dist, name)), { level: 9 }).length, 0);
  const measured = {
    loader: sum(all.filter(isLoader)),
    firstScreen: sum(first.filter((name) => all.includes(name))),
    untilTheChatRuns: sum(all.filter((name) => !isLoader(name) && !isRare(name))),
    everything: sum(all),
  };

  const consoles = join(root, 'console', 'dist');
  const consolePage = join(consoles, 'index.html');
  if (existsSync(consolePage))
    measured.consoleFirstLoad = withImports(consoles, ['index.html', ...namedBy(readFileSync(consolePage, 'utf8'))])
      .map((name) => gzipSync(readFileSync(join(consoles, name)), { level: 9 }).length)
      .reduce((total, bytes) => total + bytes, 0);

  const problems = missing.map((name) => `index.html names ${name}, which is not in widget/dist`);
  if (!all.some(isLoader)) problems.push('there is no loader in widget/dist');
  if (!first.some((name) => name.endsWith('.js'))) problems.push('index.html loads no script');
  if (measured.consoleFirstLoad === undefined) problems.push('console/dist/index.html is missing: npm run build');
  if (all.filter((name) => isRare(name) && !isCheck(name)).length !== RARE.length)
    problems.push(`not one chunk each: ${RARE.join(', ')}`);
  for (const name of all.filter((one) => one.endsWith('.js') && !isRare(one))) {
    const held = staticImports(readFileSync(join(dist, name), 'utf8')).filter((one) => isRare(`assets/${one}`));
    for (const one of held) problems.push(`${name} cannot start without ${one}, which is rarely wanted`);
  }
  for (const [what, bytes] of Object.entries(measured)) {
    if (bytes > budgets[what]) problems.push(`${what}: ${bytes} bytes is more than ${budgets[what]}`);
  }
  const looked = Object.entries(measured).map(([what, bytes]) => `${what} ${kB(bytes)} of ${kB(budgets[what])}`);
  return { looked: `gzip: ${looked.join(', ')}`, count: all.length, problems };
}

/** Scripts and styles that the page loads by itself, as paths inside dist. */
function namedBy(html) {
  const tags = html.match(/<(script|link)\b[^>]*>/g) ?? [];
  return tags
    .filter((tag) => tag.startsWith('<script') || /rel="?(stylesheet|modulepreload|preload)\b/.test(tag))
    .map((tag) => /\b(?:src|href)="([^"]+)"/.exec(tag)?.[1])
    .filter((address) => address !== undefined)
    .map((address) => address.replace(/^(\.?\/)?((widget|console)\/)?/, ''));
}

/** These files, and the scripts without which they cannot start. */
function withImports(dist, names) {
  const found = new Set(names);
  for (const name of found) {
    if (!name.endsWith('.js')) continue;
    for (const one of staticImports(readFileSync(join(dist, name), 'utf8'))) found.add(`assets/${one}`);
  }
  return [...found];
}

/** File names after `import … from` and `import`, not those of `import()`. */
const staticImports = (script) =>
  [...script.matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([^"'`]+)["'`]/g)].map(([, name]) => name);

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
