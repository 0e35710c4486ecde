import { expect, test } from 'vitest';
import { idle } from '../support/idle.ts';
import { JOIN, LIEN, newTab, SAMIRA } from '../support/pages.ts';
import { createPair, createScene, isPulse, loses, takes } from '../support/realScene.ts';

test('[E39] writing shows for ten seconds at most, is said once in four, and ends with the text', async () => {
  const { visitor, desk, time } = await createPair();
  const passed = () => desk.control.asked.filter(({ event }) => event === 'talk:passing').length;
  await time.advance(3_000);
  const before = passed();
  for (let key = 0; key < 20; key += 1) desk.talk.talk.typed();
  await time.advance(500);
  expect(passed() - before).toBe(1);
  expect(visitor.visitor.talk.peerTyping.value).toBe(true);
  await time.advance(9_000);
  expect(visitor.visitor.talk.peerTyping.value).toBe(true);
  await time.advance(1_000);
  expect(visitor.visitor.talk.peerTyping.value).toBe(false);
  desk.talk.talk.typed();
  await time.advance(100);
  desk.talk.talk.send('klaar');
  await time.advance(100);
  expect(visitor.visitor.talk.peerTyping.value).toBe(false);
});

test('[E39] a sign that was heard is not believed again', async () => {
  const { visitor, desk, time } = await createPair();
  const before = visitor.control.heard.length;
  desk.talk.talk.typed();
  await time.advance(100);
  expect(visitor.visitor.talk.peerTyping.value).toBe(true);
  const signs = visitor.control.heard.slice(before).filter(({ event }) => event === 'talk:passing');
  await time.advance(11_000);
  expect(visitor.visitor.talk.peerTyping.value).toBe(false);
  expect(signs).not.toEqual([]);
  for (const sign of signs) visitor.control.repeat(sign);
  await time.advance(100);
  expect(visitor.visitor.talk.peerTyping.value).toBe(false);
});

test('[E21] what was not looked at is unread, and not told as read', async () => {
  const { visitor, desk, time } = await createPair();
  visitor.visible = false;
  desk.talk.talk.send('een');
  desk.talk.talk.send('twee');
  await time.advance(3_000);
  expect(visitor.visitor.talk.unread.value).toBe(2);
  visitor.visitor.talk.markRead();
  await time.advance(3_000);
  expect(visitor.visitor.talk.unread.value).toBe(2);
  const state = () => desk.talk.talk.items.value.flatMap((item) => (item.is === 'text' ? [item.state] : []));
  expect(state()).toEqual(['sent', 'sent']);
  visitor.show();
  visitor.visitor.talk.markRead();
  await time.advance(3_000);
  expect(visitor.visitor.talk.unread.value).toBe(0);
  expect(state()).toEqual(['read', 'read']);
});

test('[E21] a lost tick is said again', async () => {
  const { visitor, desk, time } = await createPair();
  desk.control.fate = loses(({ way, event }) => way === 'down' && event === 'talk:passing');
  desk.talk.talk.send('een');
  await time.advance(5_000);
  const state = () => desk.talk.talk.items.value.flatMap((item) => (item.is === 'text' ? [item.state] : []));
  expect(state()).toEqual(['pending']);
  desk.control.fate = () => 'now';
  await time.advance(16_000);
  expect(state()).toEqual(['sent']);
  expect(visitor.visitor.talk.unread.value).toBe(1);
});

test('[E46] a socket that seems open but has no pulse is given up; one with a pulse is not', async () => {
  const { visitor, desk, time, theVisit } = await createPair();
  const before = theVisit().conn;
  await time.advance(60_000);
  expect(theVisit().conn).toBe(before);
  visitor.control.fate = loses(isPulse);
  await time.advance(13_000);
  expect(theVisit().conn).toBe(before + 1);
  expect(visitor.visitor.view.value.is).toBe('talking');
  expect(desk.desk.view.value).toEqual({ is: 'here' });
});

test('[E45] a page in a pocket is asked first: no key leaves before somebody is there', async () => {
  const scene = await createScene();
  const visitor = scene.visitorPage(newTab());
  await visitor.visitor.join(JOIN);
  visitor.visible = false;
  const desk = await scene.deskPage(await scene.computer());
  await takes(desk);
  await scene.time.advance(5_000);
  expect(visitor.visitor.view.value).toEqual({
    is: 'opening',
    peer: { name: SAMIRA.name, site: SAMIRA.site },
    ask: true,
  });
  visitor.show();
  await scene.time.advance(5_000);
  expect(visitor.visitor.view.value.is).toBe('talking');
});

test('[E45] a page that nobody touched since it was restored asks "Ben je er nog?"', async () => {
  const scene = await createScene();
  const tab = newTab();
  const first = scene.visitorPage(tab);
  await first.visitor.join(JOIN);
  first.kill();
  const visitor = scene.visitorPage(tab);
  visitor.visible = false;
  await visitor.visitor.resume();
  visitor.visible = true;
  const desk = await scene.deskPage(await scene.computer());
  await takes(desk);
  await scene.time.advance(5_000);
  expect(visitor.visitor.view.value).toMatchObject({ is: 'opening', ask: true });
  expect(scene.theVisit().sealed).toBe('');
  expect(await visitor.visitor.here()).toEqual({ ok: true, value: null });
  await scene.time.advance(3_000);
  expect(visitor.visitor.view.value.is).toBe('talking');
});

test('[Q7] a visit that was asked and did not answer is told so, and goes back to its place with one tap', async () => {
  const scene = await createScene();
  const visitor = scene.visitorPage(newTab());
  await visitor.visitor.join({ ...JOIN });
  Object.assign(scene.theVisit(), { front: 'unanswered', unanswered: true });
  await scene.time.advance(16_000);
  expect(visitor.visitor.view.value).toMatchObject({ is: 'waiting', front: 'unanswered', unanswered: true });
  await visitor.visitor.here();
  await idle();
  expect(visitor.visitor.view.value).toMatchObject({ is: 'waiting', unanswered: false });
});

test('[R7] the other side is silent: told, and told when it is back', async () => {
  const { visitor, desk, time } = await createPair();
  desk.control.cut();
  await time.advance(23_000);
  expect(visitor.visitor.talk.peerSilent.value).toBe(true);
  desk.control.mend();
  await time.advance(3_000);
  expect(visitor.visitor.talk.peerSilent.value).toBe(false);
  visitor.control.cut();
  await time.advance(16_000);
  expect(desk.talk.talk.peerSilent.value).toBe(true);
});

test('[E40 R8] nobody said anything for long: told, until somebody does', async () => {
  const { visitor, desk, time } = await createPair();
  await time.advance(8 * 60_000 + 2_000);
  expect(visitor.visitor.idleLeftMs.value).toBeGreaterThan(20 * 60_000);
  desk.talk.talk.send('ben je er nog');
  await idle();
  expect(visitor.visitor.idleLeftMs.value).toBeNull();
});

test('[E41] a second window of the same computer takes the seat, and the first stays quiet', async () => {
  const { visitor, desk, samira, deskPage, time } = await createPair();
  visitor.visitor.talk.send('hallo');
  await time.advance(3_000);
  const second = await deskPage(samira);
  await time.advance(3_000);
  expect(desk.desk.view.value).toEqual({ is: 'replaced' });
  expect(second.talk.nick.value).toBe('Noor');
  expect(second.talk.talk.items.value.map((item) => (item.is === 'text' ? item.text : item.is))).toEqual([
    'hallo',
    'system',
  ]);
  await time.advance(60_000);
  expect(second.desk.view.value).toEqual({ is: 'here' });
});

test('[E42] rings come and go, a decline is silent at once, and a row of an ended visit is swept', async () => {
  const scene = await createScene();
  const computer = await scene.computer(LIEN);
  computer.rows = [
    { visitId: 'AAAAAAAAAAAAAAAAAAAAAA' as never, rid: 'AAAAAAAAAAA', wrap: 'x', hold: 1, epoch: 1, sinceMs: 0 },
  ];
  const { desk } = await scene.deskPage(computer);
  expect(computer.rows).toEqual([]);
  expect(desk.me.value).toEqual({ name: LIEN.name, site: LIEN.site, demo: false });
  await desk.setStatus('available');
  await desk.setSlots(2);
  const [first, second] = [scene.visitorPage(newTab()), scene.visitorPage(newTab())];
  await first.visitor.join({ ...JOIN });
  await second.visitor.join({ ...JOIN });
  await idle();
  expect(desk.rings.value).toHaveLength(2);
  const [, stays] = desk.rings.value;
  await first.visitor.end();
  await idle();
  expect(desk.rings.value.map(({ offerNo }) => offerNo)).toEqual([stays?.offerNo]);
  const declined = desk.decline(stays?.offerNo ?? 0);
  expect(desk.rings.value).toEqual([]);
  await declined;
  await second.visitor.end();
  expect(await desk.take('next')).toEqual({ ok: false, code: 'nobody_waiting' });
  expect(await desk.leave()).toEqual({ ok: true, value: null });
  expect(desk.view.value).toEqual({ is: 'signed_out' });
});

test('[N16] a console whose session ends while it works asks to sign in again, with the first word of the service', async () => {
  const scene = await createScene({ limits: { sessionMs: 90_000 } });
  const { desk } = await scene.deskPage(await scene.computer());
  await scene.time.advance(119_000);
  expect(desk.view.value).toEqual({ is: 'here' });
  // closed, and refused when it comes back: long before it would miss the signs of life
  await scene.time.advance(4_000);
  expect(desk.view.value).toEqual({ is: 'signed_out' });
  expect(desk.connection.value.is).not.toBe('online');
});
