import { readHeader } from '@clbchat/shared/protocol/frame';
import { expect, test } from 'vitest';
import { idle } from '../support/idle.ts';
import { LIEN, lines, states } from '../support/pages.ts';
import { asks, createPair, goesFor, loses, takes } from '../support/realScene.ts';

test('[E71 E29 C1] what the visitor wrote without a connection is there after a reload, and leaves by itself', async () => {
  const { visitor, desk, tab, visitorPage, time } = await createPair({ first: 'Ik durf niet naar school' });
  await time.advance(3_000);
  visitor.control.cut();
  visitor.visitor.talk.send('Mijn papa slaat mij.');
  await idle();
  expect(states(visitor.visitor.talk).at(-1)).toBe('Mijn papa slaat mij. pending');
  visitor.kill();

  const again = visitorPage(tab);
  expect(await again.visitor.resume()).toBe(true);
  await time.advance(20_000);
  expect(states(again.visitor.talk).at(-1)).toBe('Mijn papa slaat mij. sent');
  expect(lines(desk.talk.talk)).toContain('them: Mijn papa slaat mij.');
});

test('[E71 C1] a text that never reached the store leaves after a reload', async () => {
  const { visitor, desk, tab, visitorPage, time } = await createPair();
  visitor.control.fate = loses(asks('talk:append'));
  visitor.visitor.talk.send('Nog iets');
  await time.advance(500);
  visitor.kill();
  const again = visitorPage(tab);
  await again.visitor.resume();
  await time.advance(20_000);
  expect(lines(desk.talk.talk)).toContain('them: Nog iets');
});

test('[E72 C1 C5] what is written in the waiting room after the counsellor was lost reaches the next one, or comes back', async () => {
  const scene = await createPair({ first: 'Ik durf niet naar school' });
  const { visitor, desk, computer, deskPage, tab, visitorPage, time } = scene;
  await time.advance(5_000);
  await goesFor(desk, scene);
  expect(visitor.visitor.view.value.is).toBe('waiting');
  visitor.visitor.writeFirst('Samira wist al dat ik gepest word');
  await idle();
  const lien = await deskPage(await computer(LIEN));
  await takes(lien);
  expect(visitor.visitor.view.value.is).toBe('choosing');
  await visitor.visitor.choose('all');
  await time.advance(10_000);
  expect(visitor.visitor.view.value.is).toBe('talking');
  const said = () => lines(lien.talk.talk).filter((line) => line === 'them: Samira wist al dat ik gepest word').length;
  const read = said();
  expect(read === 1 || visitor.visitor.talk.returned.value === 'Samira wist al dat ik gepest word').toBe(true);
  expect(visitor.visitor.first.value).toBe('');

  visitor.kill();
  const again = visitorPage(tab);
  await again.visitor.resume();
  await time.advance(3_000);
  expect(again.visitor.view.value.is).toBe('talking');
  expect(again.visitor.first.value).toBe('');
  expect(said()).toBe(read);
});

test.each(['knows its streams', 'lost count of its streams'])(
  '[E47 E73 L10] long messages can be given back to a store that lost them and %s, in packets that it takes',
  async (how) => {
    const { visitor, desk, theVisit, time } = await createPair();
    const written = Array.from({ length: 10 }, (_, n) => `${n} ${'a'.repeat(1_500)}`);
    for (const text of written) {
      visitor.visitor.talk.send(text);
      await time.advance(2_000);
    }
    expect(lines(desk.talk.talk)).toHaveLength(10);
    const visit = theVisit();
    const { conn } = visit;
    // a replica that had nothing after frame 2
    visit.frames = visit.frames.slice(0, 2);
    visit.seq = 2;
    visit.streams = new Map(
      visit.frames.flatMap(({ frame, seq }) => {
        const header = readHeader(frame);
        if (!header || how !== 'knows its streams') return [];
        return [[`${header.side}${header.epoch}:${header.stream}`, { n: header.n, seq }] as const];
      }),
    );
    await time.advance(40_000);
    expect(theVisit().conn).toBe(conn);
    expect(theVisit().frames.length).toBeGreaterThanOrEqual(12);
    expect(lines(desk.talk.talk)).toEqual(written.map((text) => `them: ${text}`));
  },
);
