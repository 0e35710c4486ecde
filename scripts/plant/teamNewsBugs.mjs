// @ts-check
/** What is new in the team since she looked. */
const page = ['tests/console/team.test.tsx'];
const wire = ['tests/wire/team.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const teamNewsBugs = [
  {
    says: 'what she saw is new again',
    rules: ['T12'],
    file: 'console/src/model/team/team.ts',
    from: 'return all.filter(({ id }) => !known.has(id));',
    to: 'return known.size > 99 ? [] : all;',
    tests: page,
  },
  {
    says: 'nobody says since when she asks, and of twenty computers twelve are shown to nobody',
    rules: ['T12'],
    file: 'console/src/model/team/team.ts',
    from: 'return saw ? ports.read(saw.newest) : list;',
    to: 'return list;',
    tests: page,
  },
  {
    says: 'what a change answers brings back what she saw',
    rules: ['T12'],
    file: 'console/src/model/team/team.ts',
    from: 'return show({ ...list, news, newsCount,',
    to: 'return show({ ...list,',
    tests: page,
  },
  {
    says: 'what is done since she looked is in turns with all of the year',
    rules: ['T12'],
    file: 'server/src/accounts/team.http.ts',
    from: 'id === saw || (act',
    to: '(act',
    tests: wire,
  },
  {
    says: 'three hundred acts of one kind hide who was made a coordinator',
    rules: ['T12'],
    file: 'server/src/accounts/team.http.ts',
    from: 'if (!areAll && since < 0) return null;',
    to: 'if (!areAll && since < 0 && news.length < most) return null;',
    tests: wire,
  },
  {
    says: 'five computers hide who was made a coordinator',
    rules: ['T12'],
    file: 'console/src/ui/team/TeamNewsStrip.tsx',
    from: 'inTurns(unseen, SHOWN_MAX, rankOf)',
    to: 'unseen.slice(0, SHOWN_MAX)',
    tests: page,
  },
  {
    says: 'of eighty computers she reads of fifty, and *Gezien* takes the others away for good',
    rules: ['T12'],
    file: 'server/src/accounts/team.http.ts',
    from: 'return { news: inTurns(told, most), newsCount: news.length };',
    to: 'return { news: inTurns(told, most), newsCount: most };',
    tests: wire,
  },
  {
    says: 'the strip leaves out how many the service did not tell',
    rules: ['T12'],
    file: 'console/src/ui/team/TeamNewsStrip.tsx',
    from: ' + news.untold.value;',
    to: ';',
    tests: ['tests/console/teamUntold.test.tsx'],
  },
  {
    says: 'a name in the strip becomes somebody once she changed something',
    rules: ['T12'],
    file: 'console/src/model/team/team.ts',
    from: 'names: { ...now.names, ...list.names } }',
    to: 'names: list.names }',
    tests: ['tests/console/teamUntold.test.tsx'],
  },
  {
    says: 'where nothing can be kept everything is new again at each look',
    rules: ['T12'],
    file: 'console/src/model/team/team.ts',
    from: '(listNow()?.me === account ? seen.peek() : null)',
    to: 'null',
    tests: ['tests/console/teamUntold.test.tsx'],
  },
  {
    says: 'what a release before kept counts as nothing that she saw',
    rules: ['T12'],
    file: 'console/src/device/teamApi.ts',
    from: "return found && 'id' in found ?",
    to: "return found && 'none' in found ?",
    tests: ['tests/console/teamUntold.test.tsx'],
  },
];
