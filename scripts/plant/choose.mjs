import { spawnSync } from 'node:child_process';

const OPTIONS = ['--changed', '--list'];

/**
 * An option that is overlooked plants every bug there is, for half an hour and more.
 *
 * @param {string[]} args
 * @returns {string | null} what to say of the first option that there is not
 */
export function refusal(args) {
  const unknown = args.find((arg) => arg.startsWith('-') && !OPTIONS.includes(arg));
  return unknown === undefined ? null : `There is no option "${unknown}"; there are: ${OPTIONS.join(', ')}.`;
}

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

/** Files that differ from the place where this branch left main, committed or not. */
function changedIn(root) {
  const git = (...args) => {
    const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
    return status === 0 ? stdout.split('\n').filter(Boolean) : null;
  };
  const [base = 'HEAD'] = git('merge-base', 'HEAD', 'origin/main') ?? git('merge-base', 'HEAD', 'main') ?? [];
  const [differ, added] = [git('diff', '--name-only', base), git('ls-files', '--others', '--exclude-standard')];
  if (!differ || !added) throw new Error('what changed can be told in a clone of git only');
  return new Set([...differ, ...added]);
}
