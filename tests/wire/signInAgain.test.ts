import { Problem } from '@clbchat/server/kernel/failure';
import { memoryRecords } from '@clbchat/server/records/records.model';
import { isWritten, type RecordsStore } from '@clbchat/server/records/records.store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAuthenticator } from '../support/authenticator.ts';
import { connectCounsellor, demoProof, deskOpens, signIn, visitorWaits, type SignedIn } from '../support/clients.ts';
import {
  addressOf,
  begins,
  beginsSignIn,
  cookieOf,
  makesFirst,
  post,
  said,
  type Begun,
  type Creation,
} from '../support/gettingIn.ts';
import { fromOurPage, request, type Answer } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

let service: TestService;
/** Whether the records stop answering once a new session was written, and whether they have. */
let fall: { after: boolean; done: boolean };
/** whether what changes is told */
let hasNews: boolean;
/** what happens once, right before a new session is written */
let justBefore: (() => Promise<unknown>) | null;
beforeEach(async () => {
  [fall, hasNews, justBefore] = [{ after: false, done: false }, true, null];
  service = await startService({ passkeys: 'too', records: async (clock) => mortal(memoryRecords(clock)) });
});
afterEach(() => service.stop());

function mortal(records: RecordsStore): RecordsStore {
  const there = () => {
    if (fall.done) throw new Problem('unavailable');
  };
  return {
    ...records,
    get: async (name) => (there(), records.get(name)),
    list: async (kind) => (there(), records.list(kind)),
    audit: async () => (there(), records.audit()),
    watch: (hears) => records.watch((changed) => hasNews && hears(changed)),
    async write(changes, entry) {
      there();
      const happens = justBefore;
      justBefore = null;
      await happens?.();
      const written = await records.write(changes, entry);
      fall.done =
        fall.after &&
        changes.some((one) => isWritten(one) && one.kind === 'session' && one.rev === 0 && one.text !== null);
      return written;
    },
  };
}
const session = async (cookie: string) =>
  (await request(service, 'GET', '/api/session', { headers: { ...fromOurPage(service), cookie } })).status;
const stage = async (visitor: Awaited<ReturnType<typeof visitorWaits>>) =>
  (await good(visitor.ask('visit:state', {}))).stage;

/** Adds a passkey to who is signed in. */
async function addsTo(cookie: string) {
  const authenticator = createAuthenticator(service.origin, { counts: true });
  const options = said<Creation>(await post(service, '/api/passkeys/begin', {}, cookie));
  said(await post(service, '/api/passkeys/add', authenticator.make(options), cookie));
  return authenticator;
}
/** `first` happens right before, in that browser. */
type Again = (lien: SignedIn, first?: () => Promise<unknown>) => Promise<Answer>;
const ways: readonly [string, Again][] = [
  [
    'her passkey',
    async (lien, first) => {
      const authenticator = await addsTo(lien.cookie);
      const { options, cookie } = await beginsSignIn(service);
      await first?.();
      return post(service, '/api/sign-in/passkey', authenticator.show(options), `${cookie}; ${lien.cookie}`);
    },
  ],
  [
    'the demonstration’s click',
    async (lien, first) => {
      await first?.();
      return post(service, '/api/demo/sign-in', { who: 'lien', ...(await demoProof(lien.device)) }, lien.cookie);
    },
  ],
];

describe.each(ways)('[A11 A12] signing in anew by %s, in the browser where she works', (_way, again) => {
  test('keeps the seat, as a renewal does: nobody is put back, and the console goes on by the new session', async () => {
    const lien = await signIn(service);
    const desk = await deskOpens(service, lien, { slots: 2 });
    const visitor = await visitorWaits(service);
    const { on } = await talks(desk, visitor);
    const answer = await again(lien);
    const { binding } = said<{ binding: string }>(answer);
    expect([await session(lien.cookie), await session(cookieOf(answer))]).toEqual([401, 200]);
    await expect(connectCounsellor(service, lien)).rejects.toThrow('no_cert');
    expect(await desk.ask('desk:state', {})).toMatchObject({ ok: true });

    const next = await deskOpens(service, { ...lien, cookie: cookieOf(answer), binding }, { slots: 1 });
    expect(next.state).toMatchObject({ slots: 2, held: [on] });
    await desk.closed;
    await service.advance(service.limits.sessionCheckEveryMs + 1_000);
    expect(visitor.heard('peer:silent')).toEqual([]);
    expect(await stage(visitor)).toBe('talking');
    expect(await next.ask('desk:state', {})).toMatchObject({ ok: true });
  });

  test('leaves nothing that the cookie before could renew, and one session', async () => {
    const lien = await signIn(service);
    const cookie = cookieOf(await again(lien));
    expect((await post(service, '/api/session/renew', {}, lien.cookie)).status).toBe(401);
    const { body } = await request(service, 'GET', '/api/sessions', { headers: { ...fromOurPage(service), cookie } });
    expect(JSON.parse(body)).toMatchObject({ sessions: [{ here: true }] });
    expect((JSON.parse(body) as { sessions: object[] }).sessions).toHaveLength(1);
  });

  test.each([
    'whose answer was lost before',
    'in another tab, whose answer was lost, and of that one’s session again',
    'in another tab, while the new session is written',
  ])('goes on in the place of the last, after a renewal %s', async (when) => {
    const lien = await signIn(service);
    const desk = await deskOpens(service, lien);
    const visitor = await visitorWaits(service);
    await talks(desk, visitor);
    const unheard: string[] = [];
    const renews = async () => {
      const by = when.endsWith('again') ? (unheard.at(-1) ?? lien.cookie) : lien.cookie;
      unheard.push(cookieOf(await post(service, '/api/session/renew', {}, by)));
    };
    const answer = await again(lien, async () => {
      if (when.endsWith('written')) justBefore = renews;
      else await renews();
      if (when.endsWith('again')) await renews();
    });
    const cookie = cookieOf(answer);
    const { length } = unheard;
    expect([await session(cookie), ...(await Promise.all(unheard.map(session))), length > 0]).toEqual([
      200,
      ...unheard.map(() => 401),
      true,
    ]);
    for (const one of [lien.cookie, ...unheard])
      expect((await post(service, '/api/session/renew', {}, one)).status).toBe(401);
    const { body } = await request(service, 'GET', '/api/sessions', { headers: { ...fromOurPage(service), cookie } });
    expect((JSON.parse(body) as { sessions: object[] }).sessions).toHaveLength(1);
    expect(await stage(visitor)).toBe('talking');
  });

  test('is not undone by a sign-out before it that was noted only here', async () => {
    const lien = await signIn(service);
    const answer = await again(lien, async () => {
      fall.done = true; // the records do not answer
      expect((await post(service, '/api/sign-out', {}, lien.cookie)).status).toBe(500);
      fall.done = false;
    });
    await service.sessions.settle();
    expect([await session(lien.cookie), await session(cookieOf(answer))]).toEqual([401, 200]);
  });

  test('lets go within a minute who is still there by the old one', async () => {
    const lien = await signIn(service);
    const desk = await deskOpens(service, lien);
    await again(lien);
    await service.advance(service.limits.sessionCheckEveryMs + 1_000);
    expect(await desk.closed).toBe('io server disconnect');
  });
});

const others: readonly [string, (els: Begun | null, cookie: string) => Promise<Answer>][] = [
  [
    'with a passkey',
    async (els, mine) => {
      const { options, cookie } = await beginsSignIn(service);
      return post(service, '/api/sign-in/passkey', els!.authenticator.show(options), `${cookie}; ${mine}`);
    },
  ],
  ['with a code', async (els, mine) => post(service, '/api/sign-in/code', { code: els!.codes[0] }, mine)],
  [
    'at a one-time address',
    async (_els, mine) => {
      const [token, name] = [await addressOf(service, 'recover'), 'Joke'];
      const made = await makesFirst(service, createAuthenticator(service.origin), { token, name });
      return post(service, '/api/begin/finish', { token, name, passkeys: [made], codes: true }, mine);
    },
  ],
];
const renewals = ['', 'after a renewal that nobody heard of'];
test.each(others.flatMap(([way, getsIn]) => renewals.map((renewed) => [way, renewed, getsIn] as const)))(
  '[A11] somebody else who gets in %s ends the session that the browser had, and frees its seat %s',
  async (_way, renewed, getsIn) => {
    const els = await begins(service, { purpose: 'recover', name: 'Els' });
    const lien = await deskOpens(service, 'lien', { slots: 1 });
    const visitor = await visitorWaits(service);
    await talks(lien, visitor);
    const { cookie } = lien.signedIn;
    const unheard = renewed === '' ? cookie : cookieOf(await post(service, '/api/session/renew', {}, cookie));
    hasNews = false; // it is so here without hearing it
    const answer = await getsIn(els, cookie);
    expect([answer.status, await session(unheard), await session(cookieOf(answer))]).toEqual([200, 401, 200]);
    expect((await post(service, '/api/session/renew', {}, cookie)).status).toBe(401);
    expect(await lien.closed).toBe('io server disconnect');
    await visitor.hears('visit:stage', (told) => told.stage === 'waiting');
    expect(await stage(visitor)).toBe('waiting');
  },
);

describe('[A11 G7] records that go away once the new session is written', () => {
  test('use no code up without letting her in, and leave none of the earlier ones', async () => {
    const els = await begins(service, { purpose: 'recover', name: 'Els' });
    fall.after = true;
    const answer = await post(service, '/api/sign-in/code', { code: els.codes[0] }, els.cookie);
    fall = { after: false, done: false };
    expect(said(answer)).toMatchObject({ name: 'Els', method: 'code', roles: [] });
    expect([await session(els.cookie), await session(cookieOf(answer))]).toEqual([401, 200]);
  });

  test('and whoever makes a passkey after a code is told that she is in', async () => {
    const els = await begins(service, { purpose: 'recover', name: 'Els' });
    const cookie = cookieOf(await post(service, '/api/sign-in/code', { code: els.codes[0] }));
    const options = said<Creation>(await post(service, '/api/passkeys/begin', {}, cookie));
    fall.after = true;
    const made = createAuthenticator(service.origin).make(options);
    const answer = await post(service, '/api/passkeys/add', made, cookie);
    fall = { after: false, done: false };
    expect(said(answer)).toMatchObject({ passkeys: [{}, {}], session: { method: 'passkey', roles: ['coordinator'] } });
    expect([await session(cookie), await session(cookieOf(answer))]).toEqual([401, 200]);
  });
});

test('[G7 G9] who comes by a code with ten passkeys makes a new one in the place of the oldest, and both are in the log', async () => {
  const els = await begins(service, { purpose: 'recover', name: 'Els' });
  for (let more = 1; more < service.limits.passkeysMax; more += 1) await addsTo(els.cookie);
  const cookie = cookieOf(await post(service, '/api/sign-in/code', { code: els.codes[0] }));
  const idsOf = (list: { passkeys: { id: string }[] }) => list.passkeys.map(({ id }) => id);
  const listed = await request(service, 'GET', '/api/passkeys', { headers: { ...fromOurPage(service), cookie } });
  const before = idsOf(said(listed));
  const options = said<Creation>(await post(service, '/api/passkeys/begin', {}, cookie));
  const made = createAuthenticator(service.origin).make(options);
  const after = idsOf(said(await post(service, '/api/passkeys/add', made, cookie)));
  expect(after).toEqual([...before.slice(1), made.id]);
  const { entries } = await service.records.audit();
  expect(entries.slice(-2).map((entry) => (JSON.parse(entry) as { act: string }).act)).toEqual([
    'passkey_added',
    'passkey_removed',
  ]);
});
