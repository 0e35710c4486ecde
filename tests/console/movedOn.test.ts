import { expect, test } from 'vitest';
import { createSession, type Person } from '../../console/src/model/session.ts';
import { fakeDesk } from './fakeDesk.ts';

const lien = {
  ...{ who: 'a', account: 'a', binding: 'b', roles: ['counsellor'], name: 'Lien', site: 'Noord', chain: 'c' },
  ...{ endsMs: 1_000, certEndsMs: 5_000 },
} as Partial<Person> as Person;

/** A desk that stands, and what this browser knows of her by then. */
async function opened(byThen: Person | null) {
  const known = { person: lien as Person | null };
  const desk = fakeDesk();
  let chain = () => '';
  const session = createSession({
    remembered: async () => known.person,
    signIn: async () => ({ ok: false, why: 'no_key' }),
    renew: async () => null,
    roles: async () => null,
    signOut: async () => undefined,
    lock: async () => true,
    openDesk: (_person, says) => ((chain = says), desk),
  });
  await session.start();
  known.person = byThen;
  return { session, desk, chain: () => chain() };
}

test('[G91] a desk that is believed no more goes on under what another tab got: binding, certificate and end', async () => {
  const { session, desk, chain } = await opened({
    ...lien,
    binding: 'c',
    chain: 'd',
    endsMs: 9_000,
    certEndsMs: 8_000,
  });
  expect(await session.movedOn()).toBe('c');
  expect([session.endsMs.value, session.certEndsMs.value, chain()]).toEqual([9_000, 8_000, 'd']);
  expect(session.door.value).toEqual({ is: 'desk', desk });
  expect(await session.movedOn()).toBeNull(); // once
});

test.each([
  ['is signed in as before: it is her computer', lien],
  ['is somebody else by now', { ...lien, who: 'z', account: 'z', binding: 'c' }],
  ['is known here no more', null],
])('[G91 O67] it goes on under nothing where she %s', async (_what, byThen) => {
  const { session } = await opened(byThen);
  expect(await session.movedOn()).toBeNull();
  expect(session.endsMs.value).toBe(1_000);
});
