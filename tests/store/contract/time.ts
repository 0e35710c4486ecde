import { expect, test } from 'vitest';
import { requestName, tokenName } from '../world.ts';
import { heard, type MakeStore, sceneOf } from '../scene.ts';

/** PROTOCOL B: rows 25 and 33 to 37: what time does to who has been accepted, and what a pause of the store does not. */
export function timeContract(make: MakeStore): void {
  test('[R7 R6] a silent counsellor: told at 20 s, released at 60 s, first in line with the first ticket', async () => {
    const { store, joins, sits, talks, writes, answers, wait, stateOf, rings } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    const held = await talks(visitor, desk);
    await joins(2);
    await writes(visitor, 1);
    expect(await wait(19_000, { desks: [desk] })).toEqual([]);
    expect(heard(await wait(1_000, { desks: [desk] }), 'peer:silent')).toMatchObject([{ to: 'visitor' }]);
    expect(await wait(39_000, { desks: [desk] })).toEqual([]);
    const hints = await wait(1_000, { desks: [desk] });
    expect(heard(hints, 'visit:stage')).toMatchObject([
      { to: 'desk', hint: { hold: 2 } },
      { to: 'visitor', hint: { hold: 2 } },
    ]);
    expect(await stateOf(visitor)).toMatchObject({ stage: 'waiting', ahead: 0, hold: 2, last: 2 });
    expect(await answers(held, 2)).toEqual({ is: 'not_yours' });
    expect(await store.visit.end({ by: 'desk', ...held, reason: 'counsellor_ended' })).toEqual({ is: 'not_yours' });
    expect(await store.conversation.since({ side: 'c', ...held, seq: 0 })).toEqual({ is: 'not_yours' });
    expect(await writes(visitor, 2), 'the text stays with the visitor').toEqual({ is: 'stage' });
    expect(await writes(visitor, 1), 'what was stored was stored').toMatchObject({ seq: 2 });
    expect(await store.conversation.since({ side: 'v', ...visitor, seq: 0 })).toMatchObject({ since: { last: 2 } });
    expect(await rings()).toEqual([]);
    await sits(1);
    await sits(2);
    expect((await rings())[0], 'the one who had it before').toMatchObject({ account: desk.account });
  });

  test('[A12] whether a desk holds somebody is said of opening and talking, of nobody who only rings, and of no other desk', async () => {
    const { store, joins, sits, opens } = await sceneOf(make);
    const [one, other] = [await sits(1), await sits(2)];
    const holds = () => Promise.all([one, other].map(({ account }) => store.presence.holds({ account })));
    expect(await holds()).toEqual([false, false]);
    const visitor = await joins(1);
    await store.presence.status({ ...other, status: 'paused', requestId: requestName(7) });
    await opens(one);
    expect(await holds()).toEqual([true, false]);
    expect((await store.visit.end({ by: 'visitor', ...visitor, reason: 'visitor_left' })).is).toBe('ended');
    expect(await holds()).toEqual([false, false]);
    await joins(2);
    await store.routing.match();
    expect(await holds()).toEqual([false, false]);
  });

  test('[A14] a session is idle from its last sign on, to the millisecond; one that is unknown begins anew', async () => {
    const { store, clock, needs } = await sceneOf(make);
    const { presence } = store;
    const { sessionIdleMs } = needs.limits;
    const all = { there: [], over: [] };
    expect(await Promise.all(['one', 'other'].map((name) => presence.awake(name)))).toEqual([true, true]);
    clock.advance(sessionIdleMs - 1);
    expect(await presence.idle(all)).toEqual([]);
    expect(await presence.awake('one')).toBe(true);
    clock.advance(1);
    expect(await presence.idle(all)).toEqual(['other']);
    expect(await presence.awake('other'), 'a sign that comes too late is none').toBe(false);
    clock.advance(sessionIdleMs - 1);
    expect(await presence.idle(all)).toEqual(['other', 'one']);
    expect(await presence.idle({ there: [], over: ['other', 'nobody'] })).toEqual(['one']);
    expect([await presence.awake('other'), await presence.awake('one')]).toEqual([true, false]);
    expect(await presence.idle({ there: [], over: ['one'] })).toEqual([]);
    expect(await presence.idle({ there: ['found'], over: [] }), 'one without a sign gets its first').toEqual([]);
    clock.advance(sessionIdleMs);
    expect(await presence.idle({ there: ['found'], over: [] })).toEqual(['found', 'other']);
  });

  test('[A14 R5] a sign that lies ahead of a clock that went back is one of now: nobody is there for longer by it', async () => {
    const { store, clock, needs } = await sceneOf(make);
    const { presence } = store;
    const all = { there: [], over: [] };
    await presence.awake('gone');
    await presence.awake('here');
    clock.advance(-3_600_000);
    expect(await presence.idle(all)).toEqual([]);
    clock.advance(needs.limits.sessionIdleMs - 1);
    expect(await presence.awake('here')).toBe(true);
    clock.advance(1);
    expect(await presence.idle(all)).toEqual(['gone']);
    clock.advance(-3_600_000);
    expect(await presence.awake('here'), 'a sign that she gives then is of then').toBe(true);
    clock.advance(needs.limits.sessionIdleMs);
    expect(await presence.awake('here')).toBe(false);
  });

  test('[R5 R7] a clock that went back leaves nobody with a counsellor who is gone, and no visitor without a key', async () => {
    const { store, clock, joins, sits, talks, wait, stateOf } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    await talks(visitor, desk);
    const ask = async () => (await store.conversation.keyAsk({ ...visitor, epoch: 1 })).is;
    expect([await ask(), await ask()]).toEqual(['asked', 'too_fast']);
    await wait(1_000);
    clock.advance(-3_600_000);
    expect(await ask()).toBe('asked');
    expect(await store.retention.tick({ hours: { is: 'open' } })).toMatchObject({ grace: true });
    await wait(59_000, { desks: [desk] });
    expect(await stateOf(visitor), 'nobody could say that she is there while nobody kept time').toMatchObject({
      stage: 'talking',
    });
    await wait(10_000, { desks: [desk] });
    expect(await stateOf(visitor)).toMatchObject({ stage: 'waiting', ahead: 0 });
  });

  test('[R7] a sign at 59 s is in time; the visitor is told that she is back', async () => {
    const { store, joins, sits, talks, wait, stateOf } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    await talks(visitor, desk);
    await wait(59_000, { desks: [desk] });
    expect((await store.presence.beat([desk])).hints).toMatchObject([{ to: 'visitor', event: 'peer:back' }]);
    await wait(1_000);
    expect(await stateOf(visitor)).toMatchObject({ stage: 'talking', hold: 1 });
  });

  test('[K4 R3] the next counsellor starts a later epoch; she has nothing of the first one', async () => {
    const { joins, sits, talks, wait, opens, keyed, deskOf, stateOf } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    await talks(visitor, desk);
    await wait(60_000, { desks: [desk] });
    const next = await sits(2);
    const held = await opens(next);
    const [view] = (await deskOf(next)).held;
    expect(view).toMatchObject({ hold: 3, epoch: 1, epochNext: 2 });
    expect(view).not.toHaveProperty('share');
    expect(view).not.toHaveProperty('sealed');
    await keyed(visitor, held, 2);
    expect(await stateOf(visitor)).toMatchObject({ stage: 'talking', hold: 3, epoch: 2 });
  });

  test('[R6] the same counsellor with an older hold can do nothing either', async () => {
    const { store, joins, sits, talks, opens, wait, answers } = await sceneOf(make);
    const visitor = await joins(1);
    const first = await talks(visitor, await sits(1));
    await wait(60_000, { desks: [first] });
    const desk = await sits(1);
    const held = await opens(desk);
    const old = { ...held, hold: first.hold };
    expect(held.hold).toBe(3);
    expect(await answers(old, 2)).toEqual({ is: 'not_yours' });
    expect(await store.conversation.keyOffer({ ...old, epoch: 2, keyOffer: 'offer.2' })).toEqual({ is: 'not_yours' });
    expect(await store.conversation.keyShare({ side: 'c', ...old, share: { rid: 'r', R: 'R' } })).toEqual({
      is: 'not_yours',
    });
  });

  test.each([
    ['ten minutes', false, 600_000],
    ['two, when the page said goodbye', true, 120_000],
  ])('[Q6 V4] a visitor without socket in a conversation is kept for %s', async (_, unloads, keepMs) => {
    const { store, joins, sits, talks, wait, deskOf } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    await talks(visitor, desk);
    if (unloads) await store.visit.unload({ visitId: visitor.visitId, token: tokenName(1, 0) });
    await store.visit.drop(visitor);
    expect(heard(await wait(12_000), 'peer:silent')).toMatchObject([{ to: 'desk', account: desk.account }]);
    expect((await deskOf(desk)).held).toMatchObject([{ peer: 'away' }]);
    await wait(keepMs - 20_000);
    expect((await deskOf(desk)).held).toHaveLength(1);
    const ended = heard(await wait(12_000), 'visit:stage');
    expect(ended).toMatchObject([{ to: 'desk', hint: { stage: 'ended', reason: 'visitor_gone' } }]);
    expect(await deskOf(desk)).toMatchObject({ status: 'wrap-up', held: [] });
  });

  test('[D18] a page that said goodbye is away at the next tick, whether its socket is gone or not, until it is there again', async () => {
    const { store, joins, sits, talks, wait, deskOf } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    await talks(visitor, desk);
    await store.visit.unload({ visitId: visitor.visitId, token: tokenName(1, 0) });
    const told = [{ to: 'desk', account: desk.account, hint: { visitId: visitor.visitId } }];
    expect(heard(await wait(1_000), 'peer:silent')).toMatchObject(told);
    expect((await deskOf(desk)).held).toMatchObject([{ peer: 'away' }]);
    expect(await wait(1_000, { visitors: [visitor] })).toEqual([]);
    await store.visit.drop(visitor);
    expect(await wait(1_000)).toEqual([]);
    const back = await store.visit.reissue({ visitId: visitor.visitId, next: tokenName(1, 1) });
    expect(back.is === 'attached' && heard(back.hints, 'peer:back')).toMatchObject(told);
    expect((await deskOf(desk)).held).toMatchObject([{ peer: 'here' }]);
    expect(await wait(1_000)).toEqual([]);
  });

  test('[D18 R4] no ring goes on for a page that said goodbye; one that was loaded again rings anew', async () => {
    const { store, joins, sits, wait, rings, ringsAt, deskOf } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    await ringsAt(desk);
    await store.visit.unload({ visitId: visitor.visitId, token: tokenName(1, 0) });
    expect(heard(await wait(1_000), 'offer:off')).toMatchObject([{ account: desk.account, hint: { why: 'away' } }]);
    expect(await rings()).toEqual([]);
    expect((await deskOf(desk)).rings).toEqual([]);
    await store.visit.reissue({ visitId: visitor.visitId, next: tokenName(1, 1) });
    expect(await rings()).toMatchObject([{ account: desk.account }]);
  });

  test('[V2] a visitor who comes back is told of to the counsellor, and a guess is taken back', async () => {
    const { store, joins, sits, talks, wait, deskOf } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    await talks(visitor, desk);
    expect(heard(await wait(45_000, { visitors: [visitor] }), 'peer:silent')).toHaveLength(1);
    expect((await deskOf(desk)).held).toMatchObject([{ peer: 'away' }]);
    expect(heard(await wait(2_000), 'peer:back')).toMatchObject([{ to: 'desk', hint: { visitId: visitor.visitId } }]);
    await store.visit.drop(visitor);
    await wait(10_000);
    const back = await store.visit.reissue({ visitId: visitor.visitId, next: tokenName(1, 1) });
    expect(back.is === 'attached' && heard(back.hints, 'peer:back')).toMatchObject([{ to: 'desk' }]);
    expect((await deskOf(desk)).held).toMatchObject([{ peer: 'here' }]);
  });

  test('[R8] nobody writes: asked after eight minutes, ended after thirty; a text starts it anew', async () => {
    const { joins, sits, talks, writes, wait, stateOf } = await sceneOf(make, {
      rules: { idleAskMs: 60_000, silenceMs: 120_000 },
    });
    const visitor = await joins(1);
    await talks(visitor, await sits(1));
    const asked = heard(await wait(60_000), 'talk:idle');
    expect(asked.map(({ to, hint }) => [to, hint.leftMs])).toEqual([
      ['visitor', 60_000],
      ['desk', 60_000],
    ]);
    await writes(visitor, 1);
    await wait(119_000);
    expect(await stateOf(visitor)).toMatchObject({ stage: 'talking' });
    expect(heard(await wait(1_000), 'visit:stage')).toMatchObject([
      { hint: { reason: 'silence' } },
      { hint: { reason: 'silence' } },
    ]);
  });

  test('[R8] who answers that they are there is silent no longer', async () => {
    const { store, joins, sits, talks, wait, stateOf } = await sceneOf(make, {
      rules: { idleAskMs: 60_000, silenceMs: 120_000 },
    });
    const visitor = await joins(1);
    await talks(visitor, await sits(1));
    await wait(110_000);
    expect(await store.queue.here(visitor)).toMatchObject({ is: 'here', ahead: 0 });
    expect(heard(await wait(60_000), 'talk:idle')).toHaveLength(2);
    await wait(59_000);
    expect(await stateOf(visitor)).toMatchObject({ stage: 'talking' });
  });

  test('[R8 V2] who loads the page again during a long silence is still told when the chat ends, on both sides', async () => {
    const { store, joins, sits, talks, wait, deskOf } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1);
    await talks(visitor, desk);
    expect(heard(await wait(9 * 60_000), 'talk:idle')).toHaveLength(2);
    const again = await store.visit.reissue({ visitId: visitor.visitId, next: tokenName(1, 1) });
    expect(again).toMatchObject({ is: 'attached', state: { idleLeftMs: 21 * 60_000 } });
    expect((await deskOf(desk)).held).toMatchObject([{ idleLeftMs: 21 * 60_000 }]);
    visitor.conn += 1;
    await store.queue.here(visitor);
    expect((await deskOf(desk)).held[0]).not.toHaveProperty('idleLeftMs');
  });

  test('[R8 V11] who talked for as long as one may is not told that it was silent', async () => {
    const { joins, sits, talks, answers, wait } = await sceneOf(make, {
      rules: { idleAskMs: 60_000, silenceMs: 90_000, lengthMaxMs: 300_000 },
    });
    const visitor = await joins(1);
    const held = await talks(visitor, await sits(1));
    const reasons: unknown[] = [];
    for (let n = 2; n <= 6; n += 1) {
      await answers(held, n);
      reasons.push(...heard(await wait(60_000), 'visit:stage').map(({ hint }) => hint.reason));
    }
    expect(reasons).toEqual(['too_long', 'too_long']);
  });

  test('[R8] a conversation has a length', async () => {
    const { joins, sits, talks, wait, stateOf } = await sceneOf(make, { rules: { lengthMaxMs: 100_000 } });
    const visitor = await joins(1);
    await talks(visitor, await sits(1));
    await wait(99_000);
    expect(await stateOf(visitor)).toMatchObject({ stage: 'talking' });
    expect(heard(await wait(1_000), 'visit:stage')).toMatchObject([{ hint: { reason: 'too_long' } }, {}]);
  });

  test('[P1] frames go two hours after they came, and nothing else with them', async () => {
    const { store, joins, sits, talks, writes, wait } = await sceneOf(make, { limits: { frameMs: 20_000 } });
    const visitor = await joins(1);
    await talks(visitor, await sits(1));
    await wait(10_000);
    await writes(visitor, 1);
    await wait(10_000);
    const since = { side: 'v', ...visitor, seq: 0 } as const;
    expect(await store.conversation.since(since)).toMatchObject({ since: { from: 2, last: 2, frames: [{ seq: 2 }] } });
    await wait(10_000);
    expect(await store.conversation.since(since)).toMatchObject({
      since: { from: 3, last: 2, frames: [], more: false },
    });
    expect(await writes(visitor, 2)).toMatchObject({ seq: 3 });
  });

  test('[R5] after a pause of the store nothing that depends on signs fires for a minute', async () => {
    const { joins, sits, talks, opens, wait, clock, tick, stateOf } = await sceneOf(make);
    const talking = await joins(1);
    const desk = await sits(1);
    await talks(talking, desk);
    const opening = await joins(2);
    const second = await sits(2);
    await opens(second);
    await wait(1_000);
    clock.advance(100_000);
    expect(await tick()).toMatchObject({ grace: true, hints: [] });
    await wait(59_000, { desks: [desk, second], visitors: [talking, opening] });
    expect(await stateOf(talking)).toMatchObject({ stage: 'talking' });
    expect(await stateOf(opening)).toMatchObject({ stage: 'opening' });
    await wait(1_000, { desks: [desk, second], visitors: [talking, opening] });
    expect(await stateOf(talking)).toMatchObject({ stage: 'waiting' });
  });

  test.each([
    ['silence', { silenceMs: 90_000 }],
    ['too_long', { lengthMaxMs: 90_000 }],
  ] as const)(
    '[R5] what would end by %s in a pause of the store goes on for a minute after it',
    async (reason, rules) => {
      const { joins, sits, talks, wait, clock, tick, stateOf } = await sceneOf(make, { rules });
      const visitor = await joins(1);
      await talks(visitor, await sits(1));
      await wait(1_000);
      clock.advance(100_000);
      expect(await tick()).toMatchObject({ grace: true, hints: [] });
      await wait(59_000);
      expect(await stateOf(visitor)).toMatchObject({ stage: 'talking' });
      expect(heard(await wait(1_000), 'visit:stage')).toMatchObject([{ hint: { reason } }, { hint: { reason } }]);
    },
  );

  test('[R5 H1] after a pause of the store, that nobody works is counted anew before the queue is told that it is over', async () => {
    const { joins, sits, wait, clock, tick, store } = await sceneOf(make);
    const visitor = await joins(1);
    const desk = await sits(1, { status: 'paused' });
    const closedAtMs = clock.nowMs();
    await wait(5_000, { closedForMs: 0 });
    await wait(50_000, { closedForMs: 5_000, desks: [desk] });
    clock.advance(100_000); // her lease ran out, and the minute without her too, while nobody kept time
    expect(await tick(closedAtMs)).toMatchObject({ grace: true, hints: [] });
    await store.presence.beat([desk]);
    await wait(120_000, { closedForMs: 160_000 });
    expect((await store.queue.facts()).places).toMatchObject([{ visitId: visitor.visitId }]);
    await wait(45_000 + 59_000, { closedForMs: 280_000, desks: [desk] });
    expect((await store.queue.facts()).places).toHaveLength(1);
    await wait(2_000, { closedForMs: 384_000, desks: [desk] });
    expect((await store.queue.facts()).places).toEqual([]);
  });

  test('[R3] a status can be set again and again, and the last one holds', async () => {
    const { store, sits, deskOf } = await sceneOf(make);
    const desk = await sits(1);
    for (const [press, status] of (['paused', 'paused', 'available'] as const).entries()) {
      const requestId = requestName(press);
      expect(await store.presence.status({ ...desk, status, requestId })).toMatchObject({ is: 'set' });
    }
    expect(await deskOf(desk)).toMatchObject({ status: 'available' });
    expect(await store.presence.leave(desk)).toMatchObject({ is: 'left' });
    expect(await deskOf(desk)).toMatchObject({ status: 'offline' });
  });
}
