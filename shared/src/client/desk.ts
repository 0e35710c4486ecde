import { batch, computed, signal } from '@preact/signals-core';
import { newRequestId, type DeskStatus, type VisitId } from '../ids.ts';
import type { ProblemCode } from '../problem.ts';
import type { CounsellorHints, DeskState, HeldVisit, QueueRow, Ring } from '../protocol/counsellor.ts';
import { refused, type Ack } from '../protocol/wire.ts';
import { createAgain } from './again.ts';
import { createWatch } from './connection.ts';
import { createDeskSession, type DeskSession } from './deskSession.ts';
import { createHeldTalk, type HeldTalk } from './deskTalk.ts';
import type { Cancel, DeskPorts } from './ports.ts';
import type { Connection, Desk, DeskView } from './views.ts';

const nothing = <V>(ack: Ack<V>): Ack<null> => (ack.ok ? { ok: true, value: null } : ack);

/** The counsellor's engine: one seat, several conversations. Nothing happens before `enter`. */
export function createDesk(ports: DeskPorts): Desk {
  const { clock, timers, page, keep, device } = ports;
  const session = signal<DeskSession | null>(null);
  const status = signal<DeskStatus>('offline');
  /** 0 until the service said how many: then the centre's number is asked for, and later this one again */
  const slots = signal(0);
  const slotsMax = signal(1);
  const rings = signal<readonly (Ring & { receivedMs: number })[]>([]);
  const queue = signal<readonly (QueueRow & { receivedMs: number })[]>([]);
  const colleagues = signal(0);
  const problem = signal<ProblemCode | null>(null);
  const held = signal<readonly HeldTalk[]>([]);
  /** what this person last asked for, so that a reconnection asks the same */
  let wished: 'available' | 'paused' = 'paused';
  let stops: Cancel[] = [];
  let swept = false;
  /** what ended here stays ended, whoever still names it [A3] */
  const finished = new Set<VisitId>();

  const watch = createWatch({
    clock,
    timers,
    page,
    look: () => void look(),
    pulsed: () => session.value?.seated === true,
  });
  const talkOf = (visitId: VisitId) => held.value.find(({ view, over }) => view.visitId === visitId && !over);

  /** @returns null for a visit that has ended on this page */
  function hold(visit: HeldVisit): HeldTalk | null {
    const there = talkOf(visit.visitId);
    if (there?.hold === visit.hold) {
      void there.follow(visit);
      return there;
    }
    // the same visit, handed out again: what was left of the earlier time goes
    there?.released();
    const link = session.value?.link;
    if (!link) throw new Error('no connection to hold a visit by');
    if (finished.has(visit.visitId)) {
      const { visitId, hold: number } = visit;
      void link.request('desk:end', { visitId, hold: number, why: 'done', requestId: newRequestId() });
      return null;
    }
    const finish = () => void finished.add(visit.visitId);
    const talk = createHeldTalk(visit, { ...ports, link, look: () => void look(), finish });
    held.value = [...held.value.filter(({ view }) => view.visitId !== visit.visitId), talk];
    void talk.follow(visit);
    return talk;
  }

  function apply(state: DeskState) {
    const receivedMs = clock.nowMs();
    batch(() => {
      status.value = state.status;
      slots.value = state.slots;
      slotsMax.value = state.slotsMax;
      colleagues.value = state.colleagues;
      rings.value = state.rings.map((ring) => ({ ...ring, receivedMs }));
      queue.value = state.queue.map((row) => ({ ...row, receivedMs }));
    });
    const listed = new Set(state.held.map(({ visitId }) => visitId));
    for (const talk of held.value) if (!talk.over && !listed.has(talk.view.visitId)) void talk.vanished();
    for (const visit of state.held) hold(visit);
    if (!swept) void sweep(listed);
  }

  /** Rows of visits that ended while this console was away open nothing any more, and go. */
  async function sweep(listed: ReadonlySet<VisitId>) {
    swept = true;
    try {
      for (const { visitId } of await keep.rows()) if (!listed.has(visitId)) await keep.remove(visitId);
    } catch {
      swept = false;
    }
  }

  const look = createAgain(async () => {
    const now = session.value;
    if (!now?.seated) return;
    const ack = await now.link.request('desk:state', {});
    if (session.value !== now) return;
    if (ack.ok) apply(ack.value);
    else if (ack.code === 'replaced') replaced();
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
      rings.value = [];
      queue.value = [];
    });
  }

  function open(): DeskSession {
    const opened: DeskSession = createDeskSession({
      ...ports,
      wish: () => ({ ...(slots.value > 0 && { slots: slots.value }), status: wished }),
      entered(state) {
        apply(state);
        for (const talk of held.value) talk.conversation.reconnected();
      },
      replaced,
      problem: (code) => (problem.value = code),
    });
    const { link } = opened;
    const of = (visitId: VisitId, then: (talk: HeldTalk) => void) => {
      const talk = talkOf(visitId);
      if (talk) then(talk);
      else void look();
    };
    stops = [
      link.hear('desk:replaced', replaced),
      link.hear('desk:changed', () => void look()),
      link.hear('queue:changed', () => void look()),
      link.hear('offer:ring', (ring) => {
        const others = rings.value.filter(({ offerNo }) => offerNo !== ring.offerNo);
        rings.value = [...others, { ...ring, receivedMs: clock.nowMs() }];
      }),
      link.hear('offer:off', ({ offerNo }) => silence(offerNo)),
      link.hear('visit:stage', (hint) => of(hint.visitId, (talk) => staged(talk, hint))),
      link.hear('key:sealed', ({ visitId, epoch, sealed }) => of(visitId, (talk) => talk.sealed(epoch, sealed))),
      link.hear('key:wanted', () => void look()),
      link.hear('talk:frame', ({ visitId, ...frame }) => of(visitId, ({ conversation }) => conversation.hint(frame))),
      link.hear('talk:passing', ({ visitId, frame }) => of(visitId, ({ conversation }) => conversation.passing(frame))),
      link.hear('peer:silent', ({ visitId }) => of(visitId, ({ conversation }) => conversation.silent(true))),
      link.hear('peer:back', ({ visitId }) =>
        of(visitId, ({ conversation }) => {
          conversation.silent(false);
          conversation.reconnected();
        }),
      ),
      link.hear('node:leaving', ({ jitterMs }) => timers.after(Math.random() * jitterMs, () => link.reconnect())),
      watch.over(link),
    ];
    return opened;
  }

  function staged(talk: HeldTalk, { rev, stage, hold: number, reason }: CounsellorHints['visit:stage']) {
    if (!talk.newer(rev) || number < talk.hold) return;
    if (stage === 'ended') talk.ended(reason ?? 'visitor_left');
    else if (stage === 'waiting' || stage === 'offered') talk.released();
    else void look();
  }

  const silence = (offerNo: number) => {
    rings.value = rings.value.filter((ring) => ring.offerNo !== offerNo);
  };

  async function change(ask: (link: DeskSession['link']) => Promise<Ack<DeskState>>): Promise<Ack<null>> {
    const link = session.value?.link;
    if (!link) return refused('unavailable');
    const ack = await ask(link);
    if (ack.ok) apply(ack.value);
    else problem.value = ack.code;
    return nothing(ack);
  }

  async function receive(ask: (link: DeskSession['link']) => Promise<Ack<HeldVisit>>): Promise<Ack<VisitId>> {
    const link = session.value?.link;
    if (!link) return refused('unavailable');
    const ack = await ask(link);
    void look();
    if (!ack.ok) return ack;
    const talk = hold(ack.value);
    return talk ? { ok: true, value: talk.view.visitId } : refused('ended');
  }

  return {
    view: computed((): DeskView => session.value?.view.value ?? { is: 'signed_out' }),
    connection: computed((): Connection => (session.value ? watch.connection.value : { is: 'connecting' })),
    me: computed(() => ({ name: device.name, site: device.site, demo: device.demo })),
    status,
    slots,
    slotsMax,
    rings,
    queue,
    colleagues,
    problem,
    talks: computed(() => held.value.map(({ view }) => view)),
    async enter({ takeOver = false } = {}) {
      if (session.value && session.value.view.value.is === 'replaced') session.value = null;
      session.value ??= open();
      await session.value.enter(takeOver);
    },
    setStatus(next) {
      wished = next;
      return change((link) => link.request('desk:status', { status: next, requestId: newRequestId() }));
    },
    setSlots: (next) => change((link) => link.request('desk:slots', { slots: next, requestId: newRequestId() })),
    accept(offerNo) {
      return receive(async (link) => {
        const ack = await link.request('offer:accept', { offerNo, requestId: newRequestId() });
        if (ack.ok || ack.code === 'gone') silence(offerNo);
        return ack;
      });
    },
    async decline(offerNo) {
      silence(offerNo);
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
      status.value = 'offline';
      return ack;
    },
    tryNow() {
      const link = session.value?.link;
      if (link && link.status.value.is !== 'online') link.reconnect();
    },
  };
}
