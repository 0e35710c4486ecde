import { spawnSync } from 'node:child_process';

/**
 * Which bugs are asked for.
 *
 * @param {import('./bugs.mjs').Bug[]} bugs
 * @param {string[]} args
 * @returns {{ planted: import('./bugs.mjs').Bug[], all: boolean, listed: boolean }} `all`: nobody asked for some only
 */
export function choose(bugs, args, root) {
  const words = args.filter((arg) => !arg.startsWith('--')).join(' ');
  const changed = args.includes('--changed') ? changedIn(root) : null;
  const planted = bugs.filter(
    ({ says, file, rules, tests }) =>
      (`${says} ${file}`.includes(words) || rules.includes(words)) &&
      (changed === null || [file, ...tests].some((path) => changed.has(path))),
  );
  return { planted, all: words === '' && changed === null, listed: args.includes('--list') };
}

/** Files that differ from the place where this branch left main, committed or not. On main itself: what is not committed. */
function changedIn(root) {
  const git = (...args) => {
    const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.split('\n').filter(Boolean);
  };
  const [base] = git('merge-base', 'HEAD', 'main');
  return new Set([...git('diff', '--name-only', base), ...git('ls-files', '--others', '--exclude-standard')]);
}
