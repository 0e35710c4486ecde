import { BUCKETS, FRAME_OVERHEAD_BYTES } from '@clbchat/shared/protocol/frame';
import type { Since } from '@clbchat/shared/protocol/visitor';
import { expect, test } from 'vitest';
import { idle } from '../support/idle.ts';
import { LIEN, lines, states } from '../support/pages.ts';
import { asks, createPair, goesFor, loses, takes } from '../support/realScene.ts';
import { addToLog, forgeAcks, forgeAnswer, isFrame, rewriteLog } from './lies.ts';

type Pair = Awaited<ReturnType<typeof createPair>>;

/** What the counsellor's words look like on their way: the frames after the confirm. None of them reaches the visitor. */
async function threeWords(pair: Pair) {
  pair.visitor.control.fate = loses((packet) => isFrame(packet) || asks('talk:since')(packet));
  for (const word of ['een', 'twee', 'drie']) {
    pair.desk.talk.talk.send(word);
    await idle();
  }
  pair.visitor.control.fate = () => 'now';
  return pair.theVisit().frames.slice(-3);
}
/** The last three frames of the log are these, of those three. */
const leaves = (pair: Pair, kept: readonly ({ frame: string; id: string } | undefined)[]) =>
  rewriteLog(pair.theVisit(), [...pair.theVisit().frames.slice(0, -3), ...kept.filter((one) => one !== undefined)]);
const give = ({ visitor }: Pair, seq: number, frame: string) =>
  visitor.control.inject('talk:frame', { seq, frame, epoch: 1 });
const words = (pair: Pair) => lines(pair.visitor.visitor.talk).filter((line) => !line.startsWith('('));

test('[C1 C4] replayed and doubled frames show once', async () => {
  const pair = await createPair();
  pair.desk.talk.talk.send('een');
  await idle();
  const { frames, seq: last } = pair.theVisit();
  for (const seq of [last, last + 1, last + 2, 99]) give(pair, seq, frames.at(-1)?.frame ?? '');
  await pair.time.advance(20_000);
  expect(words(pair)).toEqual(['them: een']);
});

test('[C1 E31] a frame that the relay withholds shows as a gap, and the sender gets no tick', async () => {
  const pair = await createPair();
  const [one, , three] = await threeWords(pair);
  leaves(pair, [one, three]);
  const { seq } = pair.theVisit();
  give(pair, seq - 1, one?.frame ?? '');
  give(pair, seq, three?.frame ?? '');
  await pair.time.advance(3_000);
  expect(words(pair)).toEqual(['them: een', '[gap]', 'them: drie']);
  expect(states(pair.desk.talk.talk)).toEqual(['een sent', 'twee pending', 'drie pending']);
});

test('[C1 E31] what was withheld comes after all: shown once, at the end, and nothing moves', async () => {
  const pair = await createPair();
  const [one, two, three] = await threeWords(pair);
  leaves(pair, [one, three]);
  const { seq } = pair.theVisit();
  give(pair, seq - 1, one?.frame ?? '');
  give(pair, seq, three?.frame ?? '');
  await pair.time.advance(1_000);
  const before = pair.visitor.visitor.talk.items.value.map(({ key }) => key);
  give(pair, addToLog(pair.theVisit(), two?.frame ?? '', two?.id), two?.frame ?? '');
  await pair.time.advance(3_000);
  expect(words(pair)).toEqual(['them: een', '[gap]', 'them: drie', 'them: twee']);
  expect(pair.visitor.visitor.talk.items.value.slice(0, before.length).map(({ key }) => key)).toEqual(before);
  expect(states(pair.desk.talk.talk)).toEqual(['een sent', 'twee sent', 'drie sent']);
});

test('[C1] a relay that turns the order around: the numbers inside decide', async () => {
  const pair = await createPair();
  const [one, two, three] = await threeWords(pair);
  const first = pair.theVisit().seq - 2;
  give(pair, first, three?.frame ?? '');
  give(pair, first + 1, one?.frame ?? '');
  give(pair, first + 2, two?.frame ?? '');
  await pair.time.advance(20_000);
  expect(words(pair)).toEqual(['them: een', 'them: twee', 'them: drie']);
});

test('[C1 E31] the end of a conversation cut off: nothing looks delivered', async () => {
  const pair = await createPair();
  pair.visitor.control.fate = loses(isFrame);
  forgeAnswer<Since>(pair.visitor, 'talk:since', (since) => ({ ...since, frames: [], more: false }));
  pair.desk.talk.talk.send('komt nooit aan');
  await pair.time.advance(60_000);
  expect(states(pair.desk.talk.talk)).toEqual(['komt nooit aan pending']);
});

test('[C1 E32] a frame of one side sent back to it is nobody else speaking', async () => {
  const pair = await createPair();
  pair.visitor.visitor.talk.send('echo');
  await idle();
  const { frames, seq } = pair.theVisit();
  const mine = frames.at(-1)?.frame ?? '';
  give(pair, seq + 1, mine);
  // and with its side written over
  const bytes = Buffer.from(mine, 'base64url');
  bytes[20] = 'c'.charCodeAt(0);
  give(pair, seq + 1, bytes.toString('base64url'));
  await pair.time.advance(20_000);
  expect(words(pair).filter((line) => line.includes('echo'))).toEqual(['me: echo']);
  expect(words(pair).filter((line) => line.startsWith('them:'))).toEqual([]);
});

test('[E32] one’s own signs sent back are nobody else writing', async () => {
  const pair = await createPair();
  const { visitor } = pair.visitor;
  visitor.talk.typed();
  await idle();
  const signs = pair.visitor.control.asked.filter(({ event }) => event === 'talk:passing');
  expect(signs).not.toEqual([]);
  for (const { input } of signs) pair.visitor.control.inject('talk:passing', input);
  await idle();
  expect(visitor.talk.peerTyping.value).toBe(false);
});

test.each([
  ['a byte of the text', 60],
  ['its nonce', 35],
  ['its tag', -1],
])('[C1 E33] a frame with %s changed shows as unreadable, and the genuine one still comes', async (_, at) => {
  const pair = await createPair();
  const [one] = await threeWords(pair);
  leaves(pair, [one]);
  const { seq } = pair.theVisit();
  const bytes = Buffer.from(one?.frame ?? '', 'base64url');
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  give(pair, seq, bytes.toString('base64url'));
  await pair.time.advance(1_000);
  expect(words(pair)).toEqual(['[unreadable]']);
  give(pair, seq + 1, one?.frame ?? '');
  await pair.time.advance(20_000);
  expect(words(pair)).toEqual(['[unreadable]', 'them: een']);
});

test('[E33] a frame cut short, and one that is no frame at all', async () => {
  const pair = await createPair();
  const [one] = await threeWords(pair);
  const short = Math.ceil((((BUCKETS[0] as number) + FRAME_OVERHEAD_BYTES) * 4) / 3) - 4;
  leaves(pair, [one]);
  give(pair, pair.theVisit().seq, (one?.frame ?? '').slice(0, short));
  await pair.time.advance(1_000);
  pair.visitor.control.inject('talk:frame', { seq: 'four', frame: null });
  pair.visitor.control.inject('talk:passing', { frame: 'AAAA' });
  await pair.time.advance(1_000);
  expect(words(pair).filter((line) => line.startsWith('them'))).toEqual([]);
  expect(pair.visitor.visitor.view.value.is).toBe('talking');
});

test("[K3 E34] another conversation's frames show nothing of it, on either side", async () => {
  const [pair, other] = [await createPair(), await createPair()];
  other.desk.talk.talk.send('van een ander gesprek');
  other.visitor.visitor.talk.send('ook van een ander');
  await idle();
  const foreign = other.theVisit().frames.slice(-2);
  const answer = (seq: number): Since => ({
    frames: foreign.map(({ frame }, at) => ({ seq: seq + at + 1, frame, agoS: 0 })),
    from: 1,
    last: seq + 2,
    more: false,
  });
  for (const page of [pair.visitor, pair.desk])
    forgeAcks(page, (event, ack, input) =>
      event === 'talk:since' ? { ok: true, value: answer((input as { seq: number }).seq) } : ack,
    );
  await pair.time.advance(20_000);
  for (const talk of [pair.visitor.visitor.talk, pair.desk.talk.talk]) {
    expect(lines(talk)).toContain('[unreadable]');
    expect(lines(talk).join()).not.toContain('ander');
  }
});

test('[E34] the state of another visit is not believed', async () => {
  const [pair, other] = [await createPair(), await createPair()];
  const { visitId } = other.theVisit();
  forgeAnswer<object>(pair.visitor, 'visit:state', (state) => ({ ...state, visitId, rev: 99, stage: 'waiting' }));
  await pair.time.advance(20_000);
  expect(pair.visitor.visitor.view.value).toEqual({ is: 'talking', peer: { name: 'Samira', site: 'CLB Noord' } });
});

test('[E35 R6] words of the former counsellor, let through after the next one came, are not shown as hers', async () => {
  const pair = await createPair();
  const [one, two, three] = await threeWords(pair);
  // the relay puts them aside
  leaves(pair, []);
  for (const [key, { seq }] of pair.theVisit().streams)
    if (key.startsWith('c')) pair.theVisit().streams.set(key, { n: 1, seq });
  await goesFor(pair.desk, pair);
  const lien = await pair.deskPage(await pair.computer(LIEN));
  await takes(lien);
  await pair.visitor.visitor.choose('all');
  await pair.time.advance(3_000);
  for (const kept of [one, two, three])
    give(pair, addToLog(pair.theVisit(), kept?.frame ?? '', kept?.id), kept?.frame ?? '');
  await pair.time.advance(20_000);
  expect(pair.visitor.visitor.view.value).toMatchObject({ is: 'talking', peer: { name: 'Lien' } });
  expect(words(pair)).toEqual(['[unreadable]']);
});

test('[E36] an older hint changes nothing; an answer that is older than the question is the truth of a store that went back', async () => {
  const pair = await createPair();
  const { rev, visitId } = pair.theVisit();
  const old = { visitId, rev: rev - 1, stage: 'waiting', hold: 1 };
  const talk = pair.desk.talk;
  pair.desk.control.inject('visit:stage', old);
  pair.visitor.control.inject('visit:stage', { ...old, stage: 'ended', reason: 'closed' });
  await pair.time.advance(16_000);
  expect(pair.desk.talk).toBe(talk);
  expect(talk.stage.value).toEqual({ is: 'talking' });
  expect(pair.visitor.visitor.view.value.is).toBe('talking');
  const stop = pair.visitor.control.forge;
  forgeAnswer<object>(pair.visitor, 'visit:state', (state) => ({ ...state, ...old }));
  await pair.time.advance(16_000);
  expect(pair.visitor.visitor.view.value.is).toBe('waiting');
  pair.visitor.control.forge = stop;
  await pair.time.advance(16_000);
  expect(pair.visitor.visitor.view.value.is).toBe('talking');
});

test('[E36] a released counsellor reads no later frame, and an older hint changes nothing', async () => {
  const pair = await createPair();
  const before = pair.theVisit().rev;
  pair.visitor.control.inject('visit:stage', { rev: before - 1, stage: 'ended', hold: 1, reason: 'closed' });
  pair.visitor.control.inject('visit:stage', { rev: before, stage: 'waiting', hold: 1 });
  await idle();
  expect(pair.visitor.visitor.view.value.is).toBe('talking');
  pair.desk.control.cut();
  await pair.time.advance(65_000);
  pair.desk.control.mend();
  await pair.time.advance(3_000);
  expect(pair.desk.talk.stage.value).toMatchObject({ is: 'released' });
  expect(pair.desk.talk.talk.items.value).toEqual([]);
  // what would show that it is the same visitor stays, and opens nothing
  expect(pair.samira.rows.map(({ rid, wrap }) => rid + wrap)).toEqual(['']);
  pair.desk.control.inject('talk:frame', {
    visitId: pair.theVisit().visitId,
    seq: 9,
    frame: pair.theVisit().frames[0]?.frame,
    epoch: 1,
  });
  await pair.time.advance(20_000);
  expect(pair.desk.talk.talk.items.value).toEqual([]);
});

test('[C1 E31] an old tick is no tick for what came later', async () => {
  const pair = await createPair();
  pair.desk.talk.talk.send('eerste');
  await pair.time.advance(3_000);
  expect(states(pair.desk.talk.talk)).toEqual(['eerste sent']);
  const passed = pair.desk.control.heard.filter(({ event }) => event === 'talk:passing');
  expect(passed).not.toEqual([]);
  pair.visitor.control.cut();
  pair.desk.talk.talk.send('tweede');
  await idle();
  for (const packet of passed) pair.desk.control.repeat(packet);
  await pair.time.advance(3_000);
  expect(states(pair.desk.talk.talk)).toEqual(['eerste sent', 'tweede pending']);
});
