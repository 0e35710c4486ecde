import { expect, test } from 'vitest';
import { MONDAY_18H_MS } from '../../support/clock.ts';
import { heard, type MakeStore, sceneOf } from '../scene.ts';
import { deviceName, requestName } from '../world.ts';

/** PROTOCOL B: rows 10, 11, 13 to 17, and the counsellor's statuses. */
export function routingContract(make: MakeStore): void {
  test('[Q4] the smallest ticket rings, at the least busy and then at who is idle longest', async () => {
    const { joins, sits, rings, clock, store } = await sceneOf(make);
    const later = await sits(2);
    clock.advance(1);
    const busy = await sits(1, { slots: 2 });
    await joins(1);
    await joins(2);
    expect((await rings()).map(({ account }) => account)).toEqual([later.account, busy.account]);
    expect(await rings(), 'again there is nothing to do').toEqual([]);
    await joins(3);
    await joins(4);
    expect((await rings()).map(({ account }) => account)).toEqual([busy.account]);
    expect((await store.queue.rows(9)).map(({ ringing }) => ringing)).toEqual([true, true, true, false]);
    expect(await store.routing.match()).toMatchObject({ offers: 0, more: false });
  });

  test('[O68 Q5] nobody waits for who serves it where her certificate ended', async () => {
    const { joins, sits, clock, wait, rings } = await sceneOf(make);
    const serves = { roles: ['pupil'], topics: ['health'], langs: ['nl'] } as const;
    await sits(1, { serves, certExpMs: clock.nowMs() + 1_000 });
    const other = await sits(2, { serves: { ...serves, topics: ['learning'] } });
    await wait(1_000);
    await joins(1, { topic: 'health' });
    expect(await rings()).toMatchObject([{ account: other.account }]);
  });

  test('[Q4 Q5] a topic goes to who serves it; to everybody when nobody at work does', async () => {
    const { store, joins, sits, rings } = await sceneOf(make);
    const serves = { roles: ['pupil'], topics: ['health'], langs: ['nl'] } as const;
    const nurse = await sits(1, { serves });
    const other = await sits(2, { serves: { ...serves, topics: ['learning'] } });
    const first = await joins(1);
    expect(await rings()).toMatchObject([{ account: nurse.account }]);
    await joins(2);
    expect(await rings(), 'the nurse is busy, and at work').toEqual([]);
    const third = await joins(3, { topic: 'about-clb' });
    expect(await rings(), 'nobody at work serves it').toMatchObject([{ account: other.account }]);
    await store.visit.end({ by: 'visitor', ...third, reason: 'visitor_left' });
    await store.visit.end({ by: 'visitor', ...first, reason: 'visitor_left' });
    await store.presence.status({ ...nurse, status: 'paused', requestId: requestName(1) });
    expect(await rings(), 'and now nobody does').toMatchObject([{ account: other.account }]);
  });

  test('[Q5] after three minutes a topic is for everybody', async () => {
    const { joins, sits, talks, rings, wait } = await sceneOf(make);
    const serves = { roles: ['pupil'], topics: ['health'], langs: ['nl'] } as const;
    const full = await sits(1, { serves });
    const free = await sits(2, { serves: { ...serves, topics: ['learning'] } });
    const talking = await joins(1);
    await talks(talking, full);
    await joins(2);
    await wait(179_000);
    expect(await rings()).toEqual([]);
    await wait(1_000);
    expect(await rings()).toMatchObject([{ account: free.account }]);
  });

  test('[R1 V7] accepting: the visit is hers, everything that she needs comes, and again the same', async () => {
    const { joins, sits, ringsAt, accepts, stateOf, deskOf } = await sceneOf(make);
    const visitor = await joins(1, { topic: 'learning', role: 'parent' });
    const desk = await sits(1);
    const offerNo = await ringsAt(desk);
    expect(await deskOf(desk)).toMatchObject({
      rings: [{ offerNo, role: 'parent', topic: 'learning', leftMs: 30_000 }],
    });
    const answer = await accepts(desk, offerNo);
    const visit = {
      visitId: visitor.visitId,
      stage: 'opening',
      hold: 1,
      epoch: 0,
      epochNext: 1,
      role: 'parent',
      peer: 'here',
    };
    expect(answer).toMatchObject({
      is: 'accepted',
      visit,
      hints: [{ to: 'visitor', hint: { stage: 'opening', hold: 1 } }],
    });
    expect(await accepts(desk, offerNo)).toMatchObject({ is: 'accepted', visit, hints: [] });
    expect(await stateOf(visitor)).toMatchObject({ stage: 'opening', hold: 1, peerAgeMs: 0 });
    expect(await deskOf(desk)).toMatchObject({ rings: [], held: [{ visitId: visitor.visitId }] });
  });

  test('[R1 R3 V8] accepting what is not hers, without certificate, or without a sign of life for 45 s', async () => {
    const { joins, sits, ringsAt, accepts, clock } = await sceneOf(make);
    await joins(1);
    const desk = await sits(1, { certExpMs: clock.nowMs() + 1_000 });
    const other = await sits(2, { status: 'paused' });
    const offerNo = await ringsAt(desk);
    expect(await accepts(other, offerNo)).toEqual({ is: 'gone' });
    expect(await accepts(desk, offerNo + 1)).toEqual({ is: 'gone' });
    expect(await accepts({ ...desk, seat: desk.seat + 1 }, offerNo)).toEqual({ is: 'replaced' });
    clock.advance(1_000);
    expect(await accepts(desk, offerNo)).toEqual({ is: 'no_cert' });
    const silent = await sceneOf(make);
    await silent.joins(1);
    const late = await silent.sits(1);
    const ring = await silent.ringsAt(late);
    silent.clock.advance(45_000);
    expect(await silent.accepts(late, ring)).toEqual({ is: 'not_available' });
  });

  test('[Q3 R3] declining: same ticket, another counsellor; alone she is asked again after 15 s', async () => {
    const { store, joins, sits, ringsAt, rings, wait, stateOf } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    const offerNo = await ringsAt(desk);
    expect(await store.routing.decline({ ...desk, offerNo })).toMatchObject({ is: 'declined', freed: true });
    expect(await store.routing.decline({ ...desk, offerNo })).toEqual({ is: 'gone' });
    expect(await stateOf(visitor)).toMatchObject({ stage: 'waiting', ahead: 0 });
    expect(await rings()).toEqual([]);
    const colleague = await sits(2);
    const second = await ringsAt(colleague);
    await store.routing.decline({ ...colleague, offerNo: second });
    expect(await rings()).toEqual([]);
    await wait(14_000);
    expect(await rings()).toEqual([]);
    await wait(1_000);
    expect(await rings()).toHaveLength(1);
  });

  test('[Q3 R3] a missed offer: first ticket, not again to her for a minute; two, and she is paused', async () => {
    const { store, joins, sits, ringsAt, rings, wait, deskOf } = await sceneOf(make);
    await joins(1);
    const desk = await sits(1);
    await ringsAt(desk);
    await wait(29_000);
    expect(await deskOf(desk)).toMatchObject({ rings: [{ leftMs: 1_000 }] });
    expect(heard(await wait(1_000), 'offer:off')).toMatchObject([{ hint: { why: 'missed' } }]);
    expect(await rings()).toEqual([]);
    await wait(15_000);
    await ringsAt(desk);
    expect(heard(await wait(30_000), 'desk:changed')).toMatchObject([{ hint: { why: 'missed' } }]);
    expect(await deskOf(desk)).toMatchObject({ status: 'paused', rings: [] });
    await store.presence.status({ ...desk, status: 'available', requestId: requestName(1) });
    expect(await deskOf(desk)).toMatchObject({ status: 'available' });
  });

  test('[R3] who is paused for missing one visit is not rung for another', async () => {
    const { joins, sits, ringsAt, wait, deskOf } = await sceneOf(make, { rules: { offerMissesMax: 1 } });
    const desk = await sits(1, { slots: 2 });
    await joins(1);
    await ringsAt(desk);
    await wait(10_000);
    await joins(2);
    const later = await ringsAt(desk);
    const off = heard(await wait(20_000), 'offer:off');
    expect(off.map(({ hint }) => hint)).toMatchObject([{ why: 'missed' }, { offerNo: later, why: 'withdrawn' }]);
    expect(await deskOf(desk)).toMatchObject({ status: 'paused', rings: [] });
  });

  test.each([
    ['pauses', 'paused'],
    ['lowers her number', 'slots'],
    ['goes', 'leave'],
    ['sits down at another device', 'device'],
    ['gives no sign for 12 s', 'silent'],
  ])('[R3 Q3] she %s: the ring is withdrawn, and it is no miss', async (_, how) => {
    const { store, joins, sits, rings, wait, deskOf } = await sceneOf(make);
    await joins(1);
    await joins(2);
    const desk = await sits(1, { slots: 2 });
    expect(await rings()).toHaveLength(2);
    const requestId = requestName(1);
    if (how === 'paused') await store.presence.status({ ...desk, status: 'paused', requestId });
    if (how === 'slots') await store.presence.slots({ ...desk, slots: 1, requestId });
    if (how === 'leave') await store.presence.leave(desk);
    if (how === 'silent') expect(heard(await wait(13_000, { desks: [desk] }), 'offer:off')).toHaveLength(2);
    const now = how === 'device' ? await sits(1, { dev: deviceName(9), takeOver: true }) : desk;
    const left = how === 'slots' ? 1 : 0;
    expect((await deskOf(now)).rings).toHaveLength(left);
    expect((await store.queue.rows(9)).map(({ ticket, ringing }) => [ticket, ringing])).toEqual([
      [1, left === 1],
      [2, false],
    ]);
  });

  test('[R4 Q6] the visitor is away for 10 s: the ring stops within a second, and it is no miss', async () => {
    const { store, joins, sits, ringsAt, wait, deskOf, accepts } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    const offerNo = await ringsAt(desk);
    await store.visit.drop(visitor);
    expect(await wait(9_000)).toEqual([]);
    expect(heard(await wait(1_000), 'offer:off')).toMatchObject([
      { account: desk.account, hint: { offerNo, why: 'away' } },
    ]);
    expect(await deskOf(desk)).toMatchObject({ status: 'available', rings: [] });
    expect(await accepts(desk, offerNo)).toEqual({ is: 'gone' });
  });

  test('[R2] with routing `picked` nothing rings', async () => {
    const { store, joins, sits } = await sceneOf(make, { rules: { routing: 'picked' } });
    await joins(1);
    await sits(1);
    expect(await store.routing.match()).toMatchObject({ offers: 0, more: false, hints: [] });
  });

  test('[R2] one call rings sixteen at most, and says that there is more', async () => {
    const { store, joins, sits } = await sceneOf(make, { limits: { offersPerMatchMax: 2 } });
    for (const number of [1, 2, 3]) await joins(number);
    for (const number of [1, 2, 3]) await sits(number);
    expect(await store.routing.match()).toMatchObject({ offers: 2, more: true });
    expect(await store.routing.match()).toMatchObject({ offers: 1, more: false });
  });

  test('[L4 R6] one seat: the same device takes it at once, another one only knowingly', async () => {
    const { store, sits, seatInput, deskOf, joins, talks } = await sceneOf(make);
    const old = await sits(1);
    const visitor = await joins(1);
    const held = await talks(visitor, old);
    expect(await store.presence.enter(seatInput(1, { dev: deviceName(9) }))).toEqual({ is: 'elsewhere' });
    const answer = await store.presence.enter(seatInput(1, { status: 'paused' }));
    expect(answer).toMatchObject({
      is: 'entered',
      seat: old.seat + 1,
      hints: [{ event: 'desk:replaced', seat: old.seat }],
    });
    expect(answer.is === 'entered' && answer.desk).toMatchObject({
      status: 'available',
      held: [{ visitId: visitor.visitId }],
    });
    expect(await store.conversation.keyOffer({ ...held, epoch: 2, keyOffer: 'offer.2' })).toEqual({ is: 'replaced' });
    expect(await store.presence.status({ ...old, status: 'paused', requestId: requestName(1) })).toEqual({
      is: 'replaced',
    });
    const taken = await sits(1, { dev: deviceName(9), takeOver: true });
    expect((await deskOf(taken)).held).toHaveLength(1);
    expect(await store.presence.leave(taken)).toEqual({ is: 'has_conversations' });
  });

  test.each([
    ['even weg', { status: 'paused' }, []],
    ['resting', { status: 'wrap-up' }, []],
    ['silent for 12 s', {}, ['account1']],
    ['with a certificate that ran out', { certExpMs: MONDAY_18H_MS + 13_000 }, []],
  ] as const)('[R3] who is %s is offered nothing', async (_, sitting, mute) => {
    const { joins, sits, rings, wait } = await sceneOf(make);
    const desk = await sits(1, sitting);
    await wait(13_000, { desks: mute.length > 0 ? [desk] : [] });
    await joins(1);
    expect(await rings()).toEqual([]);
    const other = await sits(2);
    expect(await rings()).toMatchObject([{ account: other.account }]);
  });

  test('[R3] without a valid certificate nobody sits down', async () => {
    const { store, seatInput, clock } = await sceneOf(make);
    expect(await store.presence.enter(seatInput(1, { certExpMs: clock.nowMs() }))).toEqual({ is: 'no_cert' });
  });

  test('[O38] whose certificate ended sits down at the device that holds somebody, is offered nobody else, and then no more', async () => {
    const { store, seatInput, sits, joins, talks, rings, deskOf, wait, clock } = await sceneOf(make);
    const { presence } = store;
    const endsMs = clock.nowMs() + 1_000;
    const visitor = await joins(1);
    const desk = await sits(1, { certExpMs: endsMs, slots: 2 });
    const held = await talks(visitor, desk);
    await wait(1_000, { desks: [desk] });
    await joins(2);
    const input = seatInput(1, { certExpMs: endsMs, slots: 2 });
    const other = seatInput(2).dev;
    expect(await presence.enter({ ...input, dev: other, takeOver: true })).toEqual({ is: 'no_cert' });
    expect(await Promise.all([input.dev, other].map((dev) => presence.holds({ account: desk.account, dev })))).toEqual([
      true,
      false,
    ]);
    const back = await sits(1, { certExpMs: endsMs, slots: 2 });
    expect(back.seat).toBeGreaterThan(desk.seat);
    expect(await deskOf(back)).toMatchObject({ held: [{ visitId: visitor.visitId }], rings: [] });
    expect(await rings()).toEqual([]);
    expect((await store.visit.end({ by: 'desk', ...held, seat: back.seat, reason: 'counsellor_ended' })).is).toBe(
      'ended',
    );
    expect(await presence.enter(input)).toEqual({ is: 'no_cert' });
  });

  test('[P1] nobody has more at once than the centre allows, nor less than one', async () => {
    const { store, sits, deskOf } = await sceneOf(make);
    const desk = await sits(1, { slots: 9 });
    expect(await deskOf(desk)).toMatchObject({ slots: 3 });
    await store.presence.slots({ ...desk, slots: 9, requestId: requestName(2) });
    expect(await deskOf(desk)).toMatchObject({ slots: 3 });
    await store.presence.slots({ ...desk, slots: 0, requestId: requestName(1) });
    expect(await deskOf(desk)).toMatchObject({ slots: 1, colleagues: 0 });
  });
}
