import { batch, computed, signal } from '@preact/signals-core';
import { newRequestId, type VisitId } from '../../ids.ts';
import { limits } from '../../limits.ts';
import type { ProblemCode } from '../../problem.ts';
import type { CounsellorHints, DeskState, HeldVisit } from '../../protocol/counsellor.ts';
import { refused, type Ack } from '../../protocol/wire.ts';
import { createAgain } from '../again.ts';
import { createWatch } from '../connection.ts';
import type { Cancel, DeskPorts } from '../ports.ts';
import type { Conversation } from '../talk/conversation.ts';
import type { Connection, Desk, DeskView } from '../views.ts';
import { createBoard } from './board.ts';
import { createHeldTalk, type HeldTalk } from './heldTalk.ts';
import { shredded } from './row.ts';
import { createDeskSession, type DeskSession } from './session.ts';

const nothing = <V>(ack: Ack<V>): Ack<null> => (ack.ok ? { ok: true, value: null } : ack);

/** The counsellor's engine: one seat, several conversations. Nothing happens before `enter`. */
// over 80 lines because whatever is heard at a desk meets here
export function createDesk(ports: DeskPorts): Desk {
  const { clock, keep } = ports;
  const device = { ...ports.device };
  const session = signal<DeskSession | null>(null);
  const board = createBoard();
  const problem = signal<ProblemCode | null>(null);
  const held = signal<readonly HeldTalk[]>([]);
  let stops: Cancel[] = [];
  let swept = false;
  let life = '';
  /** what ended here stays ended, whoever still names it [A3] */
  const finished = new Set<VisitId>();

  const watch = createWatch({
    ...ports,
    refresh: () => void refresh(),
    pulsed: () => session.value?.seated === true,
  });
  const talkOf = (visitId: VisitId) => held.value.find(({ view, over }) => view.visitId === visitId && !over);

  /** @returns null for a visit that has ended on this page */
  function hold(visit: HeldVisit, asked?: number): HeldTalk | null {
    const there = talkOf(visit.visitId);
    if (there?.hold === visit.hold) {
      void there.follow(visit, asked);
      return there;
    }
    // the same visit, handed out again: what was left of the earlier time goes
    there?.released(null);
    const link = session.value?.link;
    if (!link) throw new Error('no connection to hold a visit by');
    if (finished.has(visit.visitId)) {
      const { visitId, hold: number } = visit;
      void link.request('desk:end', { visitId, hold: number, why: 'done', requestId: newRequestId() });
      return null;
    }
    const finish = () => void finished.add(visit.visitId);
    const talk = createHeldTalk(visit, { ...ports, link, life: () => life, refresh: () => void refresh(), finish });
    held.value = [...held.value.filter(({ view }) => view.visitId !== visit.visitId), talk];
    void talk.follow(visit);
    return talk;
  }

  /**
   * @param mark what had been heard when this was asked for
   * @param asked what was known of each visit then, where nothing else could have crossed it
   */
  function apply(state: DeskState, mark: number, asked: ReadonlyMap<VisitId, number> = new Map()) {
    life = state.life;
    board.take(state, clock.nowMs(), mark);
    const listed = new Set(state.held.map(({ visitId }) => visitId));
    for (const talk of held.value) {
      const { visitId } = talk.view;
      if (talk.over || listed.has(visitId)) continue;
      const letGo = state.letGo.find((each) => each.visitId === visitId);
      if (letGo) talk.released(letGo.why);
      else void talk.vanished();
    }
    for (const visit of state.held) hold(visit, asked.get(visit.visitId));
    if (!swept) void sweep(listed);
  }

  /**
   * Rows of visits that ended while this console was away open nothing any more, and go. That a visit was met stays
   * for as long as one may live: who left it out may name it again, with somebody else behind it [K6].
   */
  async function sweep(listed: ReadonlySet<VisitId>) {
    swept = true;
    try {
      for (const row of (await keep.rows()).filter(({ visitId }) => !listed.has(visitId))) {
        const lives = row.met && clock.nowMs() - row.sinceMs < limits.visitMs;
        await (lives ? keep.write({ ...row, ...shredded }) : keep.remove(row.visitId));
      }
    } catch {
      swept = false;
    }
  }

  const refresh = createAgain(async () => {
    const now = session.value;
    if (!now?.seated) return;
    const mark = board.mark();
    const asked = new Map(held.value.map(({ view, rev }) => [view.visitId, rev]));
    const ack = await now.link.request('desk:state', {});
    if (session.value !== now) return;
    // no answer at all: the next one is asked for again
    if (ack.ok && Array.isArray((Object(ack.value) as DeskState).held)) apply(ack.value, mark, asked);
    else if (ack.ok) return;
    else if (ack.code === 'replaced') replaced();
    else if (ack.code === 'lost') void now.enterAgain();
  });

  function replaced() {
    session.value?.replaced();
    letGo();
  }
  function letGo() {
    for (const stop of stops) stop();
    stops = [];
    session.value?.close();
    for (const talk of held.value) talk.close();
    batch(() => {
      held.value = [];
      board.clear();
    });
  }

  /** @returns whether the device has another binding now */
  const rebinds = (asked: Promise<string | null>): Promise<boolean> =>
    asked.then((next) => {
      if (next !== null) Object.assign(device, { binding: next, chain: ports.device.chain });
      return next !== null;
    });

  function open(): DeskSession {
    let mark = 0;
    const opened: DeskSession = createDeskSession({
      ...ports,
      device,
      movedOn: () => rebinds(ports.movedOn().catch(() => null)),
      wish() {
        mark = board.mark();
        return board.wish();
      },
      entered(state) {
        apply(state, mark);
        for (const talk of held.value) talk.conversation.reconnected();
      },
      replaced,
      problem: (code) => (problem.value = code),
    });
    stops = listen(opened.link);
    return opened;
  }

  function listen(link: DeskSession['link']): Cancel[] {
    const of = (visitId: VisitId, then: (talk: HeldTalk) => void) => {
      const talk = talkOf(visitId);
      if (talk) then(talk);
      else void refresh();
    };
    const said = (visitId: VisitId, then: (conversation: Conversation) => void) =>
      of(visitId, ({ conversation }) => then(conversation));
    return [
      link.hear('desk:replaced', replaced),
      link.hear('desk:changed', () => void refresh()),
      link.hear('queue:changed', () => void refresh()),
      link.hear('offer:ring', (ring) => board.ring(ring, clock.nowMs())),
      link.hear('offer:off', ({ offerNo }) => board.silence(offerNo)),
      link.hear('visit:stage', (hint) => of(hint.visitId, (talk) => staged(talk, hint))),
      link.hear('key:sealed', ({ visitId, epoch, sealed }) => of(visitId, (talk) => talk.sealed(epoch, sealed))),
      link.hear('key:wanted', () => void refresh()),
      link.hear('talk:frame', ({ visitId, ...frame }) => said(visitId, (talk) => talk.frame(frame))),
      link.hear('talk:passing', ({ visitId, frame }) => said(visitId, (talk) => talk.sign(frame))),
      link.hear('talk:idle', ({ visitId, leftMs }) => of(visitId, (talk) => talk.idle(leftMs))),
      link.hear('peer:silent', ({ visitId }) => said(visitId, (talk) => talk.silent(true))),
      link.hear('peer:back', ({ visitId }) =>
        said(visitId, (talk) => {
          talk.silent(false);
          talk.reconnected();
        }),
      ),
      watch.over(link, (leaving) => link.hear('node:leaving', leaving)),
    ];
  }

  function staged(talk: HeldTalk, { rev, stage, hold: number, reason, released }: CounsellorHints['visit:stage']) {
    if (rev <= talk.rev || number < talk.hold) return;
    if (stage === 'ended') talk.ended(reason ?? 'while_away');
    else if (released) talk.released(released);
    else void refresh();
  }

  async function change(ask: (link: DeskSession['link']) => Promise<Ack<DeskState>>): Promise<Ack<null>> {
    const now = session.value;
    if (!now) return refused('unavailable');
    let mark = board.mark();
    let ack = await ask(now.link);
    if (!ack.ok && ack.code === 'lost') {
      // the store has forgotten this desk, and not what she pressed
      await now.enterAgain();
      mark = board.mark();
      ack = await ask(now.link);
    }
    if (ack.ok) apply(ack.value, mark);
    else problem.value = ack.code;
    return nothing(ack);
  }

  async function receive(ask: (link: DeskSession['link']) => Promise<Ack<HeldVisit>>): Promise<Ack<VisitId>> {
    const link = session.value?.link;
    if (!link) return refused('unavailable');
    const ack = await ask(link);
    void refresh();
    if (!ack.ok) return ack;
    const talk = hold(ack.value);
    return talk ? { ok: true, value: talk.view.visitId } : refused('ended');
  }

  return {
    ...board.view,
    view: computed((): DeskView => session.value?.view.value ?? { is: 'signed_out' }),
    connection: computed((): Connection => (session.value ? watch.connection.value : { is: 'connecting' })),
    me: computed(() => ({ name: device.name, site: device.site, demo: device.demo })),
    problem,
    talks: computed(() => held.value.map(({ view }) => view)),
    async enter({ takeOver = false } = {}) {
      if (session.value?.link.status.value.is === 'closed') {
        for (const stop of stops) stop();
        session.value = null;
      }
      session.value ??= open();
      await session.value.enter(takeOver);
    },
    setStatus: (status) => change((link) => link.request('desk:status', { status, requestId: newRequestId() })),
    setSlots: (next) => change((link) => link.request('desk:slots', { slots: next, requestId: newRequestId() })),
    setServes: (next) => change((link) => link.request('desk:serves', { serves: next, requestId: newRequestId() })),
    accept(offerNo) {
      return receive(async (link) => {
        const ack = await link.request('offer:accept', { offerNo, requestId: newRequestId() });
        if (ack.ok || ack.code === 'gone') board.silence(offerNo);
        return ack;
      });
    },
    async decline(offerNo) {
      board.silence(offerNo);
      await session.value?.link.request('offer:decline', { offerNo });
    },
    take: (ticket) => receive((link) => link.request('desk:take', { ticket, requestId: newRequestId() })),
    dismiss(visitId) {
      held.value = held.value.filter(({ view, over }) => view.visitId !== visitId || !over);
    },
    async leave() {
      const now = session.value;
      if (!now) return { ok: true, value: null };
      const ack = await now.link.request('desk:leave', {});
      if (!ack.ok) return ack;
      letGo();
      session.value = null;
      board.view.status.value = 'offline';
      return ack;
    },
    async renew(asked) {
      const rebound = rebinds(asked);
      await (session.value?.renew(rebound) ?? rebound);
    },
    tryNow() {
      const link = session.value?.link;
      if (link && link.status.value.is !== 'online') link.reconnect();
    },
  };
}
