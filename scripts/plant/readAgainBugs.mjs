/** In what of a conversation counts as read, and as news, after a reload. */
const again = ['tests/client/readAfterReload.test.ts'];
const SIGNS = 'shared/src/client/talk/signs.ts';

/** @type {import('./bugs.mjs').Bug[]} */
export const readAgainBugs = [
  {
    says: 'what was read is unread after a reload',
    rules: ['D44'],
    file: 'shared/src/client/talk/conversation.ts',
    from: "place === 'end' && signs.wasRead(header) ? 'read' : place",
    to: 'place',
    tests: again,
  },
  {
    says: 'how far a person read is kept only with what else is kept',
    rules: ['D44'],
    file: 'shared/src/client/talk/conversation.ts',
    from: 'JSON.stringify([frames.upTo(), signs.readUpTo()])',
    to: 'JSON.stringify(frames.upTo())',
    tests: again,
  },
  {
    says: 'of what was read no more is known than one mark tells',
    rules: ['D44'],
    file: SIGNS,
    from: 'readUpTo = new Map([...readUpTo, ...marks()]);',
    to: 'readUpTo = new Map(marks());',
    tests: again,
  },
  {
    says: 'all that came counts as read after a reload',
    rules: ['D44'],
    file: SIGNS,
    from: 'n <= (readUpTo.get(stream) ?? 0)',
    to: 'readUpTo.has(stream)',
    tests: again,
  },
  {
    says: 'what an earlier page told of is news after a reload',
    rules: ['D44'],
    file: 'shared/src/client/desk/heldTalk.ts',
    from: 'if (header && !had)',
    to: 'if (header)',
    tests: again,
  },
  {
    says: 'what came while the page was away is no news',
    rules: ['D44'],
    file: 'shared/src/client/desk/heldTalk.ts',
    from: ' && header.n <= n',
    to: '',
    tests: again,
  },
  {
    says: 'what is unread anew is told of',
    rules: ['D44'],
    file: 'console/src/model/attention.ts',
    from: 'const came = talk.news.value;',
    to: 'const came = talk.talk.unread.value;',
    tests: ['tests/console/attention.test.tsx'],
  },
];
