import { expect, test } from 'vitest';
import { heard, type MakeStore, sceneOf } from '../scene.ts';
import { tokenName, visitName } from '../world.ts';

/** PROTOCOL B: rows 1 to 3, 8, 9, 12, 36, 42 to 44. */
export function queueContract(make: MakeStore): void {
  test('[Q1 Q2] who joins gets a ticket, and is told how many are in front', async () => {
    const { store, joins, joinInput } = await sceneOf(make);
    await joins(1);
    expect(await store.queue.join(joinInput(2))).toMatchObject({
      is: 'joined',
      stage: 'waiting',
      ticket: 2,
      ahead: 1,
      freed: true,
    });
  });

  test('[Q1 V7] joining again keeps the ticket, and fences off the older socket', async () => {
    const { store, joins, joinInput } = await sceneOf(make);
    const { conn } = await joins(1);
    await joins(2);
    const again = await store.queue.join(joinInput(1));
    expect(again).toMatchObject({ is: 'joined', conn: conn + 1, ticket: 1, ahead: 0 });
    expect(again.is === 'joined' && heard(again.hints, 'visit:replaced')).toMatchObject([{ conn }]);
  });

  test('[V3 V8] an id of somebody else is refused, whatever the hours', async () => {
    const { store, joins, joinInput, stateOf } = await sceneOf(make);
    const visitor = await joins(1);
    const stranger = joinInput(1, { first: tokenName(9, 9), door: { is: 'closed', closesInMs: null, openedMs: 0 } });
    expect(await store.queue.join(stranger)).toEqual({ is: 'not_yours' });
    expect(await stateOf(visitor)).toMatchObject({ stage: 'waiting', rev: 1 });
  });

  test('[H1] the door: closed, and after last entry only into an empty queue', async () => {
    const { store, joins, joinInput } = await sceneOf(make);
    const closed = { is: 'closed', closesInMs: null, openedMs: 0 } as const;
    const closing = { is: 'closing', closesInMs: 600_000, openedMs: 0 } as const;
    expect(await store.queue.join(joinInput(1, { door: closed }))).toEqual({ is: 'closed' });
    await joins(1, { door: closing });
    expect(await store.queue.join(joinInput(2, { door: closing }))).toEqual({ is: 'closing' });
    expect((await store.queue.join(joinInput(1, { door: closed }))).is, 'who has a ticket keeps it').toBe('joined');
  });

  test('[P1] a full line refuses, and who is away does not fill it', async () => {
    const { store, joins, joinInput, wait } = await sceneOf(make, { rules: { waitingMax: 2 } });
    const first = await joins(1);
    await joins(2);
    expect(await store.queue.join(joinInput(3))).toEqual({ is: 'full' });
    await store.visit.drop(first);
    await wait(10_000);
    expect((await store.queue.join(joinInput(3))).is).toBe('joined');
  });

  test('[V5 V8 L4] a token lets in once, the one before while its follower was never shown, an older one never', async () => {
    const { store, joins } = await sceneOf(make);
    const { visitId, conn } = await joins(1);
    const [t0, t1, t2, t3] = [0, 1, 2, 3].map((number) => tokenName(1, number));
    const first = await store.visit.attach({ visitId, token: t0!, next: t1! });
    expect(first).toMatchObject({ is: 'attached', conn: conn + 1 });
    expect(await store.visit.attach({ visitId, token: t0!, next: t2! }), 'its answer was lost').toMatchObject({
      conn: conn + 2,
    });
    expect(await store.visit.attach({ visitId, token: t2!, next: t3! })).toMatchObject({ conn: conn + 3 });
    expect(await store.visit.attach({ visitId, token: t0!, next: t1! })).toEqual({ is: 'token_used' });
    expect(await store.visit.attach({ visitId, token: t1!, next: t3! })).toEqual({ is: 'token_used' });
    expect(await store.visit.attach({ visitId: visitName(9), token: t3!, next: t1! })).toMatchObject({ is: 'lost' });
  });

  test('[L4 R6] of two sockets the newer one acts; the older one is told and can do nothing', async () => {
    const { store, joins, stateOf } = await sceneOf(make);
    const old = await joins(1);
    const answer = await store.visit.reissue({ visitId: old.visitId, next: tokenName(1, 1) });
    expect(answer).toMatchObject({ is: 'attached', conn: old.conn + 1, state: { stage: 'waiting', ahead: 0 } });
    expect(answer.is === 'attached' && heard(answer.hints, 'visit:replaced')).toMatchObject([
      { to: 'visitor', conn: old.conn },
    ]);
    expect(await stateOf(old)).toBe('replaced');
    expect(await store.queue.here(old)).toEqual({ is: 'replaced' });
    expect(await store.visit.drop(old)).toEqual({ is: 'stale' });
    expect(await store.visit.end({ by: 'visitor', ...old, reason: 'visitor_left' })).toEqual({ is: 'replaced' });
    const oldToken = { visitId: old.visitId, token: tokenName(1, 0), reason: 'quick_exit' } as const;
    expect(await store.visit.end({ by: 'token', ...oldToken })).toEqual({ is: 'token_used' });
  });

  test('[N26] where there is room for who talks alone, who waits and has no socket takes nothing up, and nothing changes', async () => {
    const { store, joins, stateOf } = await sceneOf(make);
    const stands = await joins(1);
    const { visitId, ...gone } = await joins(2);
    await store.visit.drop({ visitId, ...gone });
    const by = { visitId, token: tokenName(2, 0), next: tokenName(2, 1) };
    const before = await store.queue.rows(9);
    expect(await store.visit.attach({ ...by, short: true })).toEqual({ is: 'full_house' });
    expect(await store.visit.reissue({ visitId, next: by.next, short: true })).toEqual({ is: 'full_house' });
    expect(await store.visit.attach({ ...by, token: tokenName(2, 7), short: true })).toEqual({ is: 'token_used' });
    expect(await store.queue.rows(9)).toEqual(before);
    expect(await store.visit.attach(by), 'with the same token as before').toMatchObject({ conn: gone.conn + 1 });
    const again = { visitId: stands.visitId, next: tokenName(1, 1), short: true };
    expect(await store.visit.reissue(again), 'by its own place').toMatchObject({ conn: stands.conn + 1 });
    expect(await stateOf(stands)).toBe('replaced');
  });

  test('[N26] where there is room for who talks alone, who talks takes it', async () => {
    const { store, joins, sits, talks } = await sceneOf(make);
    const visitor = await joins(1);
    await talks(visitor, await sits(1));
    await store.visit.drop(visitor);
    expect(await store.visit.reissue({ visitId: visitor.visitId, next: tokenName(1, 1), short: true })).toMatchObject({
      ...{ is: 'attached', conn: visitor.conn + 1, state: { stage: 'talking' } },
    });
  });

  test('[Q6 Q2] ten seconds without a socket is away: with a ticket, in no line; a new socket brings it back', async () => {
    const { store, joins, wait, stateOf } = await sceneOf(make);
    const first = await joins(1);
    const second = await joins(2);
    await store.visit.drop(first);
    await wait(9_000);
    expect(await store.queue.facts()).toMatchObject({ waiting: 2 });
    await wait(1_000);
    expect(await store.queue.facts()).toMatchObject({ waiting: 1, places: [{ ahead: 0 }, { ahead: 1 }] });
    expect(await stateOf(second), 'who is away is still in front').toMatchObject({ ahead: 1 });
    expect((await store.queue.rows(9)).map(({ ticket, away }) => [ticket, away])).toEqual([
      [1, true],
      [2, false],
    ]);
    const back = await store.visit.reissue({ visitId: first.visitId, next: tokenName(1, 1) });
    expect(back).toMatchObject({ is: 'attached', freed: true, state: { away: 'no', ahead: 0 } });
    expect(await store.queue.here(second)).toMatchObject({ ahead: 1 });
  });

  test('[Q6] a socket that gave no sign for 45 s is away; a late sign shows that it lives', async () => {
    const { store, joins, wait, stateOf } = await sceneOf(make);
    const visitor = await joins(1);
    await wait(44_000, { visitors: [visitor] });
    expect(await stateOf(visitor)).toMatchObject({ away: 'no' });
    await wait(1_000, { visitors: [visitor] });
    expect(await stateOf(visitor)).toMatchObject({ away: 'dropped' });
    await store.visit.seen([visitor]);
    expect(await wait(1_000)).toMatchObject([{ event: 'visit:stage', hint: { stage: 'waiting' } }]);
    expect(await stateOf(visitor)).toMatchObject({ away: 'no' });
  });

  test.each([
    ['three minutes', false, 180_000],
    ['two, when the page said goodbye', true, 120_000],
  ])('[Q6 V4] who waits and is away is kept for %s', async (_, unloads, keepMs) => {
    const { store, joins, wait, joinInput } = await sceneOf(make);
    const visitor = await joins(1);
    const token = tokenName(1, 0);
    if (unloads) expect(await store.visit.unload({ visitId: visitor.visitId, token })).toEqual({ is: 'noted' });
    await store.visit.drop(visitor);
    await wait(keepMs - 1_000);
    expect(await store.queue.facts()).toMatchObject({ places: [{ ahead: 0 }] });
    await wait(1_000);
    expect(await store.queue.facts()).toMatchObject({ places: [] });
    expect(await store.visit.attach({ visitId: visitor.visitId, token, next: token })).toMatchObject({ is: 'lost' });
    expect(await store.visit.unload({ visitId: visitor.visitId, token })).toMatchObject({ is: 'lost' });
    expect((await store.queue.join(joinInput(2))).is).toBe('joined');
  });

  test('[Q6] a goodbye that was a reload counts no more once the page is back', async () => {
    const { store, joins, wait, stateOf } = await sceneOf(make);
    const { visitId } = await joins(1);
    await store.visit.unload({ visitId, token: tokenName(1, 0) });
    const back = await store.visit.reissue({ visitId, next: tokenName(1, 1) });
    const visitor = { number: 1, visitId, ticket: 1, conn: back.is === 'attached' ? back.conn : 0 };
    await store.visit.drop(visitor);
    await wait(150_000);
    expect((await store.queue.facts()).places.length).toBe(1);
    expect(await stateOf(visitor)).toBe('replaced');
  });

  test('[Q6] a goodbye that comes when the page is back already shortens nothing', async () => {
    const { store, joins, wait } = await sceneOf(make);
    const { visitId } = await joins(1);
    const [token, next] = [tokenName(1, 0), tokenName(1, 1)];
    const back = await store.visit.attach({ visitId, token, next });
    expect(await store.visit.unload({ visitId, token })).toEqual({ is: 'token_used' });
    await store.visit.drop({ visitId, conn: back.is === 'attached' ? back.conn : 0 });
    await wait(150_000);
    expect((await store.queue.facts()).places).toHaveLength(1);
    expect(await store.visit.unload({ visitId, token: next })).toEqual({ is: 'noted' });
    await wait(1_000);
    expect((await store.queue.facts()).places).toEqual([]);
  });

  test('[V4 V7] the end while waiting, by socket or by token, once and for all', async () => {
    const { store, joins, stateOf } = await sceneOf(make);
    const visitor = await joins(1);
    const other = await joins(2);
    const left = { by: 'visitor', ...visitor, reason: 'visitor_left' } as const;
    expect(await store.visit.end(left)).toMatchObject({
      is: 'ended',
      freed: true,
      hints: [{ hint: { reason: 'visitor_left' } }],
    });
    expect(await store.visit.end(left)).toMatchObject({ is: 'ended', hints: [] });
    expect(await stateOf(visitor)).toBe('lost');
    const exit = { by: 'token', visitId: other.visitId, token: tokenName(2, 0), reason: 'quick_exit' } as const;
    expect(await store.visit.end(exit)).toMatchObject({ is: 'ended', hints: [{ hint: { reason: 'quick_exit' } }] });
    expect((await store.queue.facts()).places).toEqual([]);
  });

  test('[H1] after closing, who waits is told when nobody works any more, or after half an hour', async () => {
    const alone = await sceneOf(make);
    await alone.joins(1);
    expect(await alone.wait(60_000, { closedForMs: 0 })).toEqual([]);
    expect(await alone.wait(1_000, { closedForMs: 60_000 })).toMatchObject([
      { hint: { stage: 'ended', reason: 'closed' } },
    ]);

    const staffed = await sceneOf(make);
    await staffed.joins(1);
    await staffed.sits(1, { status: 'paused' });
    expect(await staffed.wait(5_000, { closedForMs: 1_790_000 })).toEqual([]);
    const hints = await staffed.wait(5_000, { closedForMs: 1_795_000 });
    expect(heard(hints, 'visit:stage')).toMatchObject([{ hint: { stage: 'ended', reason: 'closed' } }]);
  });

  test('[O68] who sits where the certificate ended is nobody to whom visitors come: door and colleagues know, and after closing who waits is told', async () => {
    const { store, joins, sits, wait, clock, stateOf, deskOf } = await sceneOf(make);
    const certExpMs = clock.nowMs() + 5_000;
    await sits(1, { certExpMs, status: 'paused' });
    const other = await sits(2, { certExpMs, status: 'paused' });
    const visitor = await joins(1);
    await wait(4_999);
    expect([(await store.queue.facts()).staffed, (await deskOf(other)).colleagues]).toEqual([true, 1]);
    await wait(1);
    expect([(await store.queue.facts()).staffed, (await deskOf(other)).colleagues]).toEqual([false, 0]);
    expect(await stateOf(visitor)).toMatchObject({ staffed: false });
    const hints = await wait(61_000, { closedForMs: 60_000 });
    expect(heard(hints, 'visit:stage')).toMatchObject([{ hint: { stage: 'ended', reason: 'closed' } }]);
  });

  test('[V6] a visit ends 4 h after it joined, even when nobody kept time', async () => {
    const { store, joins, clock, tick } = await sceneOf(make);
    await joins(1);
    await tick();
    clock.advance(14_399_999);
    await tick();
    expect((await store.queue.facts()).places.length).toBe(1);
    clock.advance(1);
    expect(await tick()).toMatchObject({ grace: true, hints: [{ hint: { stage: 'ended', reason: 'expired' } }] });
    expect((await store.queue.facts()).places).toEqual([]);
  });

  test('[V4] another visit on the same socket ends the first', async () => {
    const { store, joins } = await sceneOf(make);
    const first = await joins(1);
    const answer = await store.visit.end({ by: 'visitor', ...first, reason: 'replaced' });
    expect(answer).toMatchObject({ is: 'ended', hints: [{ hint: { stage: 'ended', reason: 'replaced' } }] });
  });
}
