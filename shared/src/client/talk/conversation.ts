import { computed, signal } from '@preact/signals-core';
import { normalise } from '../../crypto/text.ts';
import { newMid } from '../../ids.ts';
import type { Marks, SealedMessage } from '../../protocol/sealed.ts';
import type { StoredFrame } from '../../protocol/visitor.ts';
import { createSerial } from '../serial.ts';
import type { SystemLine, Talk } from '../views.ts';
import { createFramesIn, type Arrival } from './framesIn.ts';
import { createLettersOut, waitingText, type Gate, type Letter } from './lettersOut.ts';
import type { KeptTalk, TalkPorts } from './ports.ts';
import { createSigns } from './signs.ts';
import { createTimeline, type Place } from './timeline.ts';

const lines = (...texts: string[]) => texts.filter(Boolean).join('\n');
const keyOf = (from: 'me' | 'them', mid: string) => `${from}-${mid}`;

/** One conversation, for the engine; screens get its `talk`. */
// over 80 lines because one conversation's screens, frames and letters share its person and its end
export function createConversation(ports: TalkPorts) {
  const { side, ring, wire, clock, page, events, author } = ports;
  const otherSide = side === 'v' ? 'c' : 'v';
  const timeline = createTimeline();
  const secure = signal(false);
  const peerSilent = signal(false);
  const returned = signal('');
  const writing = createSerial(ports.unlocked);
  /** written just now, and not on this device yet */
  let fresh: { mid: string; text: string; person: string | null }[] = [];
  let person: string | null = null;
  let keptMarks = '';
  /** what came back, stands in the composer, and was not sent again */
  let inField = '';
  let ended = false;
  /** an earlier page's texts wait: they leave when the store was read, and it is known which of them are there */
  let holding = false;
  let wanted: Gate = 'closed';

  const frames = createFramesIn({ ...ports, timeline, refused: events.refused, message: show });
  const letters = createLettersOut({
    ...ports,
    append: wire.append,
    leaving: frames.leaving,
    takenBack: frames.takenBack,
    behind: frames.behind,
    stored(header, seq) {
      frames.stored(seq, header);
      events.said();
    },
    refused(code, life, letter) {
      if (code === 'frame_bad' || code === 'log_full' || code === 'malformed') giveBack([letter]);
      events.refused(code, life);
    },
  });
  const signs = createSigns({
    ...ports,
    epoch: () => (letters.gate === 'open' ? letters.epoch : null),
    marks: () => frames.marks(otherSide),
    pass: wire.passing,
    marked,
    keep: keepRead,
  });

  async function show(message: SealedMessage, arrival: Arrival, place: Place) {
    const { header, atMs } = arrival;
    events.arrived(header.side, header.epoch);
    const from = header.side === side ? 'me' : 'them';
    if (from === 'me' && author(header.side, header.epoch) === 'known') frames.remember(header, arrival.frame);
    if (from === 'them') signs.received();

    switch (message.k) {
      case 'text':
        return showText(message, arrival, from, place);
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

  function showText({ mid, m }: { mid: string; m: string }, arrival: Arrival, from: 'me' | 'them', place: Place) {
    const { header, atMs } = arrival;
    const key = keyOf(from, mid);
    const mine = from === 'me' && author(header.side, header.epoch) === 'known';
    const state = mine ? letters.found(mid, header) : 'sent';
    if (has(key)) return;
    const clean = normalise(m);
    if (!clean.ok) return timeline.line({ is: 'unreadable', from, atMs }, place);
    const name = from === 'them' ? ports.nameAt?.(header.epoch) : undefined;
    const by = { ...(from === 'me' && !mine && { colleague: true as const }), ...(name && { by: name }) };
    timeline.text(
      { key, from, atMs, is: 'text', text: clean.text, state, ...by },
      place === 'end' && signs.wasRead(header) ? 'read' : place,
    );
    if (from === 'me' || place === 'history') return;
    signs.written();
    events.said(header);
  }

  function marked(kind: 'sent' | 'read', marks: Marks) {
    const changed = letters.marks(kind, marks);
    for (const [mid, state] of changed) timeline.state(keyOf('me', mid), state);
    if (changed.size > 0) void keep();
  }

  const has = (key: string) => timeline.items.value.some((item) => item.key === key);
  const keep = () =>
    ports.keep({
      waiting: [...letters.texts().flatMap(waitingText), ...fresh.map((one) => ({ ...one, person: one.person ?? '' }))],
      returned: lines(inField, returned.value),
      upTo: frames.upTo(),
      marked: letters.marked(),
      read: signs.readUpTo(),
    });

  /** … and how far the store was read, by the page and by a person, when that is further than what lies there says */
  async function keepRead() {
    const marks = JSON.stringify([frames.upTo(), signs.readUpTo()]);
    if (marks !== keptMarks) await keep();
    keptMarks = marks;
  }

  function write(text: string, to: string | null) {
    const one = { mid: newMid(), text, person: to };
    fresh.push(one);
    void writing(async () => {
      // on this device first: what is shown as waiting outlives this page
      await keep();
      if (!fresh.includes(one)) return;
      fresh = fresh.filter((other) => other !== one);
      pending(one.mid, text);
      letters.text(one.mid, text, one.person);
    });
  }
  const pending = (mid: string, text: string) =>
    timeline.text({ key: keyOf('me', mid), from: 'me', atMs: clock.nowMs(), is: 'text', text, state: 'pending' });

  /** Back to the composer; what the store never had leaves the timeline, for it was never said [C5]. */
  function giveBack(given: readonly Letter[], unsaid: readonly { text: string }[] = []) {
    const texts = [...given.flatMap(waitingText), ...unsaid].map(({ text }) => text);
    returned.value = lines(returned.value, ...texts);
    timeline.remove(
      new Set(given.filter(({ storedIn }) => storedIn === 0).map(({ message }) => keyOf('me', message.mid))),
    );
    letters.drop(given);
    void keep();
  }

  const talk: Talk = {
    items: timeline.items,
    peerTyping: signs.typing,
    peerSilent,
    returned,
    unread: timeline.unread,
    secure: computed(() => secure.value),
    send(text) {
      const clean = normalise(text);
      if (clean.ok && !ended) {
        inField = '';
        write(clean.text, person);
      }
      return clean.ok ? { ok: true } : clean;
    },
    typed: signs.typed,
    markRead() {
      if (!page.visible() || ended) return;
      timeline.seen();
      signs.read();
    },
    clearReturned() {
      inField = lines(inField, returned.value);
      returned.value = '';
    },
    emptied() {
      if (inField === '') return;
      inField = '';
      void keep();
    },
  };

  return {
    talk,
    get gate() {
      return holding ? wanted : letters.gate;
    },
    get epoch() {
      return letters.epoch;
    },
    /** as if it was sent just now, to this person */
    write: (text: string, to: string) => write(text, to),
    control: letters.control,
    open(epoch: number, gate: Gate) {
      if (ended) return;
      secure.value = gate === 'open';
      wanted = gate;
      letters.open(epoch, holding && gate === 'open' ? 'control' : gate);
      if (gate === 'open') signs.repeat();
    },
    pause() {
      secure.value = false;
      wanted = 'closed';
      letters.pause();
    },
    /** from now on texts are written for this person; those for somebody else go back to the composer [C5] */
    person(next: string) {
      for (const one of [...letters.texts(), ...fresh]) one.person ??= person ?? next;
      person = next;
      const unsaid = fresh.filter((one) => one.person !== next);
      fresh = fresh.filter((one) => one.person === next);
      const others = letters.texts().filter((letter) => letter.person !== next);
      if (others.length > 0 || unsaid.length > 0) giveBack(others, unsaid);
    },
    system: (code: SystemLine, name?: string) =>
      timeline.line({ is: 'system', code, from: 'them', atMs: clock.nowMs(), ...(name !== undefined && { name }) }),
    /** a frame that the service told of */
    frame(stored: Pick<StoredFrame, 'seq' | 'frame'>) {
      if (!ended) frames.hint(stored);
    },
    sign: (frame: string) => void signs.heard(frame),
    /** reads the store, repeats what has no answer; resolves when what was there is shown: true when that is all */
    async catchUp() {
      if (ended) return false;
      const all = await frames.catchUp();
      letters.again();
      signs.repeatOwed();
      return all;
    },
    reconnected: signs.repeat,
    /** only from `events.keys` */
    openClosed: frames.openClosed,
    /** what was shown so far is another person's now: closed, and nothing written for it is kept */
    sealOff() {
      const atMs = clock.nowMs();
      const any = timeline.items.value.length > 0;
      frames.forgetClosed();
      fresh = [];
      letters.drop(letters.texts());
      returned.value = '';
      inField = '';
      timeline.clear();
      if (any) timeline.line({ is: 'sealed_off', from: 'them', atMs });
      void keep();
    },
    silent(is: boolean) {
      peerSilent.value = is;
    },
    /** what an earlier page kept, before anything is read */
    restore({ waiting, returned: back, upTo, marked: kept, read }: KeptTalk) {
      frames.restore(upTo);
      if (read) signs.restore(read);
      if (kept) letters.restoreMarked(kept);
      holding = waiting.length > 0;
      for (const one of waiting) letters.text(one.mid, one.text, one.person || null);
      returned.value = back;
    },
    /** … and once the store was read: what of it is not there stands at the end */
    restored() {
      for (const { mid, text } of letters.texts().flatMap(waitingText)) if (!has(keyOf('me', mid))) pending(mid, text);
      if (!holding) return;
      holding = false;
      if (wanted === 'open') letters.open(letters.epoch, wanted);
    },
    /** no key stays; `wipe`: nothing that was shown stays either */
    end(texts: 'keep' | 'wipe') {
      ended = true;
      fresh = [];
      secure.value = false;
      peerSilent.value = false;
      ring.wipe();
      letters.clear();
      signs.clear();
      frames.clear();
      timeline.end();
      if (texts === 'keep') return;
      returned.value = '';
      timeline.clear();
    },
  };
}
export type Conversation = ReturnType<typeof createConversation>;
