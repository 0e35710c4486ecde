import { BUCKETS, FRAME_OVERHEAD_BYTES } from '@clbchat/shared/protocol/frame';
import type { Since } from '@clbchat/shared/protocol/visitor';
import { expect, test } from 'vitest';
import { idle } from '../support/idle.ts';
import { createPair, LIEN, lines, states } from '../support/pair.ts';

type Pair = Awaited<ReturnType<typeof createPair>>;

/** What the counsellor's words look like on their way: the frames after the confirm. */
async function threeWords(pair: Pair) {
  pair.visitor.control.faults.loseHint = (event) => event === 'talk:frame';
  pair.visitor.control.faults.loseRequest = (event) => event === 'talk:since';
  for (const word of ['een', 'twee', 'drie']) {
    pair.desk.talk.talk.send(word);
    await idle();
  }
  pair.visitor.control.faults.loseHint = () => false;
  pair.visitor.control.faults.loseRequest = () => false;
  const { log } = pair.theVisit();
  return log.slice(-3);
}
const give = ({ visitor }: Pair, seq: number, frame: string) =>
  visitor.control.inject('talk:frame', { seq, frame, epoch: 1 });
const words = (pair: Pair) => lines(pair.visitor.visitor.talk).filter((line) => !line.startsWith('('));

test('[C1 E30] replayed and doubled frames show once', async () => {
  const pair = await createPair();
  pair.desk.talk.talk.send('een');
  await idle();
  const { log } = pair.theVisit();
  const last = log.at(-1)?.frame ?? '';
  for (const seq of [log.length, log.length + 1, log.length + 2, 99]) give(pair, seq, last);
  await pair.time.advance(20_000);
  expect(words(pair)).toEqual(['them: een']);
});

test('[C1 E31] a frame that the relay withholds shows as a gap, and the sender gets no tick', async () => {
  const pair = await createPair();
  const [one, , three] = await threeWords(pair);
  const { log } = pair.theVisit();
  log.splice(log.length - 2, 1);
  const first = log.length - 1;
  give(pair, first, one?.frame ?? '');
  give(pair, first + 1, three?.frame ?? '');
  await pair.time.advance(3_000);
  expect(words(pair)).toEqual(['them: een', '[gap]', 'them: drie']);
  expect(states(pair.desk.talk.talk)).toEqual(['een sent', 'twee pending', 'drie pending']);
});

test('[C1 E31] what was withheld comes after all: shown once, at the end, and nothing moves', async () => {
  const pair = await createPair();
  const [one, two, three] = await threeWords(pair);
  const { log } = pair.theVisit();
  log.splice(log.length - 2, 1);
  give(pair, log.length - 1, one?.frame ?? '');
  give(pair, log.length, three?.frame ?? '');
  await pair.time.advance(1_000);
  const before = pair.visitor.visitor.talk.items.value.map(({ key }) => key);
  if (two) log.push(two);
  give(pair, log.length, two?.frame ?? '');
  await pair.time.advance(3_000);
  expect(words(pair)).toEqual(['them: een', '[gap]', 'them: drie', 'them: twee']);
  expect(pair.visitor.visitor.talk.items.value.slice(0, before.length).map(({ key }) => key)).toEqual(before);
  expect(states(pair.desk.talk.talk)).toEqual(['een sent', 'twee sent', 'drie sent']);
});

test('[C1] a relay that turns the order around: the numbers inside decide', async () => {
  const pair = await createPair();
  const [one, two, three] = await threeWords(pair);
  const first = pair.theVisit().log.length - 2;
  give(pair, first, three?.frame ?? '');
  give(pair, first + 1, one?.frame ?? '');
  give(pair, first + 2, two?.frame ?? '');
  await pair.time.advance(20_000);
  expect(words(pair)).toEqual(['them: een', 'them: twee', 'them: drie']);
});

test('[C1 E31] the end of a conversation cut off: nothing looks delivered', async () => {
  const pair = await createPair();
  pair.visitor.control.faults.loseHint = (event) => event === 'talk:frame';
  pair.visitor.control.faults.forgeAck = (event, ack) =>
    event === 'talk:since' && ack.ok
      ? { ok: true, value: { ...(ack.value as Extract<Since, { frames: unknown }>), frames: [], more: false } }
      : ack;
  pair.desk.talk.talk.send('komt nooit aan');
  await pair.time.advance(60_000);
  expect(states(pair.desk.talk.talk)).toEqual(['komt nooit aan pending']);
});

test('[C1 E32] a frame of one side sent back to it is nobody else speaking', async () => {
  const pair = await createPair();
  pair.visitor.visitor.talk.send('echo');
  await idle();
  const { log } = pair.theVisit();
  const mine = log.at(-1)?.frame ?? '';
  give(pair, log.length + 1, mine);
  // and with its side written over
  const bytes = Buffer.from(mine, 'base64url');
  bytes[20] = 'c'.charCodeAt(0);
  give(pair, log.length + 1, bytes.toString('base64url'));
  await pair.time.advance(20_000);
  expect(words(pair).filter((line) => line.includes('echo'))).toEqual(['me: echo']);
  expect(words(pair).filter((line) => line.startsWith('them:'))).toEqual([]);
});

test.each([
  ['a byte of the text', 60],
  ['its nonce', 35],
  ['its tag', -1],
])('[C1 E33] a frame with %s changed shows as unreadable, and the genuine one still comes', async (_, at) => {
  const pair = await createPair();
  const [one] = await threeWords(pair);
  const { log } = pair.theVisit();
  log.length -= 2;
  const bytes = Buffer.from(one?.frame ?? '', 'base64url');
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  give(pair, log.length, bytes.toString('base64url'));
  await pair.time.advance(1_000);
  expect(words(pair)).toEqual(['[unreadable]']);
  give(pair, log.length + 1, one?.frame ?? '');
  await pair.time.advance(20_000);
  expect(words(pair)).toEqual(['[unreadable]', 'them: een']);
});

test('[E33] a frame cut short, and one that is no frame at all', async () => {
  const pair = await createPair();
  const [one] = await threeWords(pair);
  const { log } = pair.theVisit();
  const short = Math.ceil((((BUCKETS[0] as number) + FRAME_OVERHEAD_BYTES) * 4) / 3) - 4;
  log.length -= 2;
  give(pair, log.length, (one?.frame ?? '').slice(0, short));
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
  const foreign = other.theVisit().log.slice(-2);
  const answer = (seq: number): Since => ({
    frames: foreign.map(({ frame }, at) => ({ seq: seq + at + 1, frame, agoS: 0 })),
    from: 1,
    last: seq + 2,
    more: false,
  });
  for (const { control } of [pair.visitor, pair.desk]) {
    control.faults.forgeAck = (event, ack, input) =>
      event === 'talk:since' ? { ok: true, value: answer((input as { seq: number }).seq) } : ack;
  }
  await pair.time.advance(20_000);
  for (const talk of [pair.visitor.visitor.talk, pair.desk.talk.talk]) {
    expect(lines(talk)).toContain('[unreadable]');
    expect(lines(talk).join()).not.toContain('ander');
  }
});

test('[E34] the state of another visit is not believed', async () => {
  const [pair, other] = [await createPair(), await createPair()];
  const stranger = { ...other.theVisit() };
  pair.visitor.control.faults.forgeAck = (event, ack) =>
    event === 'visit:state' && ack.ok
      ? { ok: true, value: { ...(ack.value as object), visitId: stranger.visitId, rev: 99, stage: 'waiting' } }
      : ack;
  await pair.time.advance(20_000);
  expect(pair.visitor.visitor.view.value).toEqual({ is: 'talking', peer: { name: 'Samira', site: 'CLB Noord' } });
});

test('[E35 R6] words of the former counsellor, let through after the next one came, are not shown as hers', async () => {
  const pair = await createPair();
  const [one, two, three] = await threeWords(pair);
  const { log, streams } = pair.theVisit();
  // the relay puts them aside
  log.length -= 3;
  for (const [key, { seq }] of streams) if (key.startsWith('c')) streams.set(key, { n: 1, seq });
  pair.relay.release(pair.theVisit());
  await idle();
  const lien = await pair.deskPage(await pair.computer(LIEN));
  await lien.desk.take('next');
  await idle();
  await pair.visitor.visitor.choose('all');
  await pair.time.advance(3_000);
  for (const kept of [one, two, three]) {
    if (kept) log.push(kept);
    give(pair, log.length, kept?.frame ?? '');
  }
  await pair.time.advance(20_000);
  expect(pair.visitor.visitor.view.value).toMatchObject({ is: 'talking', peer: { name: 'Lien' } });
  expect(words(pair)).toEqual(['[unreadable]']);
});

test('[E36] an older word of the service changes nothing on either side', async () => {
  const pair = await createPair();
  const { rev, visitId } = pair.theVisit();
  const old = { visitId, rev: rev - 1, stage: 'waiting', hold: 1 };
  const talk = pair.desk.talk;
  pair.desk.control.inject('visit:stage', old);
  pair.visitor.control.faults.forgeAck = (event, ack) =>
    event === 'visit:state' && ack.ok ? { ok: true, value: { ...(ack.value as object), ...old } } : ack;
  await pair.time.advance(16_000);
  expect(pair.desk.talk).toBe(talk);
  expect(talk.stage.value).toEqual({ is: 'talking' });
  expect(pair.visitor.visitor.view.value.is).toBe('talking');
});

test('[E36] a released counsellor reads no later frame, and an older hint changes nothing', async () => {
  const pair = await createPair();
  const before = pair.theVisit().rev;
  pair.visitor.control.inject('visit:stage', { rev: before - 1, stage: 'ended', hold: 1, reason: 'closed' });
  pair.visitor.control.inject('visit:stage', { rev: before, stage: 'waiting', hold: 1 });
  await idle();
  expect(pair.visitor.visitor.view.value.is).toBe('talking');
  pair.relay.release(pair.theVisit());
  await idle();
  expect(pair.desk.talk.stage.value).toEqual({ is: 'released', why: 'counsellor_gone' });
  expect(pair.desk.talk.talk.items.value).toEqual([]);
  expect(pair.samira.rows).toEqual([]);
  pair.desk.control.inject('talk:frame', {
    visitId: pair.theVisit().visitId,
    seq: 9,
    frame: pair.theVisit().log[0]?.frame,
    epoch: 1,
  });
  await pair.time.advance(20_000);
  expect(pair.desk.talk.talk.items.value).toEqual([]);
});

test('[C1 E31] an old tick is no tick for what came later', async () => {
  const pair = await createPair();
  const passed: unknown[] = [];
  pair.desk.control.faults.forgeHint = (event, hint) => {
    if (event === 'talk:passing') passed.push(hint);
    return hint;
  };
  pair.desk.talk.talk.send('eerste');
  await pair.time.advance(3_000);
  expect(states(pair.desk.talk.talk)).toEqual(['eerste sent']);
  pair.visitor.control.cut();
  pair.desk.talk.talk.send('tweede');
  await idle();
  for (const hint of passed) pair.desk.control.inject('talk:passing', hint);
  await pair.time.advance(3_000);
  expect(states(pair.desk.talk.talk)).toEqual(['eerste sent', 'tweede pending']);
});
