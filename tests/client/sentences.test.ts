import { expect, test, vi } from 'vitest';
import { idle } from '../support/idle.ts';
import { lines } from '../support/pages.ts';
import { asks, createPair } from '../support/realScene.ts';
import { limits } from '@clbchat/shared/limits';

const MINUTE = 60_000;

test('[V12 V11] a visit that has had its last epoch ends as too long, also to the counsellor', async () => {
  const { visitor, desk, samira, deskPage, time } = await createPair({ limits: { ...limits, epochsPerVisitMax: 1 } });
  visitor.visitor.talk.send('dag');
  await time.advance(3_000);
  desk.kill();
  samira.rows = []; // her browser forgot: only another epoch helps
  const again = await deskPage(samira, { enter: false });
  void again.desk.enter();
  await vi.waitFor(() => again.control, { interval: 0 });
  // a WebSocket brings the answer and the hint one after the other, each in a task of its own
  again.control.fate = ({ event, kind }) => (kind === 'event' && event === 'visit:stage' ? 'held' : 'now');
  await time.advance(3_000);
  again.control.fate = () => 'now';
  again.control.let();
  await time.advance(10_000);
  expect.soft(visitor.visitor.view.value).toMatchObject({ is: 'ended', reason: 'too_long' });
  expect(again.talk.stage.value).toEqual({ is: 'ended', reason: 'too_long' });
});

test('[E40] a state that was asked for before the counsellor spoke does not bring "Ben je er nog?" back', async () => {
  const { visitor, desk, time } = await createPair();
  desk.talk.talk.send('neem je tijd');
  await time.advance(9 * MINUTE);
  expect(visitor.visitor.idleLeftMs.value).not.toBe(null);
  // a page asks every fifteen seconds; its second question is on its way when she speaks
  const isSince = asks('talk:since');
  visitor.control.fate = (packet) => (isSince(packet) ? 'held' : 'now');
  visitor.show();
  await idle();
  desk.talk.talk.send('ik ben er nog');
  await idle();
  visitor.control.fate = () => 'now';
  visitor.control.let();
  await idle();
  expect(lines(visitor.visitor.talk)).toContain('them: ik ben er nog');
  expect(visitor.visitor.idleLeftMs.value).toBe(null);
});

test('[W14 R7] nor does one that was asked for before her connection came back say that she is silent', async () => {
  const { visitor, desk, time } = await createPair();
  desk.talk.talk.send('dag');
  await time.advance(5_000);
  desk.control.cut();
  await time.advance(30_000);
  expect(visitor.visitor.talk.peerSilent.value).toBe(true);
  const isSince = asks('talk:since');
  visitor.control.fate = (packet) => (isSince(packet) ? 'held' : 'now');
  visitor.show();
  await idle();
  desk.control.mend();
  await time.advance(500);
  expect(visitor.visitor.talk.peerSilent.value).toBe(false);
  visitor.control.fate = () => 'now';
  visitor.control.let();
  await idle();
  expect(visitor.visitor.talk.peerSilent.value).toBe(false);
});

test('[V11] who writes in the moment in which the visitor stops does not read that her connection was gone', async () => {
  const { visitor, desk, time } = await createPair();
  desk.talk.talk.send('dag');
  await time.advance(5_000);
  // a WebSocket brings the answer and the hint one after the other, each in a task of its own
  desk.control.fate = ({ event, kind }) => (kind === 'event' && event === 'visit:stage' ? 'held' : 'now');
  const ends = visitor.visitor.end();
  desk.talk.talk.send('ik luister');
  await idle();
  await ends;
  desk.control.fate = () => 'now';
  desk.control.let();
  await time.advance(3_000);
  expect(desk.talk.stage.value).toEqual({ is: 'ended', reason: 'visitor_left' });
});

test('[V11] nor does a pupil who writes in the moment in which the counsellor ends', async () => {
  const { visitor, desk, time } = await createPair();
  desk.talk.talk.send('dag');
  await time.advance(5_000);
  // both reach the service together
  const [isEnd, isAppend] = [asks('desk:end'), asks('talk:append')];
  desk.control.fate = (packet) => (isEnd(packet) ? 'held' : 'now');
  visitor.control.fate = (packet) => (isAppend(packet) ? 'held' : 'now');
  const ends = desk.talk.end('done');
  visitor.visitor.talk.send('mag ik nog iets vragen?');
  await idle();
  desk.control.fate = () => 'now';
  visitor.control.fate = ({ event, kind }) => (kind === 'event' && event === 'visit:stage' ? 'held' : 'now');
  desk.control.let();
  visitor.control.let();
  await idle();
  await ends;
  visitor.control.fate = () => 'now';
  visitor.control.let();
  await time.advance(5_000);
  expect(visitor.visitor.view.value).toMatchObject({ is: 'ended', reason: 'counsellor_ended' });
});
