import type { Digest } from '@clbchat/shared/ids';
import { questionsOf } from '@clbchat/server/accounts/questions.store';
import { memoryPending } from '@clbchat/server/accounts/pending.model';
import { limits } from '@clbchat/shared/limits';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { begins, beginsSignIn, cookieOf, post, said, type Begun, type Request } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let noor: Begun;
beforeEach(async () => {
  service = await startService({ passkeys: true, trustedHops: 1 });
  noor = await begins(service);
});
afterEach(() => service.stop());

async function beginsFrom(address: string, cookie?: string) {
  const headers = { ...fromOurPage(service), 'x-forwarded-for': address, cookie };
  const answer = await request(service, 'POST', '/api/sign-in/begin', { headers, body: '{}' });
  return { options: said<Request>(answer), cookie: cookieOf(answer) };
}
const ends = async ({ options, cookie }: Awaited<ReturnType<typeof beginsFrom>>) =>
  (await post(service, '/api/sign-in/passkey', noor.authenticator.show(options), cookie)).status;

test('[G57] sign-ins that others begin push out none, from however many networks: nothing is kept of them', async () => {
  const { pending } = service.live;
  let kept = 0;
  const [keep, keepFirst] = [pending.keep, pending.keepFirst];
  const ids = new Set<Digest>();
  Object.assign(pending, {
    keep: (...all: Parameters<typeof keep>) => ((kept += 1), keep(...all)),
    keepFirst: (...all: Parameters<typeof keepFirst>) => (ids.add(all[0]), keepFirst(...all)),
  });
  const hers = await beginsFrom('192.0.2.1');
  for (let n = 1; n <= 100; n += 1) await beginsFrom(`2001:db8:7:${n.toString(16)}::1`);
  expect([kept, ids.size]).toEqual([0, 1]); // the key that all of them are made with
  expect(await ends(hers)).toBe(200);
  expect([kept, ids.size]).toEqual([0, 2]);
});

test('[G91] two tabs begin beside each other, and what is wrong uses up nothing that is right', async () => {
  const one = await beginsSignIn(service);
  const other = await beginsFrom('192.0.2.1', one.cookie);
  expect(other.cookie).toBe(one.cookie);
  const wrong = noor.authenticator.show(one.options, { flags: 0b001 });
  expect((await post(service, '/api/sign-in/passkey', wrong, one.cookie)).status).toBe(403);
  expect([await ends(one), await ends(other), await ends(one)]).toEqual([200, 200, 403]);
});

test('[G57] a question counts in its time, for whom it was asked, in one spelling, once, also where two processes made its key', async () => {
  const clock = fakeClock();
  const pending = memoryPending({ clock });
  const make = (live = pending) => questionsOf({ pending: live, nowMs: () => clock.nowMs(), limits });
  const [one, other] = [make(), make()];
  const question = await one.ask('a');
  expect(await other.isOf(question, 'a')).toBe(true);
  expect(await other.isOf(question, 'b')).toBe(false);
  const [first, ...rest] = question;
  const lies = ['', 'x', `${question}=`, ` ${question}`, `${first === 'A' ? 'B' : 'A'}${rest.join('')}`];
  for (const lie of lies) expect([lie, await one.isOf(lie, 'a')]).toEqual([lie, false]);
  expect(await make(memoryPending({ clock })).isOf(question, 'a')).toBe(false); // by another key
  expect(await one.secretOf(question, 'x')).toBe(await other.secretOf(question, 'x'));
  const secrets = [question, await one.ask('a')].map((of) => ['x', 'y'].map((word) => one.secretOf(of, word)));
  expect(new Set(await Promise.all(secrets.flat())).size).toBe(4);

  const ahead = fakeClock();
  ahead.advance(2 * limits.pendingMs); // of a process whose clock is wrong: it would count for longer than its key lies there
  const shared = memoryPending({ clock });
  const wrong = questionsOf({ pending: shared, nowMs: () => ahead.nowMs(), limits });
  expect(await make(shared).isOf(await wrong.ask('a'), 'a')).toBe(false);

  clock.advance(limits.pendingMs - 1);
  expect(await one.isOf(question, 'a')).toBe(true);
  const both = await Promise.all([one.spend(question), other.spend(question)]);
  expect(both.filter(Boolean)).toHaveLength(1);
  clock.advance(1);
  expect([await one.isOf(question, 'a'), await one.spend(question)]).toEqual([false, false]);
  for (let times = 0; times < 12; times += 1) {
    await one.ask('a'); // which may make the key of the next one, too
    clock.advance((times * limits.pendingMs) / 12);
    const late = await one.ask('a');
    clock.advance(limits.pendingMs - 1);
    expect([times, await other.isOf(late, 'a')]).toEqual([times, true]);
  }
});
