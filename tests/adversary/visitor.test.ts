import { randomToken } from '@clbchat/shared/digest';
import type { VisitState } from '@clbchat/shared/protocol/visitor';
import { openKeyOffer } from '@clbchat/shared/statement/keyOffer';
import { sign } from '@clbchat/shared/statement/statement';
import { expect, test } from 'vitest';
import { makeAuthority, occasion } from '../crypto/authority.ts';
import { idle } from '../support/idle.ts';
import { forgeAnswer } from '../evil-relay/lies.ts';
import { JOIN, newTab } from '../support/pages.ts';
import { createPair, createScene, takes } from '../support/realScene.ts';

/** As many turns of the loop as a step of joining may take, one after the other. */
const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
};

test.each([0, 1, 3, 6, 12, 25])(
  '[E24] quick exit %i turns after "start": nothing is written, and nobody joins',
  async (count) => {
    const { visitorPage, live, time } = await createScene();
    const tab = newTab();
    const { visitor } = visitorPage(tab);
    const joined = visitor.join({ ...JOIN, first: 'geheim' });
    await turns(count);
    const before = tab.written.length;
    visitor.quickExit();
    expect(tab.kept).toBeNull();
    await joined;
    await time.advance(5_000);
    expect(tab.written.slice(before)).toEqual([]);
    expect(tab.kept).toBeNull();
    expect(visitor.view.value).toEqual({ is: 'none' });
    expect(live.visits.size).toBe(0);
  },
);

test.each([0, 1, 3, 6, 12])('[E24] quick exit %i turns after a reload: the visit is not taken up', async (count) => {
  const { visitor, visitorPage, tab, time } = await createPair();
  visitor.kill();
  const page = visitorPage(tab);
  const resumed = page.visitor.resume();
  await turns(count);
  page.visitor.quickExit();
  const before = tab.written.length;
  await resumed;
  await time.advance(5_000);
  expect(tab.written.slice(before)).toEqual([]);
  expect(tab.kept).toBeNull();
  expect(page.visitor.view.value).toEqual({ is: 'none' });
  expect(tab.beacons.map((body) => (JSON.parse(body) as { why: string }).why)).toEqual(['quick_exit']);
});

/** Every text of a value that is long enough to be recognised again. */
const marks = (value: unknown): string[] => {
  if (typeof value === 'string') return value.length >= 8 ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(marks) : [];
};

test('[E55 V3] a second visit of the same tab has nothing in common with the first', async () => {
  const { visitor, tab, theVisit, desk, time } = await createPair({ first: 'eerste vraag' });
  desk.talk.talk.send('antwoord');
  await time.advance(3_000);
  const first = structuredClone(theVisit());
  const written = tab.written.splice(0);
  await visitor.visitor.end();
  visitor.visitor.reset();
  await visitor.visitor.join({ ...JOIN, first: 'eerste vraag' });
  await idle();
  const second = theVisit();
  const known = new Set([...marks(first), ...marks(written), ...marks(tab.beacons)]);
  // chosen by many, and of the store alone: the same for everybody
  const everybodys = new Set<string>([JOIN.topic, tab.written.at(-1)?.life ?? '']);
  expect(known.size).toBeGreaterThan(12);
  expect([...marks(second), ...marks(tab.written)].filter((text) => known.has(text) && !everybodys.has(text))).toEqual(
    [],
  );
});

test.each([
  ['clock', { skewMs: 15 * 86_400_000 }],
  ['chain', { chain: (text: string) => text.replace(/^1\.B/, '1.A') }],
  ['version', { chain: (text: string) => text.replace(/^1\./, '2.') }],
] as const)(
  '[E53] a key offer refused for its %s: told while waiting and at the end, and no key leaves',
  async (why, how) => {
    const scene = await createScene();
    const page = scene.visitorPage(newTab());
    await page.visitor.join(JOIN);
    await idle();
    const desk = await scene.deskPage(await scene.computer());
    if ('skewMs' in how) page.skewMs = how.skewMs;
    if ('chain' in how)
      forgeAnswer<VisitState>(page, 'visit:state', (state) =>
        state.keyOffer ? { ...state, keyOffer: how.chain(state.keyOffer) } : state,
      );
    await takes(desk);
    await scene.time.advance(3_000);
    expect(page.visitor.view.value).toMatchObject({ is: 'waiting', trust: why });
    expect(page.control.asked.map(({ event }) => event)).not.toContain('key:seal');
    // nobody else is there: after a quarter of a minute the same console again, and the second time it ends
    await scene.time.advance(61_000);
    await takes(desk);
    await scene.time.advance(3_000);
    expect(page.visitor.view.value).toEqual({ is: 'ended', reason: 'refused', talked: false, trust: why });
  },
);

test('[E53] who is believed after all is not reproached any more', async () => {
  const scene = await createScene();
  const page = scene.visitorPage(newTab());
  await page.visitor.join(JOIN);
  await idle();
  const desk = await scene.deskPage(await scene.computer());
  page.skewMs = 15 * 86_400_000;
  await takes(desk);
  await scene.time.advance(3_000);
  page.skewMs = 0;
  await takes(desk);
  await scene.time.advance(3_000);
  expect(page.visitor.view.value).toMatchObject({ is: 'talking' });
  await page.visitor.end();
  expect(page.visitor.view.value).not.toHaveProperty('trust');
});

test('[E3] a signed one-time key that is no point on the curve is refused before anything is sealed to it', async () => {
  const authority = await makeAuthority();
  const when = occasion();
  const { visitId: visit, vnonce: nonce, epoch } = when;
  for (const pub of [`BA${'A'.repeat(85)}`, randomToken(65)]) {
    const text = `${authority.chain}.${await sign(authority.device.privateKey, 'offer', { visit, nonce, epoch, pub })}`;
    expect(await openKeyOffer(text, { ...authority.trust, ...when })).toEqual({ ok: false, why: 'chain' });
  }
});
