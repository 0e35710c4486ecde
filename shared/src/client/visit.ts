import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import { digestOf } from '../digest.ts';
import { agreed } from '../agreed.ts';
import type { EndReason, Language } from '../ids.ts';
import type { ProblemCode } from '../problem.ts';
import type { VisitState } from '../protocol/visitor.ts';
import { refused, type Ack } from '../protocol/wire.ts';
import { createAgain } from './again.ts';
import { createWatch } from './connection.ts';
import type { VisitorPorts } from './ports.ts';
import { createConversation } from './talk.ts';
import type { Conversation } from './talkPorts.ts';
import { timing } from './timing.ts';
import type { Connection } from './views.ts';
import { createVisitorKeys, type VisitorKeys } from './visitorKeys.ts';
import { createVisitorSocket } from './visitorSocket.ts';
import type { Vault } from './visitorVault.ts';
import { frontAfter, type Front } from './visitorView.ts';

interface Told {
  over(reason: EndReason | null): void;
  replaced(): void;
}

/** One visit on one page, from its first socket to its end. */
export interface Visit {
  readonly vault: Vault;
  readonly keys: VisitorKeys;
  readonly conversation: Conversation;
  readonly connection: ReadonlySignal<Connection>;
  readonly state: ReadonlySignal<VisitState | null>;
  readonly front: ReadonlySignal<Front>;
  readonly idleLeftMs: ReadonlySignal<number | null>;
  /** what was kept under the share has been read */
  readonly unlocked: ReadonlySignal<boolean>;
  join(lang: Language): Promise<Ack<null>>;
  here(): Promise<Ack<null>>;
  look(): Promise<void>;
  tryNow(): void;
  reconnect(): void;
  leave(): Promise<void>;
  close(): void;
}

const JOIN_TRIES = 3;

export function createVisit(ports: VisitorPorts, vault: Vault, start: 'new' | 'kept', told: Told): Visit {
  const { clock, timers, page, pins } = ports;
  const { visitId } = vault.kept;
  const state = signal<VisitState | null>(null);
  const front = signal<Front>(null);
  const idleLeftMs = signal<number | null>(null);
  const unlocked = signal(start === 'new');
  let closed = false;
  let joined = start === 'kept';
  let wakeJoin: () => void = () => undefined;

  const socket = createVisitorSocket({
    ...ports,
    vault,
    start,
    online: () => wakeJoin(),
    attached: (attached) => void apply(attached, true),
    ...told,
  });
  const { link } = socket;

  const conversation = createConversation({
    visitId,
    side: 'v',
    ring: vault.ring,
    clock,
    timers,
    page,
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
      keys: () => Promise.resolve(),
      nick: () => undefined,
      stored(mid) {
        idleLeftMs.value = null;
        keys.stored(mid);
      },
      refused: meet,
    },
    author: (side, epoch) => (side === 'c' ? keys.author(epoch) : 'known'),
    nameAt: (epoch) => keys.nameAt(epoch),
  });
  const keys = createVisitorKeys({ vault, link, pins, clock, page, conversation: () => conversation });
  const watch = createWatch({
    clock,
    timers,
    page,
    look: () => void look().then(keys.seen),
    pulsed: () => state.value?.stage === 'talking',
  });

  /** Codes that change more than the request that met them. */
  function meet(code: ProblemCode) {
    if (closed) return;
    if (code === 'ended') told.over(null);
    else if (code === 'replaced') told.replaced();
    // the store forgot the visit: only a new connection can say whether for good
    else if (code === 'lost') link.reconnect();
    else if (code === 'stale_epoch') void look();
    else if (code === 'streams_full') void link.request('key:ask', { epoch: conversation.epoch });
  }

  async function apply(next: VisitState, attached = false) {
    if (closed || next.visitId !== visitId || next.rev < (state.value?.rev ?? 0)) return;
    if (attached && !unlocked.value) await unlock(next);
    if (closed) return;
    front.value = frontAfter(state.value, next, front.value);
    state.value = next;
    conversation.silent(next.stage === 'talking' && (next.peerAgeMs ?? 0) >= timing.silentAfterMs);
    if (attached) conversation.reconnected();
    await keys.follow(next);
    if (closed) return;
    if (next.stage === 'talking' || next.last > 0 || next.epoch > 0) await conversation.look();
    await keys.looked();
  }

  async function unlock(next: VisitState) {
    if (await vault.unlock(next.share)) {
      keys.restore();
      await conversation.look();
      if (conversation.talk.items.value.length > 0) conversation.system('resumed');
      await keys.looked();
    } else {
      // what was kept opens no more: a share of one's own, so that the next reload finds something
      await vault.save({});
      await link.request('key:share', vault.share);
    }
    unlocked.value = true;
  }

  const look = createAgain(async () => {
    if (!joined || closed) return;
    const ack = await link.request('visit:state', {});
    if (ack.ok) await apply(ack.value);
    else meet(ack.code);
  });

  const newer = (rev: number) => rev > (state.value?.rev ?? 0);
  const stops = [
    link.hear('visit:stage', ({ rev, stage, reason }) => {
      if (!newer(rev)) return;
      if (stage === 'ended') told.over(reason ?? null);
      else void look();
    }),
    link.hear('visit:replaced', () => told.replaced()),
    link.hear('queue:moved', ({ ahead, range, staffed }) => {
      if (state.value) state.value = { ...state.value, ahead, range, staffed };
    }),
    link.hear('key:offered', ({ rev }) => {
      if (rev >= (state.value?.rev ?? 0)) void look();
    }),
    link.hear('key:opened', () => void look()),
    link.hear('talk:frame', (frame) => {
      idleLeftMs.value = null;
      conversation.hint(frame);
    }),
    link.hear('talk:passing', ({ frame }) => conversation.passing(frame)),
    link.hear('talk:idle', ({ leftMs }) => (idleLeftMs.value = leftMs)),
    link.hear('peer:silent', () => conversation.silent(true)),
    link.hear('peer:back', () => {
      conversation.silent(false);
      conversation.reconnected();
    }),
    link.hear('node:leaving', ({ jitterMs }) => timers.after(Math.random() * jitterMs, () => link.reconnect())),
    watch.over(link),
  ];

  const online = () =>
    new Promise<void>((resolve) => {
      if (link.status.value.is === 'online') return resolve();
      const giveUp = timers.after(agreed.ackWaitMs, resolve);
      wakeJoin = () => {
        giveUp();
        resolve();
      };
    });

  return {
    vault,
    keys,
    conversation,
    connection: watch.connection,
    state: computed(() => state.value),
    front,
    idleLeftMs,
    unlocked,
    async join(lang) {
      const { proof, role, topic, vnonce, token } = vault.kept;
      const input = { proof, role, topic, lang, vnonce, first: await digestOf(token), share: vault.share };
      let ack: Ack<unknown> = refused('unavailable');
      for (let tried = 0; tried < JOIN_TRIES && !ack.ok && ack.code === 'unavailable' && !closed; tried += 1) {
        await online();
        ack = await link.request('visit:join', input);
      }
      if (!ack.ok) return ack;
      joined = true;
      socket.joined();
      await look();
      return { ok: true, value: null };
    },
    async here() {
      keys.awake();
      await keys.seen();
      if (state.value?.stage === 'opening') return { ok: true, value: null };
      const ack = await link.request('queue:here', {});
      if (!ack.ok) return ack;
      front.value = null;
      idleLeftMs.value = null;
      await look();
      return { ok: true, value: null };
    },
    look,
    reconnect: () => link.reconnect(),
    tryNow() {
      if (link.status.value.is !== 'online') link.reconnect();
    },
    async leave() {
      const ack = await link.request('visit:end', { why: 'left' });
      const { token } = vault.kept;
      if (!ack.ok && ack.code === 'unavailable') ports.beacon(JSON.stringify({ visitId, token, why: 'left' }));
    },
    close() {
      closed = true;
      for (const stop of stops) stop();
      socket.close();
    },
  };
}
