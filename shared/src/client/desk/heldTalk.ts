import { signal } from '@preact/signals-core';
import { agreed } from '../../agreed.ts';
import { normaliseLine } from '../../crypto/text.ts';
import { newRequestId, type Release, type VisitEnd } from '../../ids.ts';
import type { ProblemCode } from '../../problem.ts';
import type { HeldVisit } from '../../protocol/counsellor.ts';
import type { CounsellorLink, DeskPorts } from '../ports.ts';
import { createConversation } from '../talk/conversation.ts';
import { createKeyring, type KeyText } from '../talk/keyring.ts';
import { streamOf } from '../talk/streams.ts';
import * as timing from '../timing.ts';
import type { DeskTalk } from '../views.ts';
import { createDeskKeys } from './keys.ts';
import { createDeskRow } from './row.ts';

interface Ports extends DeskPorts {
  link: CounsellorLink;
  /** the life of the store that this console talks to */
  life(): string;
  /** asks the service for its whole word */
  refresh(): void;
  /** it ended, for good */
  finish(): void;
}

/** To the engine every visitor is one person; whether it still is the same one the links say. */
const VISITOR = 'v';

/** One visit that this console holds, or has held. */
// over 80 lines because whatever is heard of a held visit meets here
export function createHeldTalk(first: HeldVisit, ports: Ports) {
  const { link, clock, keep, refresh } = ports;
  const { visitId, hold, vnonce } = first;
  const fence = { visitId, hold };
  const ring = createKeyring(visitId);
  const row = createDeskRow(keep, visitId, ring, clock.nowMs());
  const nick = signal('');
  const stage = signal<DeskTalk['stage']['value']>({ is: 'opening' });
  const idleLeftMs = signal<number | null>(null);
  const news = signal(0);
  let latest = first;
  /** the life of the store that knew the visit last */
  let knownIn = ports.life();
  let read = false;
  /** what an earlier page kept opens here */
  let resumes = false;
  let unlock: () => void = () => undefined;
  /** said once, however often the visitor sends keys */
  let keptTold = false;
  let over = false;

  const save = () => row.save(hold, latest.epoch).catch(() => undefined);
  const conversation = createConversation({
    ...ports,
    visitId,
    side: 'c',
    ring,
    wire: {
      append: (frame) => link.request('talk:append', { ...fence, frame }),
      passing: (frame) => link.request('talk:passing', { ...fence, frame }),
      since: (seq, id) => link.request('talk:since', { ...fence, seq, ...(id === undefined ? {} : { id }) }),
      restore: (frames) => link.request('talk:restore', { ...fence, frames }),
    },
    events: {
      arrived: () => undefined,
      confirmed: (epoch) => keys.confirmed(epoch),
      keys: history,
      nick: setNick,
      said(header) {
        idleLeftMs.value = null;
        // an earlier page had it, and told of it [D44]
        const had = header && row.talk.upTo.some(([stream, n]) => stream === streamOf(header) && header.n <= n);
        if (header && !had) news.value += 1;
      },
      refused: meet,
    },
    unlocked: new Promise<void>((resolve) => (unlock = resolve)),
    sinceMs: () => row.sinceMs,
    keep(talk) {
      row.talk = talk;
      return save();
    },
    author: (side, epoch) => (side === 'v' || row.mine.has(epoch) ? 'known' : 'colleague'),
  });
  conversation.person(VISITOR);
  const keys = createDeskKeys({
    ...ports,
    ...fence,
    vnonce,
    ring,
    row,
    conversation: () => conversation,
    unlocked(opens) {
      nick.value = row.nick;
      resumes = opens;
      unlock();
    },
    talking() {
      if (!over) stage.value = { is: 'talking' };
    },
    letGo: () => released('unkept'),
    refused: meet,
    unknown: () => conversation.system('unlinked'),
    unlinked() {
      nick.value = '';
      row.nick = '';
      conversation.sealOff();
      conversation.system('unlinked');
    },
  });

  function setNick(given: string) {
    const clean = normaliseLine(given, agreed.nickUnitsMax);
    const next = clean.ok ? clean.text : '';
    if (next === nick.value) return;
    nick.value = next;
    row.nick = next;
    void save();
  }

  async function history(given: readonly KeyText[], epoch: number) {
    await ring.holdTexts(given.filter(([earlier]) => earlier < epoch));
    if (given.length > 0) void save();
    const { opened, left } = await conversation.openClosed();
    if (opened > 0 && left === 0) conversation.system('history_shared');
    if (left === 0 || keptTold) return;
    keptTold = true;
    conversation.system('history_kept');
  }

  const isOver = (code: ProblemCode, life?: string) => code === 'ended' || (code === 'lost' && life === knownIn);

  /** Codes that change more than the request that met them. */
  function meet(code: ProblemCode, life?: string) {
    if (isOver(code, life)) ports.timers.after(timing.hintLateMs, () => ended('while_away'));
    else if (code === 'lost') ended('lost');
    else if (code === 'not_yours' || code === 'stale_epoch' || code === 'streams_full') refresh();
  }

  function finish(last: DeskTalk['stage']['value'], texts: 'keep' | 'wipe') {
    if (over) return;
    over = true;
    keys.stop();
    conversation.end(texts);
    idleLeftMs.value = null;
    if (texts === 'wipe') nick.value = '';
    stage.value = last;
    void (last.is === 'released' ? row.shred(hold) : row.remove()).catch(() => undefined);
  }
  function ended(reason: VisitEnd) {
    finish({ is: 'ended', reason }, reason === 'lost' ? 'keep' : 'wipe');
    if (reason !== 'lost') ports.finish();
  }
  const released = (why: Release | null) => finish({ is: 'released', why }, 'wipe');

  /**
   * The service's word on it.
   *
   * @param asked what was known when it was asked for: an older word is then the truth of a store that went back
   */
  async function follow(held: HeldVisit, asked = NaN) {
    if (over || held.hold !== hold || (held.rev < latest.rev && latest.rev !== asked)) return;
    latest = held;
    knownIn = ports.life();
    if (held.stage === 'talking') stage.value = { is: 'talking' };
    idleLeftMs.value = held.idleLeftMs ?? null;
    conversation.silent(held.peer === 'away');
    keys.word(held);
    if (read && held.last === 0 && held.stage !== 'talking') return;
    const all = await conversation.catchUp();
    if (read || over) return;
    if (!all) return void ports.timers.after(timing.resendAfterMs, refresh);
    read = true;
    conversation.restored();
    if (resumes && conversation.talk.items.value.length > 0) conversation.system('resumed');
  }

  const view: DeskTalk = {
    visitId,
    role: first.role,
    topic: first.topic,
    lang: first.lang,
    waitedMs: first.waitedMs,
    startedMs: clock.nowMs() - (first.talkedMs ?? 0),
    nick,
    stage,
    idleLeftMs,
    talk: conversation.talk,
    news,
    async end(why) {
      if (over) return { ok: true, value: null };
      const ack = await link.request('desk:end', { ...fence, why, requestId: newRequestId() });
      if (ack.ok) ended(why === 'block' ? 'blocked' : 'counsellor_ended');
      else meet(ack.code, ack.life);
      return ack;
    },
    async putBack() {
      if (over) return { ok: true, value: null };
      const ack = await link.request('desk:release', { ...fence, why: 'visitor_away' });
      if (ack.ok) released('visitor_away');
      else if (over) return { ok: true, value: null }; // a second press that came after the first
      else if (ack.code === 'not_away') refresh();
      else meet(ack.code, ack.life);
      return ack;
    },
  };

  return {
    view,
    conversation,
    hold,
    get rev() {
      return latest.rev;
    },
    get over() {
      return over;
    },
    follow,
    sealed: keys.sealed,
    /** the service no longer lists it: it is asked why */
    async vanished() {
      const ack = await link.request('talk:since', { ...fence, seq: 0 });
      if (ack.ok) return;
      if (ack.code === 'not_yours') released(null);
      else if (isOver(ack.code, ack.life)) ended('while_away');
      else meet(ack.code, ack.life);
    },
    ended,
    released,
    idle: (leftMs: number) => void (idleLeftMs.value = leftMs),
    /** the console goes; the row stays for the next page */
    close() {
      over = true;
      keys.stop();
      row.stop();
      conversation.end('wipe');
      nick.value = '';
    },
  };
}
export type HeldTalk = ReturnType<typeof createHeldTalk>;
