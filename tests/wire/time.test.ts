import { afterEach, expect, test } from 'vitest';
import { refused } from '@clbchat/shared/protocol/wire';
import {
  connectCounsellor,
  connectVisitor,
  deskOpens,
  joinInput,
  newSecrets,
  signIn,
  visitorReturns,
  visitorWaits,
} from '../support/clients.ts';
import { frameOf } from '../support/frames.ts';
import { startService, type TestService } from '../support/service.ts';
import { accepts, good, talks } from '../support/talk.ts';

let service: TestService;
afterEach(() => service.stop());

test('[R7] pages that answer stay; a console that does not is told of at 20 s and released at 60 s', async () => {
  service = await startService();
  const visitor = await visitorWaits(service);
  const desk = await deskOpens(service);
  await talks(desk, visitor);
  await service.advance(120_000);
  expect(await good(visitor.ask('visit:state', {}))).toMatchObject({ stage: 'talking', peerAgeMs: expect.any(Number) });
  expect(visitor.heard('peer:silent')).toEqual([]);

  desk.pulses = false;
  await service.advance(19_000);
  expect(visitor.heard('peer:silent')).toEqual([]);
  await service.advance(7_000);
  await visitor.hears('peer:silent');
  desk.pulses = true;
  await service.advance(7_000);
  await visitor.hears('peer:back');

  desk.pulses = false;
  await service.advance(67_000);
  await visitor.hears('visit:stage', ({ stage, hold }) => stage === 'waiting' && hold > 1);
  expect(await good(visitor.ask('visit:state', {}))).toMatchObject({ stage: 'waiting', ahead: 0 });
});

test('[Q7 R11 V2] who chooses for as long as it likes at a living page stays; each side is told why it is where it is', async () => {
  service = await startService();
  const visitor = await visitorWaits(service);
  const desk = await deskOpens(service);
  const { on } = await accepts(desk);
  await good(desk.ask('key:offer', { ...on, epoch: 1, keyOffer: 'an.offer.that.nobody.here.reads' }));
  await service.advance(91_000);
  await desk.hears('visit:stage', ({ released }) => released === 'unanswered');
  await service.advance(300_000);
  const waits = { stage: 'waiting', away: 'no', unanswered: true, front: 'unanswered', ahead: 0 };
  expect(await good(visitor.ask('visit:state', {}))).toMatchObject(waits);
  expect(await good(desk.ask('desk:state', {}))).toMatchObject({
    held: [],
    letGo: [{ visitId: visitor.visitId, why: 'unanswered' }],
    queue: [{ away: false, unanswered: true }],
  });
  await good(visitor.ask('queue:here', {}));
  await desk.hears('offer:ring', ({ offerNo }) => offerNo > 1);
});

test('[R4] a ring stops when the visitor closed the tab', async () => {
  service = await startService();
  const desk = await deskOpens(service);
  const visitor = await visitorWaits(service);
  const { offerNo } = await desk.hears('offer:ring');
  visitor.leave();
  await service.advance(12_000);
  expect(await desk.hears('offer:off')).toEqual({ offerNo, why: 'away' });
});

test('[N11] who waits hears its place when it changed, and only then; desks hear that the line changed', async () => {
  service = await startService();
  const [first, second] = [await visitorWaits(service), await visitorWaits(service)];
  await service.advance(3_000);
  expect(second.heard('queue:moved')).toEqual([{ ahead: 1, range: null, staffed: false }]);
  await good(first.ask('visit:end', { why: 'left' }));
  await service.advance(3_000);
  expect(second.heard('queue:moved')).toEqual([
    { ahead: 1, range: null, staffed: false },
    { ahead: 0, range: null, staffed: false },
  ]);
  const desk = await deskOpens(service, 'lien', { status: 'paused' });
  await service.advance(3_000);
  await desk.hears('queue:changed', ({ waiting }) => waiting === 1);
  await service.advance(5_000);
  expect(desk.heard('queue:changed')).toHaveLength(1);
  await second.hears('queue:moved', ({ staffed }) => staffed);
});

test('[N12] a console that does not prove its device, and a visitor that never joins, are let go', async () => {
  service = await startService();
  const { cookie } = await signIn(service);
  const console = await connectCounsellor(service, { cookie });
  const visitor = await connectVisitor(service);
  await service.advance(service.limits.proveWithinMs + 1);
  expect(await console.closed).toBe('io server disconnect');
  expect(visitor.socket.connected).toBe(true);
  await service.advance(service.limits.joinWithinMs);
  expect(await visitor.closed).toBe('io server disconnect');
});

test('[N13] too many requests are refused, and granted again a second later', async () => {
  service = await startService({ limits: { eventsBurst: 3, eventsPerSecond: 1, passingBurst: 2 } });
  const visitor = await visitorWaits(service);
  expect(await visitor.ask('visit:state', {})).toMatchObject({ ok: true });
  expect(await visitor.ask('visit:state', {})).toMatchObject({ ok: true });
  expect(await visitor.ask('visit:state', {})).toEqual(refused('too_fast'));
  const { frame } = frameOf({ visitId: visitor.visitId, side: 'v', n: 1, kind: 'passing' });
  for (const answer of [{ ok: true, value: null }, { ok: true, value: null }, refused('too_fast')]) {
    expect(await visitor.ask('talk:passing', { frame })).toEqual(answer);
  }
  await service.advance(1_000);
  expect(await visitor.ask('visit:state', {})).toMatchObject({ ok: true });
});

test('[N13] what nobody stores is let through for each conversation that a desk may hold, and no more', async () => {
  service = await startService({ limits: { passingBurst: 2, passingPerSecond: 1 } });
  const desk = await deskOpens(service, 'lien', { status: 'paused' });
  const { visitId } = await visitorWaits(service);
  const { frame } = frameOf({ visitId, side: 'c', n: 1, kind: 'passing' });
  const passes = async () => {
    const answer = await desk.ask('talk:passing', { visitId, hold: 1, frame });
    return answer.ok || answer.code !== 'too_fast';
  };
  const { deskTalksMax } = service.limits;
  for (let each = 0; each < deskTalksMax * 2; each += 1) expect(await passes()).toBe(true);
  expect(await passes()).toBe(false);
  await service.advance(1_000);
  for (let each = 0; each < deskTalksMax; each += 1) expect(await passes()).toBe(true);
  expect(await passes()).toBe(false);
});

test('[H1] nobody joins outside the hours, and who waits at closing is told', async () => {
  service = await startService({ hours: 'real', rules: { drainStaffGoneMs: 60_000 } });
  const visitor = await visitorWaits(service);
  const state = await good(visitor.ask('visit:state', {}));
  expect(state.stage).toBe('waiting');
  for (let hour = 0; hour < 6 && visitor.heard('visit:stage').length === 0; hour += 1) await service.advance(3_600_000);
  expect(await visitor.hears('visit:stage', ({ stage }) => stage === 'ended')).toMatchObject({ reason: 'closed' });
  const late = await connectVisitor(service);
  expect(await late.ask('visit:join', await joinInput(await newSecrets()))).toEqual(refused('closed'));
}, 60_000);

test('[Q6] a visitor who comes back in time keeps the ticket, and one who does not is gone', async () => {
  service = await startService();
  const visitor = await visitorWaits(service);
  visitor.leave();
  await service.advance(60_000);
  const back = await visitorReturns(service, visitor.secrets);
  expect(await back.hears('visit:attached')).toMatchObject({ stage: 'waiting', away: 'no', ahead: 0 });
  back.leave();
  await service.advance(200_000);
  await expect(visitorReturns(service, visitor.secrets)).rejects.toThrow('token_used'); // by its proof it would hear that it is lost [N36]
});

test('[N14] a server that stops tells its pages, and closes them so that they come back', async () => {
  service = await startService();
  const visitor = await visitorWaits(service);
  const desk = await deskOpens(service, 'lien', { status: 'paused' });
  await service.stop();
  expect(await visitor.closed).toBe('transport close');
  expect(await desk.closed).toBe('transport close');
  expect(visitor.heard('node:leaving')).toHaveLength(1);
  expect(desk.heard('node:leaving')).toHaveLength(1);
}, 25_000); // a WebSocket would wait for half a minute
