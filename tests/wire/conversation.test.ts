import { afterEach, beforeEach, expect, test } from 'vitest';
import { EVERYBODY, type Serves } from '@clbchat/shared/serves';
import { refused } from '@clbchat/shared/protocol/wire';
import { deskOpens, newRequest, newShare, visitorReturns, visitorWaits } from '../support/clients.ts';
import { frameOf } from '../support/frames.ts';
import { startService, type TestService } from '../support/service.ts';
import { accepts, agreesOnKey, good, talks } from '../support/talk.ts';

let service: TestService;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

test('[N1] a whole conversation: join, ring, accept, key, words both ways, end', async () => {
  const visitor = await visitorWaits(service);
  const desk = await deskOpens(service);
  const ring = await desk.hears('offer:ring');
  expect(ring).toMatchObject({ role: 'pupil', topic: 'wellbeing', lang: 'nl' });
  expect(ring).not.toHaveProperty('visitId');

  const talk = await accepts(desk);
  expect(talk.held).toMatchObject({ visitId: visitor.visitId, stage: 'opening', epoch: 0, epochNext: 1, peer: 'here' });
  await visitor.hears('visit:stage', ({ stage }) => stage === 'opening');
  await agreesOnKey(desk, visitor, talk);
  await visitor.hears('visit:stage', ({ stage }) => stage === 'talking');

  const question = frameOf({ visitId: visitor.visitId, side: 'v', n: 1 });
  expect(await good(visitor.ask('talk:append', { frame: question.frame }))).toEqual({ seq: 2 });
  expect(await desk.hears('talk:frame')).toEqual({ visitId: visitor.visitId, seq: 2, frame: question.frame, epoch: 1 });

  const answer = frameOf({ visitId: visitor.visitId, side: 'c', n: 2 });
  expect(await good(desk.ask('talk:append', { ...talk.on, frame: answer.frame }))).toEqual({ seq: 3 });
  expect(await visitor.hears('talk:frame', ({ seq }) => seq === 3)).toEqual({ seq: 3, frame: answer.frame, epoch: 1 });

  const typing = frameOf({ visitId: visitor.visitId, side: 'v', n: 1, kind: 'passing', stream: 'AAAAAAAAAAI' });
  visitor.socket.emit('talk:passing', { frame: typing.frame });
  expect(await desk.hears('talk:passing')).toEqual({ visitId: visitor.visitId, frame: typing.frame });

  await good(desk.ask('desk:end', { ...talk.on, why: 'done', requestId: newRequest() }));
  expect(await visitor.hears('visit:stage', ({ stage }) => stage === 'ended')).toMatchObject({
    reason: 'counsellor_ended',
  });
  expect(await visitor.ask('visit:state', {})).toEqual(refused('ended'));
  expect(await good(desk.ask('desk:state', {}))).toMatchObject({ status: 'wrap-up', held: [] });
});

test('[N1] repeating a message gives its first number and no second hint', async () => {
  const visitor = await visitorWaits(service);
  const desk = await deskOpens(service);
  await talks(desk, visitor);
  const { frame } = frameOf({ visitId: visitor.visitId, side: 'v', n: 1 });
  const first = await good(visitor.ask('talk:append', { frame }));
  expect(await good(visitor.ask('talk:append', { frame }))).toEqual(first);
  const after = frameOf({ visitId: visitor.visitId, side: 'v', n: 2 });
  await good(visitor.ask('talk:append', { frame: after.frame }));
  await desk.hears('talk:frame', ({ seq }) => seq === first.seq + 1);
  expect(desk.heard('talk:frame').map(({ seq }) => seq)).toEqual([first.seq, first.seq + 1]);
});

test('[N2] a returning visitor hears its state first, and asks for what it missed', async () => {
  const visitor = await visitorWaits(service);
  const desk = await deskOpens(service);
  const talk = await talks(desk, visitor);
  visitor.leave();
  const { frame } = frameOf({ visitId: visitor.visitId, side: 'c', n: 2 });
  await good(desk.ask('talk:append', { ...talk.on, frame }));

  const back = await visitorReturns(service, visitor.secrets);
  expect(await back.hears('visit:attached')).toMatchObject({
    visitId: visitor.visitId,
    stage: 'talking',
    epoch: 1,
    last: 2,
  });
  const since = await good(back.ask('talk:since', { seq: 1 }));
  expect(since).toMatchObject({ frames: [{ seq: 2, frame }], last: 2, more: false });
});

test('[N2] what the store lost comes back from the sender', async () => {
  const visitor = await visitorWaits(service);
  const desk = await deskOpens(service);
  await talks(desk, visitor);
  const frames = [1, 2].map((n) => frameOf({ visitId: visitor.visitId, side: 'v', n }).frame);
  expect(await good(visitor.ask('talk:restore', { frames }))).toEqual({ seqs: [2, 3] });
  expect(await good(visitor.ask('talk:restore', { frames }))).toEqual({ seqs: [0, 0] });
});

test('[N1] a desk declines, pauses, takes from the queue, and goes home', async () => {
  const desk = await deskOpens(service);
  const visitor = await visitorWaits(service);
  const { offerNo } = await desk.hears('offer:ring');
  await good(desk.ask('offer:decline', { offerNo }));
  await visitor.hears('visit:stage', ({ stage, rev }) => stage === 'waiting' && rev > 1);
  const paused = await good(desk.ask('desk:status', { status: 'paused', requestId: newRequest() }));
  expect(paused).toMatchObject({ status: 'paused', queue: [{ ticket: 1, ringing: false, away: false }] });
  expect(await good(desk.ask('desk:slots', { slots: 2, requestId: newRequest() }))).toMatchObject({
    slots: 2,
    slotsMax: 3,
  });
  expect(await desk.ask('desk:take', { ticket: 1, requestId: newRequest() })).toEqual(refused('not_available'));
  await good(desk.ask('desk:status', { status: 'available', requestId: newRequest() }));
  const taken = await good(desk.ask('desk:take', { ticket: 'next', requestId: newRequest() }));
  expect(taken).toMatchObject({ visitId: visitor.visitId, stage: 'opening' });
  expect(await desk.ask('desk:leave', {})).toEqual(refused('has_conversations'));
  await good(visitor.ask('visit:end', { why: 'left' }));
  await desk.hears('visit:stage', ({ stage, reason }) => stage === 'ended' && reason === 'visitor_left');
  await good(desk.ask('desk:leave', {}));
});

const parents = { roles: ['parent'], topics: ['health'], langs: ['nl', 'fr'] } as const;

test.each([
  ['nobody', { ...parents, roles: [] }],
  ['somebody twice', { ...parents, langs: ['nl', 'nl'] }],
  ['what there is not', { ...parents, topics: ['sport'] }],
  ['more than is asked', { ...parents, more: [] }],
  ['less than is asked', { roles: ['parent'], topics: ['health'] }],
])('[R13] a desk does not say that it is rung for %s', async (_, serves) => {
  const desk = await deskOpens(service);
  expect(await desk.send('desk:serves', { serves, requestId: newRequest() })).toEqual(refused('malformed'));
});

test('[N1 R13] a desk says for whom it is rung, and it is everybody until it does', async () => {
  const desk = await deskOpens(service);
  expect(desk.state.serves).toEqual(EVERYBODY);
  const ask = (serves: Serves) => desk.ask('desk:serves', { serves, requestId: newRequest() });
  expect(await good(ask(parents))).toMatchObject({ serves: parents });
  expect(await good(desk.ask('desk:state', {}))).toMatchObject({ serves: parents });
  expect(await good(ask(EVERYBODY))).toMatchObject({ serves: EVERYBODY });
  await visitorWaits(service);
  await desk.hears('offer:ring');
});

test('[N1 R13] a desk that was left takes the choice that comes with who sits down', async () => {
  const desk = await deskOpens(service);
  await good(desk.ask('desk:leave', {}));
  desk.socket.disconnect();
  const back = await deskOpens(service, 'lien', { serves: { roles: ['pupil'], topics: ['other'], langs: ['nl'] } });
  expect(back.state.serves).toEqual({ roles: ['pupil'], topics: ['other'], langs: ['nl'] });
});

test('[N1 R10] a console that cannot keep the key lets go, and the visitor waits at the front', async () => {
  const visitor = await visitorWaits(service);
  const desk = await deskOpens(service);
  const { on } = await accepts(desk);
  await good(desk.ask('desk:release', { ...on, why: 'unkept' }));
  await desk.hears('visit:stage', ({ released }) => released === 'unkept');
  expect(await good(visitor.ask('visit:state', {}))).toMatchObject({ stage: 'waiting', ahead: 0, front: 'unkept' });
  expect(await desk.ask('desk:release', { ...on, why: 'unkept' })).toEqual(refused('not_yours'));
});

test('[N1 R12] a console puts back whom it was given and who has just gone, and nobody who is there', async () => {
  const visitor = await visitorWaits(service);
  const desk = await deskOpens(service);
  const { on } = await accepts(desk);
  expect(await desk.ask('desk:release', { ...on, why: 'visitor_away' })).toEqual(refused('not_away'));
  visitor.socket.disconnect();
  await expect.poll(() => desk.ask('desk:release', { ...on, why: 'visitor_away' })).toMatchObject({ ok: true });
  await desk.hears('visit:stage', ({ released }) => released === 'visitor_away');
});

test('[S8] a desk that says no number begins with that of the centre, and one that says one with its own', async () => {
  const two = await startService({ rules: { slotsDefault: 2 } });
  expect((await deskOpens(two, 'lien', { slots: undefined })).state).toMatchObject({ slots: 2, slotsMax: 3 });
  expect((await deskOpens(two, 'samir', { slots: 3 })).state).toMatchObject({ slots: 3 });
  await two.stop();
});

test('[N1] a visitor who lost the key asks for a new one, and refuses one that is not trusted', async () => {
  const visitor = await visitorWaits(service);
  const desk = await deskOpens(service);
  const talk = await accepts(desk);
  await good(desk.ask('key:offer', { ...talk.on, epoch: 1, keyOffer: 'a.key' }));
  await visitor.hears('key:offered');
  await good(visitor.ask('key:share', newShare()));
  await good(visitor.ask('key:ask', { epoch: 1 }));
  expect(await desk.hears('key:wanted')).toMatchObject({ visitId: visitor.visitId, epoch: 1 });
  await good(visitor.ask('key:refuse', { epoch: 1, why: 'chain' }));
  await desk.hears('visit:stage', ({ stage }) => stage === 'waiting');
  expect(await good(visitor.ask('visit:state', {}))).toMatchObject({ stage: 'waiting', ahead: 0, range: null });
  expect(await good(visitor.ask('queue:here', {}))).toEqual({ ahead: 0, range: null });
});
