/** Around the table in docs/operations.md, which is written by `npm run settings` and by nobody else. */
const BEGIN = '<!-- settings: made from server/src/settings.ts by npm run settings -->';
const END = '<!-- end of settings -->';

const WHO = { both: 'demonstration', relay: 'relay', static: 'static', shell: 'commands' };
const NEED = { may: '', must: ' (must)', never: ' (refused)' };
const readers = (by) =>
  Object.entries(by)
    .map(([who, need]) => `${WHO[who]}${NEED[need]}`)
    .join(', ');

/** One row for each variable, and one more for each that may stand in a file. */
export function settingsTable(settings) {
  const rows = Object.entries(settings).flatMap(([name, { meaning, must, otherwise, secret, by }]) => [
    `| \`${name}\` | ${otherwise.says} | ${meaning} | ${must.replaceAll('|', '\\|')} | ${readers(by)} |`,
    ...(secret
      ? [
          `| \`${name}_FILE\` | none | a file with \`${name}\` as its only line | not stand beside \`${name}\` | ${readers(by)} |`,
        ]
      : []),
  ]);
  return ['| variable | without it | meaning | must | read by |', '|---|---|---|---|---|', ...rows].join('\n');
}

/** @returns the same page with this table in it. @throws Error when the page has no place for one */
export function withTable(page, table) {
  const [before, rest = ''] = page.split(BEGIN);
  const [, after] = rest.split(END);
  if (after === undefined) throw new Error(`the page has no place for the settings: ${BEGIN} … ${END}`);
  return `${before}${BEGIN}\n${table}\n${END}${after}`;
}
