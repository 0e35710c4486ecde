import type { LiveStore } from '@clbchat/server/store.memory';
import type { ProblemCode } from '@clbchat/shared/problem';
import { readHeader } from '@clbchat/shared/protocol/frame';
import { expect, test } from 'vitest';
import { idle } from '../support/idle.ts';
import { JOIN, lines, newTab, states } from '../support/pages.ts';
import { answers, asks, createPair, createScene, loses, takes } from '../support/realScene.ts';

/** The service's store says no to some frames before it looks. */
const refusing =
  (no: (input: Parameters<LiveStore['conversation']['append']>[0]) => ProblemCode | null) =>
  (store: LiveStore): LiveStore => ({
    ...store,
    conversation: {
      ...store.conversation,
      async append(input) {
        const code = no(input);
        return code ? ({ is: code } as never) : store.conversation.append(input);
      },
    },
  });

const texts = (all: string[]) => all.filter((line) => /^(me|them): /.test(line)).map((line) => line.split(': ')[1]);

test('[C1] what is written without a connection waits, keeps its order, and leaves by itself', async () => {
  const { visitor, desk, time } = await createPair();
  visitor.control.cut();
  for (const word of ['een', 'twee', 'drie']) visitor.visitor.talk.send(word);
  await idle();
  expect(visitor.visitor.connection.value).toMatchObject({ is: 'lost' });
  expect(states(visitor.visitor.talk)).toEqual(['een pending', 'twee pending', 'drie pending']);
  visitor.control.mend();
  await time.advance(5_000);
  expect(texts(lines(desk.talk.talk))).toEqual(['een', 'twee', 'drie']);
  expect(states(visitor.visitor.talk)).toEqual(['een sent', 'twee sent', 'drie sent']);
});

test('[C4] lost answers: the same frame again, shown once', async () => {
  const { visitor, desk, time, theVisit } = await createPair();
  let lost = 0;
  const before = visitor.control.asked.length;
  // nor is any tick heard: what the other browser acknowledges is not asked for again
  visitor.control.fate = loses(
    (packet) => packet.event === 'talk:passing' || (answers('talk:append')(packet) && ++lost <= 3),
  );
  visitor.visitor.talk.send('een');
  visitor.visitor.talk.send('twee');
  await time.advance(40_000);
  const appended = visitor.control.asked
    .slice(before)
    .flatMap(({ event, input }) => (event === 'talk:append' ? [(input as { frame: string }).frame] : []));
  expect(appended.length - new Set(appended).size).toBe(3);
  expect(texts(lines(desk.talk.talk))).toEqual(['een', 'twee']);
  expect(new Set(theVisit().frames.map(({ id }) => id)).size).toBe(theVisit().frames.length);
});

test('[E49 C4] an epoch ends before the tick: sealed again in the next one, shown once', async () => {
  const { visitor, desk, time, theVisit } = await createPair();
  // the counsellor's ticks do not come through
  visitor.control.fate = loses(({ way, event }) => way === 'down' && event === 'talk:passing');
  visitor.visitor.talk.send('een keer');
  await time.advance(1_000);
  theVisit().keyWanted = 1;
  await time.advance(20_000);
  visitor.control.fate = () => 'now';
  await time.advance(20_000);
  expect(theVisit().epoch).toBe(2);
  const typed = theVisit().frames.map(({ frame }) => readHeader(frame));
  expect(typed.filter((header) => header?.type === 1 && header.side === 'v').map((header) => header?.epoch)).toEqual([
    1, 2,
  ]);
  expect(lines(desk.talk.talk)).toEqual(['them: een keer']);
  expect(states(visitor.visitor.talk)).toEqual(['een keer sent']);
});

test.each(['too_fast', 'unavailable', 'stage'] as const)(
  '[C3] answered %s: not stored, asked again, sent',
  async (code) => {
    let said = 0;
    const { visitor, desk, time } = await createPair({
      store: refusing(({ header }) => (header.side === 'v' && header.type === 1 && ++said <= 2 ? code : null)),
    });
    visitor.visitor.talk.send('toch');
    await time.advance(40_000);
    expect(said).toBe(3);
    expect(lines(desk.talk.talk)).toEqual(['them: toch']);
  },
);

test('[E48] out of order: a new stream, and nothing twice', async () => {
  const { visitor, desk, time, theVisit } = await createPair();
  visitor.visitor.talk.send('een');
  await time.advance(2_000);
  for (const [key, { seq }] of theVisit().streams) if (key.startsWith('v')) theVisit().streams.set(key, { n: 0, seq });
  visitor.visitor.talk.send('twee');
  await time.advance(3_000);
  expect(texts(lines(desk.talk.talk))).toEqual(['een', 'twee']);
  const streams = new Set(
    theVisit()
      .frames.flatMap(({ frame }) => readHeader(frame))
      .filter((header) => header?.side === 'v')
      .map((header) => header?.stream),
  );
  expect(streams.size).toBe(2);
});

test('[E50] too many streams: the next epoch has room again', async () => {
  const { visitor, desk, time, theVisit } = await createPair({
    store: refusing(({ header: { side, type, epoch } }) =>
      side === 'v' && type === 1 && epoch === 1 ? 'streams_full' : null,
    ),
  });
  visitor.visitor.talk.send('in de volgende');
  await time.advance(20_000);
  expect(theVisit().epoch).toBe(2);
  expect(lines(desk.talk.talk)).toContain('them: in de volgende');
});

test('[V12 V11] no epoch is left: both sides read that the chat was as long as one may be, and nobody waits', async () => {
  const { visitor, desk, time } = await createPair({
    limits: { epochsPerVisitMax: 2 },
    store: refusing(({ header: { side, type } }) => (side === 'v' && type === 1 ? 'streams_full' : null)),
  });
  visitor.visitor.talk.send('en nog een sleutel');
  await time.advance(60_000);
  expect(visitor.visitor.view.value).toMatchObject({ is: 'ended', reason: 'too_long' });
  expect(desk.talk.stage.value).toEqual({ is: 'ended', reason: 'too_long' });
});

test.each(['log_full', 'frame_bad'] as const)(
  '[E37] refused for good (%s): the text is back in the composer',
  async (code) => {
    const { visitor, time } = await createPair({
      store: refusing(({ header }) => (header.side === 'v' && header.type === 1 ? code : null)),
    });
    visitor.visitor.talk.send('kan niet');
    await time.advance(3_000);
    expect(visitor.visitor.talk.returned.value).toBe('kan niet');
    expect(lines(visitor.visitor.talk)).toEqual(['(joined Samira)']);
  },
);

test('[K3] nobody sends a word before the key is confirmed', async () => {
  const scene = await createScene();
  const visitor = scene.visitorPage(newTab());
  await visitor.visitor.join({ ...JOIN, first: 'te vroeg' });
  const desk = await scene.deskPage(await scene.computer());
  // the confirm never reaches the store
  desk.control.fate = loses(asks('talk:append'));
  await takes(desk);
  desk.talk.talk.send('ook te vroeg');
  visitor.visitor.talk.send('nog een');
  await scene.time.advance(30_000);
  expect(visitor.visitor.talk.secure.value).toBe(false);
  expect(desk.talk.talk.secure.value).toBe(false);
  expect(scene.theVisit().frames).toEqual([]);
  desk.control.fate = () => 'now';
  await scene.time.advance(20_000);
  expect(texts(lines(desk.talk.talk))).toEqual(['ook te vroeg', 'nog een', 'te vroeg']);
});

test('[E38] what is not fit to send stays in the composer, with the reason', async () => {
  const { visitor } = await createPair();
  const { talk } = visitor.visitor;
  expect(talk.send('   ')).toEqual({ ok: false, why: 'empty' });
  expect(talk.send('a'.repeat(2_001))).toEqual({ ok: false, why: 'too_long' });
  expect(talk.send('\ud800')).toEqual({ ok: false, why: 'surrogate' });
  expect(lines(talk)).toEqual(['(joined Samira)']);
});

test('[E47 C6] the store lost the end: both sides give back their own, and nothing that is shown moves', async () => {
  const { visitor, desk, time, theVisit } = await createPair();
  for (const word of ['1', '2', '3']) {
    visitor.visitor.talk.send(`v${word}`);
    desk.talk.talk.send(`c${word}`);
    await time.advance(1_000);
  }
  const before = [visitor.visitor.talk, desk.talk.talk].map((talk) => talk.items.value.map(({ key }) => key));
  const visit = theVisit();
  visit.frames = visit.frames.slice(0, 4);
  visit.seq = 4;
  visit.streams.clear();
  for (const { frame, seq } of visit.frames) {
    const header = readHeader(frame);
    if (header) visit.streams.set(`${header.side}${header.epoch}:${header.stream}`, { n: header.n, seq });
  }
  await time.advance(20_000);
  expect(visit.frames.length).toBeGreaterThanOrEqual(8);
  visitor.visitor.talk.send('v4');
  await time.advance(20_000);
  for (const [at, talk] of [visitor.visitor.talk, desk.talk.talk].entries()) {
    expect(talk.items.value.slice(0, before[at]?.length).map(({ key }) => key)).toEqual(before[at]);
    expect(
      texts(lines(talk))
        .map(String)
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['c1', 'c2', 'c3', 'v1', 'v2', 'v3', 'v4']);
    expect(lines(talk).join()).not.toMatch(/gap|unreadable/);
  }
});

test('[E47] another frame under a known number: read anew at once, and the lost one is given back', async () => {
  const { visitor, desk, time, theVisit } = await createPair();
  desk.talk.talk.send('een');
  await time.advance(2_000);
  visitor.visitor.talk.send('vergeten');
  await time.advance(2_000);
  const visit = theVisit();
  const lost = readHeader(visit.frames.pop()?.frame ?? '');
  visit.seq = visit.frames.length;
  if (lost) visit.streams.set(`v1:${lost.stream}`, { n: lost.n - 1, seq: visit.seq });
  desk.control.fate = loses(asks('talk:since'));
  desk.talk.talk.send('twee');
  await time.advance(1_000);
  expect(lines(visitor.visitor.talk)).toContain('them: twee');
  expect(visit.frames.map(({ frame }) => readHeader(frame)?.stream)).toContain(lost?.stream);
});
