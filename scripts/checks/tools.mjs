import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compose } from './compose.mjs';

const ours = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Runs a program of node_modules/.bin, never one that would have to be downloaded. */
function call(root, name, args) {
  const bin = join(ours, 'node_modules', '.bin', name);
  const { status, stdout, stderr, error } = spawnSync(bin, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  return { failed: status !== 0, stdout, lines };
}

/** Brings dist up to date: the size of the widget is measured there, and the types of one workspace come from another's. */
export function build(root) {
  const { status } = spawnSync(process.execPath, [join(ours, 'scripts', 'bootstrap.mjs'), 'build'], {
    cwd: root,
    stdio: 'inherit',
  });
  return { looked: 'sources and dist', count: 1, problems: status === 0 ? [] : ['the build failed'] };
}

export function types(root) {
  const { failed, lines } = call(root, 'tsc', ['-b', '--pretty', 'false']);
  const projects = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')).references.map(({ path }) => path);
  const files = projects.map((project) => filesOfProject(join(root, project)));
  const problems = failed
    ? lines
    : projects.filter((_, at) => !files[at]).map((name) => `${name}: no file was compiled`);
  const count = files.reduce((sum, number) => sum + number, 0);
  return { looked: `${count} files in ${projects.length} projects`, count, problems };
}

/** The compiler writes down what it looked at: indexes and ranges of its own files. */
function filesOfProject(folder) {
  const path = ['dist', '.tsout'].map((out) => join(folder, out, '.tsbuildinfo')).find((file) => existsSync(file));
  if (!path) return 0;
  const { root = [] } = JSON.parse(readFileSync(path, 'utf8'));
  return root.reduce((sum, item) => sum + (Array.isArray(item) ? item[1] - item[0] + 1 : 1), 0);
}

export function lint(root) {
  const { failed, stdout, lines } = call(root, 'oxlint', ['--type-aware', '--deny-warnings', '--format', 'json']);
  let report;
  try {
    report = JSON.parse(stdout);
  } catch {
    return { looked: 'nothing', count: 0, problems: lines };
  }
  const problems = report.diagnostics.map(({ filename, labels, message, code }) => {
    return `${filename}:${labels[0]?.span.line ?? 0}: ${message} ${code}`;
  });
  if (failed && problems.length === 0) problems.push(...lines);
  return {
    looked: `${report.number_of_files} files, ${report.number_of_rules} rules`,
    count: report.number_of_files,
    problems,
  };
}

export function format(root) {
  const { failed, lines } = call(root, 'oxfmt', ['--check']);
  const count = Number(/on (\d+) files/.exec(lines.join('\n'))?.[1] ?? 0);
  const names = lines.flatMap((line) => /^(.+) \(\d+ms\)$/.exec(line)?.[1] ?? []);
  const told = names.length > 0 ? names.map((name) => `${name}: run npm run format`) : lines;
  return { looked: `${count} files`, count, problems: failed ? told : [] };
}

/** Once with the tests, for files and packages; once without, so that an export which only tests use is found. */
export function deadCode(root) {
  const all = knip(root, []);
  const running = knip(root, ['--production', '--config', 'knip.running.json', '--include', 'files,exports,types']);
  return {
    looked: `${all.count} files, ${running.count} of them where the program runs`,
    count: Math.min(all.count, running.count),
    problems: [...all.problems, ...running.problems.map((line) => `without the tests: ${line}`)],
  };
}

function knip(root, args) {
  const reporter = join(ours, 'scripts', 'checks', 'knipReporter.mjs');
  const { failed, lines } = call(root, 'knip', [
    '--no-progress',
    '--reporter',
    'symbols',
    '--reporter',
    reporter,
    ...args,
  ]);
  const processed = lines.flatMap((line) => /^\{"processed":(\d+)/.exec(line)?.[1] ?? []);
  const problems = failed ? lines.filter((line) => !line.startsWith('{"processed"')) : [];
  return { count: Number(processed[0] ?? 0), problems };
}

export function composeFile(root) {
  const own = compose(root);
  if (own.count === 0) return own;
  const args = ['docker-compose.yml', '--formatter', 'json', '--max-warnings', '0'];
  const { failed, stdout, lines } = call(root, 'dclint', args);
  const files = stdout.trim() === '' ? [] : JSON.parse(stdout);
  const told = files.flatMap(({ messages }) =>
    messages.map(({ line, message }) => `docker-compose.yml:${line}: ${message}`),
  );
  if (failed && told.length === 0) told.push(...lines);
  return { ...own, problems: [...told, ...own.problems] };
}
