import { computed, signal } from '@preact/signals-core';
import { openFrame } from '../crypto/frame.ts';
import { normalise } from '../crypto/text.ts';
import { newMid } from '../ids.ts';
import { FRAME_TYPES, frameId, readHeader } from '../protocol/frame.ts';
import type { Marks, SealedMessage } from '../protocol/sealed.ts';
import { createDelivery } from './delivery.ts';
import { createLog } from './log.ts';
import { createOutbox, type Letter } from './outbox.ts';
import { createPassing } from './passing.ts';
import type { Cancel } from './ports.ts';
import { createReceive, type Arrival } from './receive.ts';
import type { Conversation, TalkPorts } from './talkPorts.ts';
import { createTimeline, type Place } from './timeline.ts';
import { timing } from './timing.ts';
import type { Talk } from './views.ts';

const keyOf = (from: 'me' | 'them', mid: string) => `${from}-${mid}`;

/** One conversation, the same for both sides: what is written waits in the outbox, what comes goes to the timeline. */
export function createConversation(ports: TalkPorts): Conversation {
  const { visitId, side, ring, wire, clock, timers, page, events, author } = ports;
  const otherSide = side === 'v' ? 'c' : 'v';
  const timeline = createTimeline();
  const delivery = createDelivery();
  const secure = signal(false);
  const peerTyping = signal(false);
  const peerSilent = signal(false);
  const returned = signal('');
  /** own frames of this visit, for a store that lost them */
  const own = new Map<string, string>();
  /** last number of each of the other side's passing streams */
  const heard = new Map<string, number>();
  let person: string | null = null;
  let typingOff: Cancel = () => undefined;
  let ended = false;

  const receive = createReceive({ visitId, side, ring, clock, author, timeline, message: shown });
  const outbox = createOutbox({
    visitId,
    side,
    ring,
    timers,
    append: (frame) => wire.append(frame),
    sealed(header, frame, { message }) {
      receive.sent(header);
      own.set(frameId(header), frame);
      if (message.k === 'text') delivery.add(message.mid, header);
    },
    stored(header, seq, { message }) {
      log.own(seq, frameId(header));
      events.stored(message.mid);
    },
    refused(code, letter) {
      if (code === 'frame_bad' || code === 'log_full' || code === 'malformed') giveBack([letter]);
      events.refused(code);
    },
  });
  const log = createLog({
    since: (seq, id) => wire.since(seq, id),
    restore: (frames) => wire.restore(frames),
    take: (stored, asked) => receive.take(stored, asked),
    own: () => own,
    refused: (code) => events.refused(code),
  });
  const passing = createPassing({
    visitId,
    side,
    ring,
    clock,
    timers,
    epoch: () => (outbox.gate === 'open' ? outbox.epoch : null),
    marks: () => receive.streams.marks(otherSide),
    pass: (frame) => wire.passing(frame),
  });

  async function shown(message: SealedMessage, { header, frame, atMs }: Arrival, place: Place) {
    events.arrived(header.side, header.epoch);
    const writer = author(header.side, header.epoch);
    const from = header.side === side ? 'me' : 'them';
    if (from === 'me' && writer === 'known') own.set(frameId(header), frame);
    if (from === 'them') passing.received();

    switch (message.k) {
      case 'text': {
        const known = timeline.items.value.some(({ key }) => key === keyOf(from, message.mid));
        const state = from === 'me' && writer === 'known' ? delivery.add(message.mid, header) : 'sent';
        if (known) return;
        const clean = normalise(message.m);
        if (!clean.ok) return timeline.line({ is: 'unreadable', from, atMs }, place);
        const colleague = from === 'me' && writer === 'colleague' ? { colleague: true as const } : {};
        const name = from === 'them' ? ports.nameAt?.(header.epoch) : undefined;
        const key = keyOf(from, message.mid);
        timeline.text(
          { key, from, atMs, is: 'text', text: clean.text, state, ...colleague, ...(name && { by: name }) },
          place,
        );
        if (from === 'them' && place === 'end') peerTyping.value = false;
        return;
      }
      case 'confirm':
        if (header.side === 'c') events.confirmed(header.epoch);
        return;
      case 'keys':
        if (from === 'them' && side === 'c' && place === 'end') await events.keys(message.keys, header.epoch);
        return;
      case 'name':
        if (header.side === 'v' && side === 'c') events.nick(message.nick, header.epoch);
        return;
      default:
        timeline.line({ is: 'newer', from, atMs }, place);
    }
  }

  async function passed(frame: string) {
    const header = readHeader(frame);
    if (!header || header.type !== FRAME_TYPES.passing || header.visitId !== visitId || header.side !== otherSide)
      return;
    const keys = ring.keys(header.epoch);
    if (!keys || outbox.gate !== 'open' || header.epoch !== outbox.epoch) return;
    const opened = await openFrame(keys, header, frame);
    // after the opening: two copies may have come at once
    if (opened.is !== 'message' || header.n <= (heard.get(header.stream) ?? 0)) return;
    const newPage = !heard.has(header.stream);
    heard.set(header.stream, header.n);
    if (newPage) passing.repeat();
    if (opened.message.k === 'typing') typing();
    else if (opened.message.k === 'ack') marked('sent', opened.message.seen);
    else if (opened.message.k === 'read') marked('read', opened.message.seen);
  }

  function typing() {
    peerTyping.value = true;
    typingOff();
    typingOff = timers.after(timing.typingShownMs, () => (peerTyping.value = false));
  }

  function marked(kind: 'sent' | 'read', marks: Marks) {
    for (const [mid, state] of delivery.marks(kind, marks)) {
      timeline.state(keyOf('me', mid), state);
      outbox.acknowledged(mid);
    }
  }

  /** Back to the composer; what the store never had leaves the timeline, for it was never said [C5]. */
  function giveBack(letters: readonly Letter[]) {
    const texts = letters.flatMap(({ message }) => (message.k === 'text' ? [message.m] : []));
    returned.value = [returned.value, ...texts].filter(Boolean).join('\n');
    timeline.remove(
      new Set(letters.filter(({ everStored }) => !everStored).map(({ message }) => keyOf('me', message.mid))),
    );
    outbox.drop(new Set(letters));
  }

  function write(text: string, mid: string, to: string | null) {
    timeline.text(
      { key: keyOf('me', mid), from: 'me', atMs: clock.nowMs(), is: 'text', text, state: 'pending' },
      'end',
    );
    outbox.text({ message: { k: 'text', mid, m: text }, person: to });
  }

  const talk: Talk = {
    items: timeline.items,
    peerTyping,
    peerSilent,
    returned,
    unread: timeline.unread,
    secure: computed(() => secure.value),
    send(text) {
      const clean = normalise(text);
      if (clean.ok && !ended) write(clean.text, newMid(), person);
      return clean.ok ? { ok: true } : clean;
    },
    typed: () => passing.typed(),
    markRead() {
      if (!page.visible() || ended) return;
      timeline.seen();
      passing.read();
    },
    clearReturned() {
      returned.value = '';
    },
  };

  return {
    talk,
    get gate() {
      return outbox.gate;
    },
    get epoch() {
      return outbox.epoch;
    },
    write,
    control: (message) => outbox.control(message),
    giveBack(text) {
      returned.value = [returned.value, text].filter(Boolean).join('\n');
    },
    has: (mid) => timeline.items.value.some(({ key }) => key === keyOf('me', mid)),
    open(epoch, gate) {
      if (ended) return;
      secure.value = gate === 'open';
      outbox.open(epoch, gate);
      if (gate === 'open') passing.repeat();
    },
    pause() {
      secure.value = false;
      outbox.pause();
    },
    person(next) {
      for (const letter of outbox.letters()) letter.person ??= person ?? next;
      person = next;
      giveBack(outbox.letters().filter((letter) => letter.message.k === 'text' && letter.person !== next));
    },
    system: (code, name) =>
      timeline.line({ is: 'system', code, from: 'them', atMs: clock.nowMs(), ...(name === undefined ? {} : { name }) }),
    hint: (stored) => log.hint({ ...stored, agoS: 0 }),
    passing: (frame) => void passed(frame),
    async look() {
      if (ended) return;
      await log.fetch();
      outbox.kick();
      passing.look();
    },
    reconnected: () => passing.repeat(),
    openClosed: () => receive.openClosed(),
    sealOff() {
      const atMs = clock.nowMs();
      const any = timeline.items.value.length > 0;
      receive.forget();
      outbox.drop(new Set(outbox.letters().filter(({ message }) => message.k === 'text')));
      returned.value = '';
      timeline.clear();
      if (any) timeline.line({ is: 'sealed_off', from: 'them', atMs });
    },
    silent(is) {
      peerSilent.value = is;
    },
    end({ texts }) {
      ended = true;
      secure.value = false;
      peerTyping.value = false;
      peerSilent.value = false;
      typingOff();
      ring.wipe();
      outbox.clear();
      passing.clear();
      receive.forget();
      own.clear();
      log.clear();
      if (texts === 'keep') return;
      delivery.clear();
      returned.value = '';
      timeline.wipe();
    },
  };
}
