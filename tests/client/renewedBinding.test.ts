import { signal } from '@preact/signals-core';
import { createDeskSession } from '@clbchat/shared/client/desk/session';
import type { LinkStatus } from '@clbchat/shared/client/link';
import type { CounsellorLink } from '@clbchat/shared/client/ports';
import { expect, test } from 'vitest';
import { verifySocketProof } from '@clbchat/shared/statement/socketProof';
import { makeSigningPair } from '@clbchat/shared/statement/signingKey';
import { randomToken } from '@clbchat/shared/digest';
import { idle } from '../support/idle.ts';

/** A console's socket whose answers a test gives. */
async function socket() {
  const keys = await makeSigningPair();
  const device = {
    deviceKey: keys.privateKey,
    chain: 'c',
    binding: 'old',
    origin: 'o',
    name: 'n',
    site: 's',
    demo: true,
  };
  const status = signal<LinkStatus>({ is: 'online' });
  const asked: { event: string; sig: string }[] = [];
  let challenge: (hint: { nonce: string }) => void = () => undefined;
  let reconnects = 0;
  const seen = { closed: false };
  const service = { believes: true, movedOn: null as Promise<string | null> | null };
  const link = {
    status,
    hear: (_event: string, run: typeof challenge) => ((challenge = run), () => undefined),
    request: async (event: string, input: { sig: string }) => {
      asked.push({ event, sig: input.sig });
      return service.believes ? { ok: true, value: {} } : { ok: false, code: 'not_yours' };
    },
    reconnect: () => void (reconnects += 1),
    close: () => void (seen.closed = true),
  } as unknown as CounsellorLink;
  const session = createDeskSession({
    openLink: () => link,
    device,
    timers: { after: () => () => undefined, every: () => () => undefined },
    wish: () => ({ status: 'available' }),
    async movedOn() {
      const next = (await service.movedOn) ?? null;
      if (next !== null) device.binding = next;
      return next !== null;
    },
    ...{ entered: () => undefined, replaced: () => undefined, problem: () => undefined },
  });
  let answer: (binding: string | null) => void = () => undefined;
  const renewing = () => {
    const asks = new Promise<string | null>((resolve) => (answer = resolve));
    return session.renew(
      asks.then((next) => {
        if (next !== null) device.binding = next;
        return next !== null;
      }),
    );
  };
  const nonce = randomToken(32);
  const isSigned = (binding: string) =>
    verifySocketProof(keys.publicKey, asked[0]?.sig ?? '', { nonce, binding, origin: 'o' });
  return {
    ...{ session, status, asked, renewing, isSigned, service, seen },
    answers: (binding: string | null) => answer(binding),
    challenges: () => challenge({ nonce }),
    reconnects: () => reconnects,
  };
}

test('[A12] while a renewal is under way nothing is proved, and then by the binding that counts', async () => {
  const { renewing, challenges, asked, answers, reconnects, isSigned } = await socket();
  const over = renewing();
  challenges(); // of a connection that may have been made with either cookie
  await idle();
  expect(asked).toEqual([]);
  answers('new');
  await over;
  expect([asked.length, reconnects()]).toEqual([0, 1]);
  challenges();
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  expect([await isSigned('new'), await isSigned('old')]).toEqual([true, false]);
});

test('[A12] a refusal while a renewal is under way ends nothing, unless it was of the session that stays', async () => {
  for (const binding of ['new', null]) {
    const { session, renewing, status, answers } = await socket();
    const over = renewing();
    status.value = { is: 'refused', code: 'no_cert' };
    expect(session.view.value.is).toBe('entering');
    answers(binding);
    await over;
    await idle();
    expect(session.view.value.is).toBe(binding === null ? 'signed_out' : 'entering');
  }
});

test('[A12] a renewal that could not be had changes nothing', async () => {
  const { renewing, challenges, asked, answers, reconnects, isSigned } = await socket();
  const over = renewing();
  challenges();
  answers(null);
  await over;
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  expect(reconnects()).toBe(0);
  expect(await isSigned('old')).toBe(true);
});

test('[G91] a desk that is believed no more goes on as it is, under what another tab got for her session', async () => {
  const { session, service, seen, challenges, reconnects, asked, isSigned } = await socket();
  challenges();
  await expect.poll(() => session.view.value.is).toBe('here');
  Object.assign(service, { believes: false, movedOn: Promise.resolve('new') });
  challenges();
  await expect.poll(reconnects).toBe(1);
  expect([session.view.value.is, seen.closed]).toEqual(['here', false]);
  Object.assign(service, { believes: true, movedOn: Promise.resolve(null) });
  asked.length = 0;
  challenges();
  await expect.poll(() => asked.map(({ event }) => event)).toEqual(['desk:prove', 'desk:enter']);
  expect(await isSigned('new')).toBe(true);
});

test('[G91 O67] one that goes on under no other is refused, once, and proves nothing while that is looked up', async () => {
  const { session, service, seen, challenges, reconnects, asked } = await socket();
  let answer: (next: null) => void = () => undefined;
  Object.assign(service, { believes: false, movedOn: new Promise((resolve) => (answer = resolve)) });
  challenges();
  await expect.poll(() => asked.length).toBe(1);
  challenges(); // the service let it go, and it came back by itself
  await idle();
  expect([session.view.value.is, asked.length]).toEqual(['entering', 1]);
  answer(null);
  await expect.poll(() => session.view.value.is).toBe('refused');
  await idle();
  expect([seen.closed, reconnects(), session.view.value.is]).toEqual([true, 0, 'refused']);
});

test('[G91 D2] where the session ended while that is looked up, it is a session that ended', async () => {
  const { session, service, status, challenges, asked } = await socket();
  let answer: (next: null) => void = () => undefined;
  Object.assign(service, { believes: false, movedOn: new Promise((resolve) => (answer = resolve)) });
  challenges();
  await expect.poll(() => asked.length).toBe(1);
  await idle();
  status.value = { is: 'refused', code: 'no_cert' };
  answer(null);
  await idle();
  expect(session.view.value.is).toBe('signed_out');
});
