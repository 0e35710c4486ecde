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
  const link = {
    status,
    hear: (_event: string, run: typeof challenge) => ((challenge = run), () => undefined),
    request: async (event: string, input: { sig: string }) => {
      asked.push({ event, sig: input.sig });
      return { ok: true, value: {} };
    },
    reconnect: () => void (reconnects += 1),
    close: () => undefined,
  } as unknown as CounsellorLink;
  const session = createDeskSession({
    openLink: () => link,
    device,
    timers: { after: () => () => undefined, every: () => () => undefined },
    wish: () => ({ status: 'available' }),
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
    ...{ session, status, asked, renewing, isSigned },
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
