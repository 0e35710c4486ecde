import { agreed } from '@clbchat/shared/agreed';
import type { Since } from '@clbchat/shared/protocol/visitor';
import { refused } from '@clbchat/shared/protocol/wire';
import { expect, test, vi } from 'vitest';
import { forgeAcks, forgeAnswer, isFrame } from './lies.ts';
import { lines, newTab, JOIN, states } from '../support/pages.ts';
import { answers, createPair, createScene, loses, takes } from '../support/realScene.ts';

const MINUTE = 60_000;

test('[E74 E31 E21] a relay that lets a page read nothing but hints for two hours ticks off nothing that it withholds', async () => {
  const { visitor, desk, time, theVisit } = await createPair();
  forgeAcks(visitor, (event, ack) => (event === 'talk:since' ? refused('unavailable') : ack));
  for (let passed = 0; passed <= agreed.frameMs; passed += 20 * MINUTE) {
    desk.talk.talk.send(`van Samira na ${passed / MINUTE} minuten`);
    await time.advance(1_000); // one after the other: hints that cross are asked for
    visitor.visitor.talk.send(`van Noor na ${passed / MINUTE} minuten`);
    await time.advance(20 * MINUTE);
  }
  expect(states(desk.talk.talk).at(-1)).toBe('van Samira na 120 minuten sent');
  visitor.control.fate = loses(isFrame);
  for (const text of ['ga NIET alleen naar huis', 'tot morgen']) {
    desk.talk.talk.send(text);
    await time.advance(1_000);
  }
  forgeAnswer<Since>(visitor, 'talk:since', (since) =>
    'frames' in since
      ? { ...since, from: theVisit().seq, frames: since.frames.filter(({ seq }) => seq >= theVisit().seq) }
      : since,
  );
  await time.advance(20_000);
  expect.soft(lines(visitor.visitor.talk).slice(-2)).toEqual(['[gap]', 'them: tot morgen']);
  expect(states(desk.talk.talk).slice(-2)).toEqual(['ga NIET alleen naar huis pending', 'tot morgen pending']);
});

test('[E74 E31 E21] nor of a conversation of a minute, when the visitor had waited for two hours before it', async () => {
  const scene = await createScene();
  const { time } = scene;
  const visitor = scene.visitorPage(newTab());
  await visitor.visitor.join(JOIN);
  const samira = await scene.computer();
  await time.advance(agreed.frameMs + MINUTE);
  forgeAcks(visitor, (event, ack) => (event === 'talk:since' ? refused('unavailable') : ack));
  const desk = await scene.deskPage(samira);
  await takes(desk);
  await time.advance(5_000);
  expect(visitor.visitor.view.value.is).toBe('talking');
  visitor.control.fate = loses(isFrame);
  for (const text of ['ga NIET alleen naar huis', 'tot morgen']) {
    desk.talk.talk.send(text);
    await time.advance(1_000);
  }
  const { seq } = scene.theVisit();
  forgeAnswer<Since>(visitor, 'talk:since', (since) =>
    'frames' in since ? { ...since, from: seq, frames: since.frames.filter((one) => one.seq >= seq) } : since,
  );
  await time.advance(20_000);
  expect.soft(lines(visitor.visitor.talk).slice(-2)).toEqual(['[gap]', 'them: tot morgen']);
  expect(states(desk.talk.talk).slice(-2)).toEqual(['ga NIET alleen naar huis pending', 'tot morgen pending']);
});

test('[E74] an honest service: one answer that is lost while a page reads an old conversation in two packets makes no gap', async () => {
  const { visitor, desk, tab, visitorPage, time } = await createPair();
  desk.talk.talk.send('van lang geleden');
  desk.talk.talk.send('en nog iets');
  await time.advance(25 * MINUTE);
  for (let n = 0; n < 7; n += 1) visitor.visitor.talk.send(`${n}${'x'.repeat(1_990)}`);
  for (let said = 0; said < 4; said += 1) {
    await time.advance(25 * MINUTE);
    desk.talk.talk.send(`na ${said}`);
  }
  await time.advance(5_000);
  expect(states(desk.talk.talk).at(-1)).toBe('na 3 sent');
  visitor.kill();
  const again = visitorPage(tab);
  void again.visitor.resume();
  await vi.waitFor(() => again.control, { interval: 0 });
  let asked = 0;
  const isSince = answers('talk:since');
  again.control.fate = loses((packet) => isSince(packet) && (asked += 1) === 2);
  await time.advance(40_000);
  expect(asked).toBeGreaterThan(2);
  expect.soft(lines(again.visitor.talk).map((line) => line.slice(0, 30))).not.toContain('[gap]');
  desk.talk.talk.send('en nu');
  await time.advance(20_000);
  expect(states(desk.talk.talk).at(-1)).toBe('en nu sent');
});

test('[E74] an honest service: the first words after two hours of a side whose earlier ones went with their age are no gap', async () => {
  const { visitor, desk, tab, visitorPage, time } = await createPair();
  desk.talk.talk.send('schrijf het maar op, ik lees mee');
  for (let said = 0; said < 7; said += 1) {
    await time.advance(20 * MINUTE);
    visitor.visitor.talk.send(`dagboek ${said}`);
  }
  await time.advance(5_000);
  visitor.kill();
  const again = visitorPage(tab);
  await again.visitor.resume();
  await time.advance(20_000);
  desk.talk.talk.send('dank je, ik heb alles gelezen');
  await time.advance(20_000);
  expect.soft(lines(again.visitor.talk)).not.toContain('[gap]');
  expect(states(desk.talk.talk).at(-1)).toBe('dank je, ik heb alles gelezen sent');
});
