const tests = ['tests/wire/matrix.test.ts'];

/** Who may do what. */
export const matrixBugs = [
  {
    says: 'a route of staff takes what a form of another site can send',
    rules: ['A18'],
    file: 'server/src/edge/staff.ts',
    from: "if (method !== 'GET' && kind.trim() !== 'application/json')",
    to: "if (method !== 'GET' && kind.trim() === 'multipart/form-data')",
    tests,
  },
  {
    says: 'nobody guards the routes of sessions',
    rules: ['A18'],
    file: 'server/src/accounts/sessions.http.ts',
    from: '  guardStaff(app, needs);\n',
    to: '',
    tests,
  },
  {
    says: 'somebody adds a route and tells nobody who may ask it',
    rules: ['A18'],
    file: 'server/src/edge/health.ts',
    from: "  app.get('/live',",
    to: "  app.get('/counts', async () => ({ waiting: 3 }));\n  app.get('/live',",
    tests,
  },
  {
    says: 'who was disabled still reads where she is signed in',
    rules: ['A18'],
    file: 'server/src/accounts/sessions.store.ts',
    from: 'owner && !owner.disabled ?',
    to: 'owner ?',
    tests,
  },
  {
    says: 'a proved console sees the queue before it sits at a desk',
    rules: ['A18'],
    file: 'server/src/edge/ends.ts',
    from: "? 'not_available' :",
    to: "? 'stage' :",
    tests,
  },
  {
    says: 'a colleague with the name of a conversation reads it',
    rules: ['A18'],
    file: 'server/src/live/fences.ts',
    from: 'visit.holder === fence.account && visit.hold === fence.hold',
    to: 'visit.hold === fence.hold',
    tests,
  },
  {
    says: 'any page of the world spends the share of whoever works at an address',
    rules: ['A18'],
    file: 'server/src/edge/staff.ts',
    from: "method === 'GET' ? isOurOrigin(origins(), raw) :",
    to: "method === 'GET' ? true :",
    tests,
  },
];
