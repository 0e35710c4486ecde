import { computed, signal } from '@preact/signals-core';
import { agreed } from '../../agreed.ts';
import { digestOf } from '../../digest.ts';
import type { VisitEnd } from '../../ids.ts';
import type { ProblemCode } from '../../problem.ts';
import type { VisitState } from '../../protocol/visitor.ts';
import type { Ack } from '../../protocol/wire.ts';
import { createAgain } from '../again.ts';
import { createWatch } from '../connection.ts';
import type { Cancel, VisitorPorts } from '../ports.ts';
import { createConversation } from '../talk/conversation.ts';
import * as timing from '../timing.ts';
import type { JoinInput } from '../views.ts';
import { createAlive } from './alive.ts';
import { askForPlace } from './askForPlace.ts';
import { createVisitorKeys } from './keys.ts';
import { createVisitorSocket } from './socket.ts';
import type { Vault } from './vault.ts';

interface Told {
  over(reason: VisitEnd): void;
  replaced(): void;
  /** the first question has become a letter */
  asked(): void;
}

/** Of a life's name: it is kept on the device, and whoever answers chooses it. */
const LIFE_CHARS_MAX = 64;
/** Answers after which asking the same again may help. */
const NOT_HEARD = new Set<ProblemCode>(['unavailable', 'too_fast']);

/** One visit on one page, from its first socket to its end. */
// over 80 lines because whatever is heard of a visit meets here
export function createVisit(ports: VisitorPorts, vault: Vault, start: 'new' | 'kept', told: Told) {
  const { clock, timers } = ports;
  const { visitId } = vault.kept;
  const state = signal<VisitState | null>(null);
  const idleLeftMs = signal<number | null>(null);
  const alive = createAlive(vault, clock);
  const unlocked = signal(start === 'new');
  /** the service's last word; shown as `state` once this page can judge it */
  let word: VisitState | null = null;
  let closed = false;
  let leaving = false;
  let joined = start === 'kept';
  let read = start === 'new';
  let misses = 0;
  /** what an earlier page kept opens here */
  let resumes = false;
  /** when the service said that the counsellor is silent */
  let silentMs: number | null = null;
  let unlock: () => void = () => undefined;
  let online: () => void = () => undefined;

  const socket = createVisitorSocket({
    ...ports,
    vault,
    start,
    online: () => online(),
    attached: (next) => void believe(next, true),
    unknown(life) {
      if (leaving) {
        leaving = false;
        return online();
      }
      told.over(life !== undefined && life === vault.kept.life ? alive.unseen() : 'lost');
    },
    replaced() {
      if (!closed) told.replaced();
    },
  });
  const { link } = socket;

  const conversation = createConversation({
    ...ports,
    ...{ visitId, side: 'v', ring: vault.ring },
    wire: {
      append: (frame) => link.request('talk:append', { frame }),
      passing: (frame) => link.request('talk:passing', { frame }),
      since: (seq, id) => link.request('talk:since', id === undefined ? { seq } : { seq, id }),
      restore: (frames) => link.request('talk:restore', { frames }),
    },
    events: {
      arrived(side, epoch) {
        if (side === 'c') keys.arrived(epoch);
      },
      confirmed: (epoch) => keys.confirmed(epoch),
      ...{ keys: () => Promise.resolve(), nick: () => undefined },
      said: () => void (idleLeftMs.value = null),
      refused: meet,
    },
    unlocked: start === 'new' ? Promise.resolve() : new Promise<void>((resolve) => (unlock = resolve)),
    sinceMs: () => vault.kept.sinceMs,
    keep(talk) {
      vault.contents.talk = talk;
      return vault.save();
    },
    author: (side, epoch) => (side === 'c' ? keys.author(epoch) : 'known'),
    nameAt: (epoch) => keys.nameAt(epoch),
  });
  const keys = createVisitorKeys({
    ...ports,
    ...{ vault, link },
    locked: start === 'kept',
    conversation: () => conversation,
    unlocked(opens) {
      unlocked.value = true;
      resumes = opens;
      unlock();
    },
    refresh: () => void refresh(),
    asked: () => told.asked(),
  });
  const watch = createWatch({
    ...ports,
    refresh() {
      keys.looked();
      void refresh();
    },
    pulsed: () => state.value?.stage === 'talking',
  });

  /** Codes that change more than the request that met them. */
  function meet(code: ProblemCode) {
    if (closed) return;
    if (code === 'ended') told.over(alive.unseen());
    else if (code === 'replaced') told.replaced();
    // the store does not know the visit: a new connection hears which life of the store that is
    else if (code === 'lost') timers.after(timing.hintLateMs, () => closed || link.reconnect());
    else if (code === 'stale_epoch') void refresh();
    else if (code === 'streams_full') void link.request('key:ask', { epoch: conversation.epoch });
  }

  async function believe(next: VisitState, attached = false) {
    if (closed || next.visitId !== visitId) return;
    word = next;
    const { stage } = next;
    const life = typeof next.life === 'string' && next.life.length <= LIFE_CHARS_MAX ? next.life : '';
    alive.heard(stage === 'talking', life);
    keys.word(next);
    const judged = read;
    if (judged) show(next);
    if (attached) conversation.reconnected();
    if (!read || stage === 'talking' || next.last > 0 || next.epoch > 0) {
      const all = await conversation.catchUp();
      if (closed || word !== next) return;
      if (!judged) show(next);
      if (!read && !all) return unread(); // what waits stays here until all that was said is known
      if (!read) resume();
      if (all) keys.caughtUp();
    }
  }

  function show(next: VisitState) {
    state.value = next;
    idleLeftMs.value = next.idleLeftMs ?? null;
    const { peerAgeMs = 0 } = next;
    // the service's word on it stands until a sign of life came after it
    const stands = silentMs !== null && clock.nowMs() - peerAgeMs < silentMs;
    conversation.silent(next.stage === 'talking' && (stands || peerAgeMs >= timing.silentAfterMs));
  }

  /** Asked for once more, and then the page goes by what it kept. */
  function unread() {
    misses += 1;
    if (misses > 1) keys.resumed();
    timers.after(timing.resendAfterMs, () => void refresh());
  }

  /** What was kept has been read, and so has the store: the conversation stands there as it was. */
  function resume() {
    read = true;
    keys.resumed();
    conversation.restored();
    if (resumes && conversation.talk.items.value.length > 0) conversation.system('resumed');
  }

  const refresh = createAgain(async () => {
    if (!joined || closed) return;
    const asked = word?.rev ?? 0;
    const ack = await link.request('visit:state', {});
    if (!ack.ok) return meet(ack.code);
    // older than when it was asked: the store has gone back, and it is the truth; than what was heard since: it crossed it
    const said = Object(ack.value) as VisitState; // anything at all may stand there
    if (said.rev < (word?.rev ?? 0) && word?.rev !== asked) return;
    void believe(said); // the next hint asks again while what this word tells of is still being read
  });

  const newer = (rev: number) => rev > (word?.rev ?? 0);
  const stops: Cancel[] = [
    link.status.subscribe(({ is }) => alive.connected(is === 'online')),
    ports.page.onLeave(alive.gone),
    link.hear('visit:stage', ({ rev, stage, reason }) => {
      if (closed || !newer(rev)) return;
      if (stage === 'ended') told.over(reason ?? alive.unseen());
      else void refresh();
    }),
    link.hear('visit:replaced', () => void (closed || told.replaced())),
    link.hear('queue:moved', ({ ahead, range, staffed }) => {
      if (state.value) state.value = { ...state.value, ahead, range, staffed };
    }),
    link.hear('key:offered', () => void refresh()),
    link.hear('key:opened', () => void refresh()),
    link.hear('talk:frame', (frame) => conversation.frame(frame)),
    link.hear('talk:passing', ({ frame }) => conversation.sign(frame)),
    link.hear('talk:idle', ({ leftMs }) => void (idleLeftMs.value = leftMs)),
    link.hear('peer:silent', () => {
      silentMs = clock.nowMs();
      conversation.silent(true);
    }),
    link.hear('peer:back', () => {
      silentMs = null;
      conversation.silent(false);
      conversation.reconnected();
    }),
    watch.over(link, (leaving) => link.hear('node:leaving', leaving)),
  ];

  const whenOnline = () =>
    new Promise<void>((resolve) => {
      if (link.status.value.is === 'online') return resolve();
      const giveUp = timers.after(agreed.ackWaitMs, resolve);
      online = () => {
        giveUp();
        resolve();
      };
    });

  return {
    vault,
    keys,
    conversation,
    connection: watch.connection,
    /** what the service says and this page has judged; null until what was kept is read */
    state: computed(() => state.value),
    idleLeftMs,
    /** what was kept under the share has been read */
    unlocked,
    async join({ role, topic, lang }: JoinInput): Promise<Ack<null>> {
      const { proof, vnonce, token } = vault.kept;
      const input = { proof, role, topic, lang, vnonce, first: await digestOf(token), share: vault.share };
      const ask = () => whenOnline().then(() => link.request('visit:join', input));
      const ack = await askForPlace(ask, timers);
      if (!ack.ok) return ack;
      alive.heard(false, ack.value.life);
      joined = true;
      socket.joined();
      await refresh();
      return { ok: true, value: null };
    },
    /** a person says that it is here */
    async here(): Promise<Ack<null>> {
      keys.touched();
      if (state.value?.stage === 'opening') return { ok: true, value: null };
      const ack = await link.request('queue:here', {});
      if (!ack.ok) return ack;
      idleLeftMs.value = null;
      await refresh();
      return { ok: true, value: null };
    },
    tryNow() {
      if (link.status.value.is !== 'online') link.reconnect();
    },
    reconnect: () => link.reconnect(),
    /** Tells the service until it has heard. `tried` resolves after the first time, `heard` when it is over. */
    leave() {
      closed = true;
      leaving = true;
      keys.stop();
      const { token } = vault.kept;
      const say = async () => {
        const ack = await link.request('visit:end', { why: 'left' });
        if (ack.ok || !NOT_HEARD.has(ack.code)) leaving = false;
      };
      const tried = say().then(() => {
        if (leaving) ports.beacon(JSON.stringify({ visitId, token, why: 'left' }));
      });
      const heard = tried.then(async () => {
        while (leaving) {
          await new Promise<void>((resolve) => {
            online = resolve;
            timers.after(timing.resendAfterMs, resolve);
          });
          if (leaving) await say();
        }
      });
      return { tried, heard };
    },
    close() {
      closed = true;
      leaving = false;
      keys.stop();
      for (const stop of stops) stop();
      socket.close();
    },
  };
}
export type Visit = ReturnType<typeof createVisit>;
