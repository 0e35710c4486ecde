import { signal } from '@preact/signals-core';
import { fromBase64url } from '../base64url.ts';
import { wipe } from '../bytes.ts';
import { normaliseLine } from '../crypto/text.ts';
import { newRequestId, type EndReason, type Release } from '../ids.ts';
import { agreed } from '../agreed.ts';
import type { ProblemCode } from '../problem.ts';
import type { HeldVisit } from '../protocol/counsellor.ts';
import { createDeskKeys } from './deskKeys.ts';
import { createDeskRow } from './deskRow.ts';
import { createKeyring } from './keyring.ts';
import type { CounsellorLink, DeskPorts } from './ports.ts';
import { createSerial } from './serial.ts';
import { createConversation } from './talk.ts';
import type { Conversation } from './talkPorts.ts';
import type { DeskTalk } from './views.ts';

interface Ports extends DeskPorts {
  link: CounsellorLink;
  /** asks the service for its whole word */
  look(): void;
  /** it ended, for good */
  finish(): void;
}

/** One visit that this console holds, or has held. */
export interface HeldTalk {
  readonly view: DeskTalk;
  readonly conversation: Conversation;
  readonly hold: number;
  readonly over: boolean;
  /** the service's word on it; what is older than the last one is not believed */
  follow(held: HeldVisit): Promise<void>;
  newer(rev: number): boolean;
  sealed(epoch: number, sealed: string): void;
  /** the service no longer lists it: it is asked why */
  vanished(): Promise<void>;
  ended(reason: EndReason): void;
  released(why: Release | null): void;
  idle(leftMs: number): void;
  /** the console goes; the row stays for the next page */
  close(): void;
}

/** To the engine every visitor is one person; whether it still is the same one the links say. */
const VISITOR = 'v';

export function createHeldTalk(first: HeldVisit, ports: Ports): HeldTalk {
  const { link, clock, timers, page, keep, device, look } = ports;
  const { visitId, hold } = first;
  const serial = createSerial();
  const ring = createKeyring(visitId);
  const row = createDeskRow(keep, visitId, ring);
  const nick = signal('');
  const stage = signal<DeskTalk['stage']['value']>({ is: 'opening' });
  const idleLeftMs = signal<number | null>(null);
  let latest = first;
  let unlocked = false;
  /** said once, however often the visitor sends keys */
  let keptTold = false;
  let over = false;

  const conversation = createConversation({
    visitId,
    side: 'c',
    ring,
    clock,
    timers,
    page,
    wire: {
      append: (frame) => link.request('talk:append', { visitId, hold, frame }),
      passing: (frame) => link.request('talk:passing', { visitId, hold, frame }),
      since: (seq, id) => link.request('talk:since', { visitId, hold, seq, ...(id === undefined ? {} : { id }) }),
      restore: (frames) => link.request('talk:restore', { visitId, hold, frames }),
    },
    events: {
      arrived: () => undefined,
      confirmed: (epoch) => keys.confirmed(epoch),
      keys: history,
      nick: setNick,
      stored(mid) {
        idleLeftMs.value = null;
        keys.stored(mid);
      },
      refused: meet,
    },
    author: (side, epoch) => (side === 'v' || row.mine.has(epoch) ? 'known' : 'colleague'),
  });
  conversation.person(VISITOR);
  const keys = createDeskKeys({
    device,
    timers,
    ring,
    row,
    link,
    look,
    conversation: () => conversation,
    talking() {
      if (!over) stage.value = { is: 'talking' };
    },
    unkept: () => void letGo(),
    unknown: () => conversation.system('unlinked'),
    unlinked() {
      nick.value = '';
      row.nick = '';
      conversation.sealOff();
      conversation.system('unlinked');
    },
  });

  const save = () => void row.save(hold, latest.epoch).catch(() => undefined);

  function setNick(given: string) {
    const clean = normaliseLine(given, agreed.nickUnitsMax);
    const next = clean.ok ? clean.text : '';
    if (next === nick.value) return;
    nick.value = next;
    row.nick = next;
    save();
  }

  async function history(given: readonly (readonly [number, string])[], epoch: number) {
    for (const [earlier, ck] of given) {
      const secret = earlier < epoch ? fromBase64url(ck) : null;
      if (!secret) continue;
      await ring.hold(earlier, secret);
      wipe(secret);
    }
    if (given.length > 0) save();
    const { opened, left } = await conversation.openClosed();
    if (opened > 0 && left === 0) conversation.system('history_shared');
    if (left === 0 || keptTold) return;
    keptTold = true;
    conversation.system('history_kept');
  }

  function meet(code: ProblemCode) {
    if (code === 'ended' || code === 'lost') ended(code === 'lost' ? 'lost' : likely());
    else if (code === 'not_yours' || code === 'stale_epoch' || code === 'streams_full') look();
  }
  /** Who was away when it ended hears no reason. */
  const likely = (): EndReason => (latest.peer === 'away' ? 'visitor_gone' : 'visitor_left');

  function finish(last: DeskTalk['stage']['value'], texts: 'keep' | 'wipe') {
    if (over) return;
    over = true;
    keys.close();
    conversation.end({ texts });
    if (texts === 'wipe') nick.value = '';
    stage.value = last;
    void row.remove().catch(() => undefined);
  }
  function ended(reason: EndReason) {
    finish({ is: 'ended', reason }, reason === 'lost' ? 'keep' : 'wipe');
    if (reason !== 'lost') ports.finish();
  }
  const released = (why: Release | null) => finish({ is: 'released', why }, 'wipe');

  /** This computer cannot keep the key: the visitor is somebody else's at once. */
  async function letGo() {
    const ack = await link.request('desk:release', { visitId, hold, why: 'unkept' });
    if (ack.ok) released('unkept');
    else meet(ack.code);
  }

  async function follow(held: HeldVisit) {
    if (over || held.rev < latest.rev || held.hold !== hold) return;
    latest = held;
    idleLeftMs.value = held.idleLeftMs ?? null;
    if (held.stage === 'talking') stage.value = { is: 'talking' };
    conversation.silent(held.peer === 'away');
    if (!unlocked) {
      unlocked = true;
      if (await row.unlock(held.share).catch(() => false)) {
        nick.value = row.nick;
        await conversation.look();
        if (conversation.talk.items.value.length > 0) conversation.system('resumed');
      }
    }
    await keys.follow(held);
    if (!over && (held.last > 0 || held.stage === 'talking')) await conversation.look();
  }

  return {
    view: {
      visitId,
      role: first.role,
      topic: first.topic,
      lang: first.lang,
      waitedMs: first.waitedMs,
      startedMs: clock.nowMs() - (first.talkedMs ?? 0),
      nick,
      stage,
      talk: conversation.talk,
      idleLeftMs,
      async end(why) {
        if (over) return { ok: true, value: null };
        const requestId = newRequestId();
        const ack = await link.request('desk:end', { visitId, hold, why, requestId });
        if (ack.ok) ended(why === 'block' ? 'blocked' : 'counsellor_ended');
        else meet(ack.code);
        return ack;
      },
    },
    conversation,
    hold,
    get over() {
      return over;
    },
    newer: (rev) => rev > latest.rev,
    follow: (held) => serial(() => follow(held)),
    sealed: (epoch, sealed) =>
      void serial(async () => {
        if (over || epoch !== latest.epoch) return look();
        await keys.follow({ ...latest, sealed });
      }),
    async vanished() {
      const ack = await link.request('talk:since', { visitId, hold, seq: 0 });
      if (ack.ok) return;
      if (ack.code === 'not_yours') released(null);
      else meet(ack.code);
    },
    ended,
    released,
    idle: (leftMs) => (idleLeftMs.value = leftMs),
    close() {
      over = true;
      keys.close();
      conversation.end({ texts: 'wipe' });
      nick.value = '';
    },
  };
}
