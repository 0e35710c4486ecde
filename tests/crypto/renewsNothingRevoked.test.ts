import { beforeAll, expect, test } from 'vitest';
import { HEARD_MAX, heardAfter, NOTHING_HEARD } from '../../console/src/model/team/heard.ts';
import { issuerBy, makeCentreKeys } from '../support/centreKeys.ts';
import { DAY_MS, disk, heardScene, noorsBrowser, NOW_MS, type HeardScene } from '../support/heardScene.ts';

let scene: HeardScene;
beforeAll(async () => {
  scene = await heardScene();
});

test('[O60 O23] a service that was broken into has nothing of a revoked issuer signed by saying that it stands', async () => {
  const { says, signedBy, mine, stolen, stolenId } = scene;
  const chain = await signedBy(stolen, NOW_MS - 8 * DAY_MS);
  for (const was of [true, null]) {
    const asks = noorsBrowser(mine).hourly;
    expect(await asks(says(chain))).toBe(1); // it stood, and this browser knows it
    expect(await asks(says(chain, { [stolenId]: was }))).toBe(0); // as it heard it yesterday: revoked, or gone
    expect(await asks(says(chain))).toBe(0); // as it hears it from who broke in
  }
});

test('[O23] a computer that went comes back by nothing that was signed before it went, and goes on with what was signed since', async () => {
  const { says, signedBy, mine } = scene;
  const noor = noorsBrowser(mine);
  const asks = noor.hourly;
  const before = await signedBy(mine, NOW_MS - 8 * DAY_MS);
  expect(await asks(says(before))).toBe(1);
  expect(await asks(says(null))).toBe(0);
  expect(await asks(says(before))).toBe(0);
  noor.clock.ms += 9 * DAY_MS;
  // a colleague renewed it just before it went, and this browser never saw that
  expect(await asks(says(await signedBy(mine, NOW_MS - 1_000), {}, NOW_MS + 9 * DAY_MS))).toBe(0);
  // she asked anew, and a coordinator signed
  expect(await asks(says(await signedBy(mine, NOW_MS + DAY_MS), {}, NOW_MS + 9 * DAY_MS))).toBe(1);
});

test('[O23] one lie about the time keeps nothing from being renewed that was pressed for two days later', async () => {
  const { says, signedBy, mine } = scene;
  const noor = noorsBrowser(mine);
  expect(await noor.hourly(says(await signedBy(mine, NOW_MS - 8 * DAY_MS)))).toBe(1);
  await noor.hourly(says(null, {}, NOW_MS + 36_500 * DAY_MS));
  await noor.hourly(says(null)); // put right, and she pressed on nothing yet
  const pressed = await signedBy(mine, NOW_MS + 2 * DAY_MS);
  noor.clock.ms = NOW_MS + 10 * DAY_MS;
  expect(await noor.hourly(says(pressed, {}, NOW_MS + 10 * DAY_MS))).toBe(1);
});

test('[O23] what went while both clocks said the same stays gone, also where both say later that it is long before', async () => {
  const { says, signedBy, mine } = scene;
  const noor = noorsBrowser(mine);
  const before = await signedBy(mine, NOW_MS - 9 * DAY_MS);
  expect(await noor.hourly(says(before))).toBe(1);
  expect(await noor.hourly(says(null))).toBe(0); // a stolen computer was taken away
  // her clock starts twelve days behind, once, and who broke in says the same
  noor.clock.ms = NOW_MS - 12 * DAY_MS;
  await noor.hourly(says(null, {}, NOW_MS - 12 * DAY_MS));
  noor.clock.ms = NOW_MS + DAY_MS;
  expect(await noor.hourly(says(before, {}, NOW_MS + DAY_MS))).toBe(0);
});

test('[O23] what both clocks heard within the day by which they may differ went at the later of both moments', () => {
  const says = { issuers: [], listed: [] as string[] };
  const at = (ms: number, nowMs: number) => ({ ...says, askedMs: ms, heardMs: ms, nowMs });
  const before = NOW_MS - DAY_MS;
  let heard = heardAfter(NOTHING_HEARD, { ...at(before, before), listed: ['stolen'] });
  heard = heardAfter(heard, at(NOW_MS, NOW_MS - (23 * DAY_MS) / 24));
  heard = heardAfter(heard, at(NOW_MS - 12 * DAY_MS, NOW_MS - 12 * DAY_MS)); // an empty battery
  expect(heard.gone['stolen']?.atMs).toBe(NOW_MS);
});

test('[O23] a service that names a time of years later has this browser forget nothing of what went', () => {
  const says = { issuers: [], listed: [] as string[] };
  const at = (ms: number, nowMs = ms) => ({ ...says, askedMs: ms, heardMs: ms, nowMs });
  let heard = heardAfter(NOTHING_HEARD, { ...at(NOW_MS - DAY_MS), listed: ['stolen'] });
  heard = heardAfter(heard, at(NOW_MS));
  heard = heardAfter(heard, at(NOW_MS + DAY_MS, NOW_MS + 3_650 * DAY_MS));
  expect(Object.keys(heard.gone)).toEqual(['stolen']);
});

test('[O23] nor is it forgotten earlier for that; one that was kept with a single moment stays at it', () => {
  const says = (atMs: number, revoked: boolean) => ({
    ...{ askedMs: atMs - 1, heardMs: atMs, nowMs: atMs, listed: [] },
    issuers: [{ id: 'stolen', revoked }],
  });
  const longBefore = Date.UTC(2015, 0, 1);
  const heard = heardAfter(heardAfter(NOTHING_HEARD, says(NOW_MS, true)), says(longBefore, false));
  const next = heardAfter(heard, says(NOW_MS + DAY_MS, false));
  expect(next.revoked).toEqual({ stolen: { fromMs: NOW_MS, atMs: NOW_MS } });
  const kept = { ...NOTHING_HEARD, revoked: { stolen: NOW_MS } } as never;
  expect(heardAfter(kept, says(longBefore, false)).revoked).toEqual(next.revoked);
});

test('[O23] a lie about the time is not put right by another one: only where both clocks say the same', () => {
  const says = (heardMs: number, nowMs: number, revoked: boolean) => ({
    ...{ askedMs: heardMs - 1, heardMs, nowMs, listed: [] },
    issuers: [{ id: 'stolen', revoked }],
  });
  const lie = heardAfter(NOTHING_HEARD, says(NOW_MS, NOW_MS + 100 * DAY_MS, true));
  expect(lie.revoked).toEqual({ stolen: { fromMs: NOW_MS, atMs: NOW_MS + 100 * DAY_MS } });
  expect(heardAfter(lie, says(NOW_MS, NOW_MS - 2 * DAY_MS, false)).revoked).toEqual(lie.revoked);
  // a day is what clocks may be wrong by
  expect(heardAfter(lie, says(NOW_MS + 99 * DAY_MS, NOW_MS + 99 * DAY_MS, false)).revoked).toEqual(lie.revoked);
  const right = heardAfter(lie, says(NOW_MS + DAY_MS, NOW_MS + DAY_MS, false));
  expect(right.revoked).toEqual({ stolen: { fromMs: NOW_MS, atMs: NOW_MS + DAY_MS } });
  // heard once more, and never to go back before that
  const again = heardAfter(right, says(NOW_MS + 9 * DAY_MS, NOW_MS + 9 * DAY_MS, true));
  expect(again.revoked).toEqual({ stolen: { fromMs: NOW_MS + 9 * DAY_MS, atMs: NOW_MS + 9 * DAY_MS } });
});

test('[O23] what a browser of the release before heard, which kept no moments, counts', () => {
  const before = { stood: ['stolen', 'mine'], listed: ['computer'], revoked: {}, gone: {} } as never;
  const after = heardAfter(before, {
    ...{ askedMs: NOW_MS, heardMs: NOW_MS + 1, nowMs: NOW_MS, listed: [] },
    issuers: [{ id: 'mine', revoked: false }],
  });
  expect([after.revoked, after.gone, after.stood].map(Object.keys)).toEqual([['stolen'], ['computer'], ['mine']]);
});

test('[O23] what was heard is kept for as long as it counts, and what is too much keeps everything from being renewed', async () => {
  const { says, signedBy, mine, id } = scene;
  const told = (nowMs: number, ids: readonly string[]) => ({
    ...{ nowMs, askedMs: nowMs, heardMs: nowMs },
    listed: [],
    issuers: ids.map((one) => ({ id: one, revoked: true })),
  });
  const first = heardAfter(NOTHING_HEARD, told(NOW_MS, ['a', id]));
  expect(Object.keys(heardAfter(first, told(NOW_MS + 500 * DAY_MS, ['b'])).revoked)).toEqual(['a', id, 'b']);
  expect(Object.keys(heardAfter(first, told(NOW_MS + 600 * DAY_MS, ['b'])).revoked)).toEqual(['b']);
  const many = Array.from({ length: HEARD_MAX + 9 }, (_, at) => `i${at}`);
  const full = heardAfter(first, told(NOW_MS, many));
  expect([Object.keys(full.revoked).length, Object.hasOwn(full.revoked, id)]).toEqual([HEARD_MAX, true]);
  const asks = noorsBrowser(mine).hourly;
  const chain = await signedBy(mine, NOW_MS - 8 * DAY_MS);
  expect(await asks(says(chain, Object.fromEntries(many.map((one) => [one, true]))))).toBe(0);
});

test('[U71 O23] another issuer of the same pins goes on from what was seen and heard, and one of other pins does not', async () => {
  const { centre, mine } = scene;
  const keep = disk();
  await keep.write('noor', mine);
  await keep.writeSeen('noor', 7);
  const at = { nowMs: NOW_MS, askedMs: NOW_MS, heardMs: NOW_MS, listed: [] };
  await keep.hear('noor', { ...at, issuers: [{ id: 'a', revoked: true }] });
  await keep.write('noor', await issuerBy(centre, NOW_MS));
  const says = { ...at, issuers: [] };
  expect([await keep.readSeen('noor'), Object.keys((await keep.hear('noor', says)).revoked)]).toEqual([7, ['a']]);
  await keep.write('noor', await issuerBy(await makeCentreKeys(), NOW_MS));
  expect([await keep.readSeen('noor'), Object.keys((await keep.hear('noor', says)).revoked)]).toEqual([0, []]);
});

test('[O66] what may be on record is kept until she signs with an issuer, beside what was heard', async () => {
  const { mine } = scene;
  const keep = disk();
  await keep.write('noor', mine);
  expect(await keep.readPosted('noor')).toBeNull();
  await keep.writePosted('noor', mine);
  await keep.writeSeen('noor', 7);
  expect(await keep.readPosted('noor')).toBe(mine);
  await keep.write('noor', mine);
  expect(await keep.readPosted('noor')).toBeNull();
  await keep.writePosted('noor', mine);
  await keep.writePosted('noor', null);
  expect([await keep.readPosted('noor'), await keep.read('noor')]).toEqual([null, mine]);
});
