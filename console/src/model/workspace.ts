import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Cancel, Clock, Timers } from '@clbchat/shared/client/ports';
import * as timing from '@clbchat/shared/client/timing';
import type { Desk, DeskTalk } from '@clbchat/shared/client/views';
import type { VisitId } from '@clbchat/shared/ids';
import type { Ack } from '@clbchat/shared/protocol/wire';
import { nl } from '../words/nl.ts';
import { createAnnouncer, type Announcer } from './announcer.ts';
import { isHeld, watchEnds } from './ends.ts';
import { numberNameless } from './naming.ts';
import { createPapers, type Papers } from './papers.ts';
import { unansweredSince } from './waiting.ts';

/** Everything on the counsellor's screen that the engine does not know: what is open, what is half written. */
export interface Workspace {
  readonly desk: Desk;
  /** runs each second, so that waiting times run */
  readonly nowMs: ReadonlySignal<number>;
  readonly openTalk: ReadonlySignal<DeskTalk | null>;
  /** the conversation shown before, and when it was left: for the guard against the wrong window */
  readonly switched: ReadonlySignal<{ from: VisitId; atMs: number } | null>;
  readonly contextOpen: Signal<boolean>;
  readonly dialog: Signal<null | 'end' | 'shortcuts' | 'sessions' | 'serves'>;
  /** in whose field the canned answers are to open, by a key */
  readonly answersFor: Signal<VisitId | null>;
  readonly notice: Signal<string | null>;
  /** when a conversation was over, for those that still stand in the list */
  readonly overMs: ReadonlySignal<ReadonlyMap<VisitId, number>>;
  /** conversations that ended in this tab */
  readonly tally: ReadonlySignal<number>;
  readonly drafts: Papers;
  readonly pads: Papers;
  readonly announcer: Announcer;
  open(visitId: VisitId): void;
  /** back to the list, where a narrow screen shows one of the two */
  close(): void;
  /** to the next (+1) or previous (-1) conversation of the list */
  step(by: 1 | -1): void;
  openOldestUnanswered(): void;
  /** who rings here, else who waits longest */
  takeNext(): Promise<void>;
  take(ticket: number): Promise<void>;
  accept(offerNo: number): Promise<void>;
  /** who is offline enters first */
  setStatus(status: 'available' | 'paused'): Promise<void>;
  /** ready for the next one: what is over goes from the list, but for a text that stands nowhere else any more */
  done(): Promise<void>;
  /** says in a sentence what needs no answer: it goes by itself */
  mention(sentence: string): void;
  /** says in a sentence why something was refused */
  tell(ack: Ack<unknown>): boolean;
  dispose(): void;
}

/** Time to read two sentences twice. */
const MENTIONED_MS = 8_000;

interface Followed {
  readonly desk: Desk;
  readonly drafts: Papers;
  readonly pads: Papers;
  readonly openId: Signal<VisitId | null>;
  readonly notice: Signal<string | null>;
  readonly announcer: Announcer;
}

/** What becomes of papers, of the open conversation and of what was said aloud when conversations come, end and go. */
function followTalks({ desk, drafts, pads, openId, notice, announcer }: Followed): (() => void)[] {
  const wipe = (visitId: VisitId) => [drafts, pads].forEach((papers) => papers.wipe(visitId));
  let known = new Set<VisitId>();
  let held = new Set<VisitId>();
  return [
    effect(() => {
      const here = new Set(desk.talks.value.map((talk) => talk.visitId));
      for (const gone of [...known].filter((id) => !here.has(id))) {
        wipe(gone);
        if (openId.peek() === gone) openId.value = null;
      }
      known = here;
    }),
    effect(() => {
      for (const talk of desk.talks.value) if (!isHeld(talk)) wipe(talk.visitId);
    }),
    effect(() => {
      const now = new Set(desk.talks.value.filter(isHeld).map((talk) => talk.visitId));
      // it may bear the name of whoever is gone
      if ([...held].some((id) => !now.has(id))) announcer.clear();
      held = now;
    }),
    effect(() => {
      for (const { visitId, talk } of desk.talks.value) {
        const back = talk.returned.value;
        if (back === '') continue;
        const draft = drafts.all.peek().get(visitId);
        drafts.write(visitId, draft ? `${back}\n${draft}` : back);
        talk.clearReturned();
        notice.value = nl.composer.returned;
      }
    }),
    effect(() => {
      const code = desk.problem.value;
      if (code) notice.value = nl.problems[code];
    }),
  ];
}

interface Taking extends Pick<Followed, 'openId'> {
  readonly clock: Clock;
  /** what changes while she writes or looks elsewhere */
  readonly hands: readonly ReadonlySignal<unknown>[];
  tell(ack: Ack<unknown>): boolean;
  mention(sentence: string): void;
  show(visitId: VisitId): void;
}

/**
 * Taking somebody: one child for two taps at one place, as the list moves up between them [D20]. Who was accepted opens by
 * itself; the answer may take seconds, and whoever writes elsewhere by then is not torn away [D17].
 */
function createTaking({ clock, openId, hands, tell, show, mention }: Taking) {
  let tookMs = -Infinity;
  return async (ask: () => Promise<Ack<VisitId>>): Promise<void> => {
    const sinceMs = Math.abs(clock.nowMs() - tookMs); // a clock may be put back
    if (sinceMs < timing.secondTapMs) return;
    tookMs = clock.nowMs();
    const before = hands.map((one) => one.peek());
    const ack = await ask();
    if (!tell(ack) || !ack.ok) return;
    if (openId.peek() === null || hands.every((one, at) => one.peek() === before[at])) show(ack.value);
    else mention(nl.talks.accepted);
  };
}

function neighbour(talks: readonly DeskTalk[], of: VisitId | null, by: 1 | -1): DeskTalk | undefined {
  const at = talks.findIndex((talk) => talk.visitId === of);
  return talks[at < 0 ? (by > 0 ? 0 : talks.length - 1) : (at + by + talks.length) % talks.length];
}

function oldestUnanswered(talks: readonly DeskTalk[]): DeskTalk | undefined {
  const waiting = talks
    .map((talk) => ({ talk, since: isHeld(talk) ? unansweredSince(talk.talk.items.value) : null }))
    .filter((one): one is { talk: DeskTalk; since: number } => one.since !== null)
    .sort((a, b) => a.since - b.since);
  return waiting[0]?.talk;
}

export function createWorkspace(desk: Desk, { clock, timers }: { clock: Clock; timers: Timers }): Workspace {
  const nowMs = signal(clock.nowMs());
  const openId = signal<VisitId | null>(null);
  const openTalk = computed(() => desk.talks.value.find((talk) => talk.visitId === openId.value) ?? null);
  const switched = signal<{ from: VisitId; atMs: number } | null>(null);
  const dialog = signal<null | 'end' | 'shortcuts' | 'sessions' | 'serves'>(null);
  const notice = signal<string | null>(null);
  const drafts = createPapers();
  const pads = createPapers();
  const announcer = createAnnouncer(timers);
  const ends = watchEnds(desk, clock);

  const tell = (ack: Ack<unknown>): boolean => {
    notice.value = ack.ok ? null : nl.problems[ack.code];
    return ack.ok;
  };
  let forget: Cancel | null = null;
  const mention = (sentence: string) => {
    forget?.();
    notice.value = sentence;
    forget = timers.after(MENTIONED_MS, () => {
      if (notice.peek() === sentence) notice.value = null;
    });
  };
  const show = (visitId: VisitId) => batch(() => ((openId.value = visitId), (dialog.value = null)));
  const open = (visitId: VisitId) =>
    batch(() => {
      const from = openId.value;
      if (from !== null && from !== visitId) switched.value = { from, atMs: clock.nowMs() };
      show(visitId);
    });
  const takes = createTaking({ clock, openId, hands: [openId, drafts.all, pads.all], tell, show, mention });

  const stops = [
    timers.every(1_000, () => (nowMs.value = clock.nowMs())),
    ...followTalks({ desk, drafts, pads, openId, notice, announcer }),
    ends.stop,
    numberNameless(desk),
  ];

  return {
    desk,
    nowMs,
    openTalk,
    switched,
    dialog,
    notice,
    overMs: ends.overMs,
    tally: ends.tally,
    drafts,
    pads,
    announcer,
    open,
    tell,
    mention,
    contextOpen: signal(false),
    answersFor: signal(null),
    close: () => (openId.value = null),
    step(by) {
      const next = neighbour(desk.talks.value, openId.value, by);
      if (next) open(next.visitId);
    },
    openOldestUnanswered() {
      const oldest = oldestUnanswered(desk.talks.value);
      if (oldest) open(oldest.visitId);
    },
    takeNext() {
      const ring = desk.rings.value[0];
      return takes(() => (ring ? desk.accept(ring.offerNo) : desk.take('next')));
    },
    take: (ticket) => takes(() => desk.take(ticket)),
    accept: (offerNo) => takes(() => desk.accept(offerNo)),
    async setStatus(status) {
      if (desk.status.value === 'offline') await desk.enter();
      tell(await desk.setStatus(status));
    },
    done: () => ends.clear(tell),
    dispose: () => [...stops, ...(forget ? [forget] : [])].forEach((stop) => stop()),
  };
}
