/**
 * Loads one server with conversations: as our pages would, or pairs of bare sockets with the same bytes. Frames are made
 * beforehand, and what arrives is looked at in four characters that count: nothing here is parsed while it is measured.
 */
import { frame } from '../attack/wire.mjs';
import { answers } from './aside.mjs';
import { comes, counsellors, frameOf, sitsDown, talks } from './people.mjs';
import { quantile } from './statistics.mjs';
import { openWire } from './wire.mjs';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUE = new Uint8Array(128);
for (let value = 0; value < ALPHABET.length; value += 1) VALUE[ALPHABET.charCodeAt(value)] = value;
/** The last three bytes of a header count, and are four characters exactly. */
const COUNT_AT = 40;
const TICK_MS = 1;
const AT_ONCE = 8;
const UNDER_WAY_MAX = 16;
/** So far may a load fall behind before what it measures is itself. */
const BEHIND_PART = 0.05;

const state = { ends: [], mode: 'still', sent: 0, got: 0, acked: 0, wrong: 0, refused: 0, behind: 0, tookMs: [] };

/** One end of a conversation. `template` is the whole message; `mark` stands before the body in what the other end hears. */
function endOf(wire, { template, mark, heard, first }) {
  const bytes = frame(template);
  const count = bytes.indexOf(mark) + mark.length + COUNT_AT;
  const [hint, ack, body] = [Buffer.from(heard), Buffer.from(`43${wire.prefix}`), Buffer.from(mark)];
  const OK = Buffer.from('"ok":true');
  let next = first;
  let expected = null;
  const sentMs = [];
  let taken = 0;

  const end = {
    peer: null,
    first,
    say() {
      for (let place = 0; place < 4; place += 1)
        bytes[count + place] = ALPHABET.charCodeAt((next >> (18 - 6 * place)) & 63);
      next += 1;
      state.sent += 1;
      sentMs.push(performance.now());
      wire.bytes(bytes);
    },
    underWay: () => sentMs.length - taken,
    /** when the message was sent that the other end hears now */
    heardMs() {
      const at = sentMs[taken];
      taken += 1;
      if (taken < 4_096) return at;
      sentMs.splice(0, taken);
      taken = 0;
      return at;
    },
  };
  wire.takes = (all, at, length) => {
    if (starts(all, at, length, ack)) {
      state.acked += 1;
      const ok = all.indexOf(OK, at);
      if (ok < 0 || ok > at + length) state.refused += 1;
      return true;
    }
    if (!starts(all, at, length, hint)) return false;
    const from = all.indexOf(body, at) + body.length + COUNT_AT;
    const number =
      (VALUE[all[from]] << 18) | (VALUE[all[from + 1]] << 12) | (VALUE[all[from + 2]] << 6) | VALUE[all[from + 3]];
    expected ??= end.peer.first;
    if (number !== expected) state.wrong += 1;
    expected = number + 1;
    state.got += 1;
    state.tookMs.push(performance.now() - end.peer.heardMs());
    if (state.mode === 'saturated') end.say();
    return true;
  };
  return end;
}
const starts = (all, at, length, what) =>
  length >= what.length && all.compare(what, 0, what.length, at, at + what.length) === 0;

async function inTurns(count, run) {
  let next = 0;
  const each = async () => {
    while (next < count) await run(next++);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, each));
}
function pairUp(a, b) {
  a.peer = b;
  b.peer = a;
  state.ends.push(a, b);
}

/** @param target of the visitors; `desks`: where their counsellors sit, which may be another node of the same centre */
async function openOurs({ target, desks = target, pairs }) {
  const people = await counsellors(desks, pairs);
  const seats = [];
  await inTurns(pairs, async (at) => (seats[at] = await sitsDown(desks, people[at])));
  const visitors = new Map();
  const begun = seats.map((desk) => talks(desk, visitors));
  const all = Promise.all(begun);
  all.catch(() => undefined);
  await inTurns(pairs, () => comes(target, { visitors }));
  for (const { desk, visitor, on, epoch } of await all) {
    const { visitId, hold } = on;
    const [v, c] = [frameOf({ visitId, side: 'v', n: 1, epoch }), frameOf({ visitId, side: 'c', n: 2, epoch })];
    const mark = '"frame":"';
    const says = (wire, input) => `42${wire.prefix}7["talk:append",${JSON.stringify(input)}]`;
    const heard = (wire) => `42${wire.prefix}["talk:frame"`;
    pairUp(
      endOf(visitor, { template: says(visitor, { frame: v }), mark, heard: heard(visitor), first: 1 }),
      endOf(desk, { template: says(desk, { visitId, hold, frame: c }), mark, heard: heard(desk), first: 2 }),
    );
  }
}

async function openBare({ target, pairs }) {
  const body = frameOf({ visitId: 'AAAAAAAAAAAAAAAAAAAAAA', side: 'v', n: 1 });
  const one = (room) => openWire({ port: target.port, auth: { room } }).ready;
  await inTurns(pairs, async (at) => {
    const both = await Promise.all([one(`room ${at}`), one(`room ${at}`)]);
    const how = { template: `427["say","${body}"]`, mark: '["say","', heard: '42["say"', first: 1 };
    pairUp(...both.map((wire) => endOf(wire, how)));
  });
}

/** So many messages a second, all ends in turn. */
function atRate(perSecond) {
  const began = performance.now();
  let [sent, turn] = [0, 0];
  const timer = setInterval(() => {
    if (state.mode !== 'rate') return clearInterval(timer);
    const due = Math.floor(((performance.now() - began) * perSecond) / 1_000);
    if (due - sent > perSecond * BEHIND_PART) state.behind += 1;
    for (; sent < due; sent += 1, turn += 1) {
      const end = state.ends[turn % state.ends.length];
      // what cannot be carried must not become a backlog that is all that is measured
      if (end.underWay() < UNDER_WAY_MAX) end.say();
      else state.behind += 1;
    }
  }, TICK_MS);
}

answers({
  open: ({ kind, ...how }) => (kind === 'ours' ? openOurs(how) : openBare(how)),
  go({ mode, perSecond }) {
    state.mode = mode;
    if (mode === 'saturated') for (const end of state.ends) end.say();
    if (mode === 'rate') atRate(perSecond);
  },
  /** what happened since it was asked the last time */
  look() {
    const { got, tookMs, behind } = state;
    Object.assign(state, { got: 0, behind: 0, tookMs: [] });
    state.gotBefore = (state.gotBefore ?? 0) + got;
    return { got, behind, p50: quantile(tookMs, 0.5), p99: quantile(tookMs, 0.99) };
  },
  /** nobody says anything more. @returns what did not arrive as it should */
  async still() {
    state.mode = 'still';
    for (let looks = 0; looks < 100 && state.sent > state.got + (state.gotBefore ?? 0); looks += 1)
      await new Promise((next) => setTimeout(next, 50));
    const { sent, acked, wrong, refused } = state;
    return { sent, lost: sent - state.got - (state.gotBefore ?? 0), unacked: sent - acked, wrong, refused };
  },
});
