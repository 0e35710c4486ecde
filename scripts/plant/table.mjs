import { readRules } from '../checks/specTags.mjs';

const numbersIn = (title) =>
  [...title.matchAll(/\[([A-Z]\d+(?: [A-Z]\d+)*)\]/g)].flatMap(([, numbers]) => numbers.split(' '));
const rulesNow = (spec) => [...readRules(spec).rules].flatMap(([number, when]) => (when === 'now' ? [number] : []));

/**
 * Rule, bug and test, a line for each rule of each bug. Of bugs that were planted (`by` has the titles that failed) only
 * what was really shown.
 *
 * @param {(import('./bugs.mjs').Bug & { by?: string[] })[]} bugs
 */
export function tableOf(spec, bugs) {
  return rulesNow(spec).flatMap((rule) =>
    bugs
      .filter(({ rules }) => rules.includes(rule))
      .flatMap(({ says, file, tests, by }) => {
        const title = by?.find((each) => numbersIn(each).includes(rule));
        if (by && !title) return [`${rule.padEnd(4)} | ${says} (${file}) | no test of this number failed`];
        return [`${rule.padEnd(4)} | ${says} (${file}) | ${title ?? tests.join(', ')}`];
      }),
  );
}

/** Numbered rules that no bug breaks: nobody knows whether their tests would notice. */
export const rulesWithoutBug = (spec, bugs) => {
  const broken = new Set(bugs.flatMap(({ rules }) => rules));
  return rulesNow(spec).filter((rule) => !broken.has(rule));
};
