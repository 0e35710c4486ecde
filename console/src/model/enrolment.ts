import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { limits } from '@clbchat/shared/limits';
import type { Timers } from '@clbchat/shared/client/ports';
import type { OwnDevice, OwnDevices } from './devices.ts';

/** What this browser profile and the service know together of the computer at which somebody is signed in. */
export interface Found {
  /** none: it never asked, or was taken away · asks: a coordinator has to sign it · signed: her desk opens here · ended: its certificate ended · waits: who signed it stands no more · unsure: its clock is far off, and a certificate is judged by clocks */
  readonly is: 'none' | 'asks' | 'signed' | 'ended' | 'waits' | 'unsure';
  /** digest of its key; null while it has none */
  readonly id: string | null;
  /** of its key, in eight groups; null while it has none */
  readonly fingerprint: readonly string[] | null;
  /** other computers of hers */
  readonly others: readonly OwnDevice[];
  /** the service's own time */
  readonly nowMs: number;
}
/** over: she is signed in no more · asked_too_often, too_fast, taken: as the service says · unkept: the browser keeps no key · clock: this computer's is far off */
export type EnrolmentProblem = 'over' | 'unreachable' | 'asked_too_often' | 'too_fast' | 'taken' | 'unkept' | 'clock';

export interface EnrolmentPorts {
  nowMs(): number;
  isVisible(): boolean;
  readonly timers: Pick<Timers, 'every'>;
  /** Takes what was signed into the profile, too. */
  look(): Promise<Found | EnrolmentProblem>;
  /** Makes the key, keeps it, and asks. Nothing is asked for a key that is not kept. */
  ask(): Promise<Found | EnrolmentProblem>;
  giveUp(id: string): Promise<Found | EnrolmentProblem>;
  /** the desk, in the place of this page */
  open(): void;
}

/**
 * When the desk comes by itself. at_once: for who comes to chat · once_signed: for who is at what is her own, by a signature that
 * she waited for and by nothing else · never: for who chats not
 */
export type Opens = 'at_once' | 'once_signed' | 'never';

export interface Enrolment {
  /** null while nobody has said */
  readonly found: ReadonlySignal<Found | null>;
  readonly problem: ReadonlySignal<EnrolmentProblem | null>;
  readonly busy: ReadonlySignal<boolean>;
  start(opens: Opens): Promise<void>;
  /** asks once more how this computer stands */
  look(): Promise<void>;
  ask(): Promise<void>;
  /** @returns what went wrong with it: that is said beside its name alone; `busy` where another press runs, and nothing was done */
  giveUp(id: string): Promise<EnrolmentProblem | 'busy' | null>;
  open(): void;
  stop(): void;
  /** the computer before her, where it has a key */
  here(): string | null;
  /** whether the desk comes by itself once it may */
  readonly opensByItself: ReadonlySignal<boolean>;
}

/**
 * How a computer stands whose certificate ends then. One that ended opens the desk for whom it still holds, and nothing new rings there [O45].
 * One whose signature counts no more opens nothing [O67].
 *
 * @param said by the service; null where nobody answered
 */
export const standing = (
  { id, endsMs }: { id: string; endsMs: number },
  { said, nowMs }: { said: Pick<OwnDevices, 'holding' | 'waits' | 'otherPins'> | null; nowMs: number },
): 'signed' | 'ended' | 'waits' => {
  if (said?.waits?.includes(id)) return 'waits';
  if (said?.otherPins?.includes(id)) return 'ended';
  return endsMs > nowMs || said?.holding === id ? 'signed' : 'ended';
};

/**
 * What her page shows. A certificate that ended stays in the profile for weeks: who asked anew has numbers to read out, and goes
 * on by herself once it is signed [O45].
 */
export const stateOf = (stands: ReturnType<typeof standing> | null, asks: boolean): Found['is'] => {
  if (stands === 'signed') return 'signed';
  return asks ? 'asks' : (stands ?? 'none');
};

/** A coordinator signs it, and nobody here needs to do anything. */
const isUnderWay = (found: Found | null) => found?.is === 'asks' || found?.is === 'waits';

/** While somebody waits beside the telephone, this is soon enough. */
const LOOK_EVERY_MS = 3_000;

/** From a computer that nobody knows to a desk on it: asks, shows what to read out, and opens once it is signed [O24]. */
export function createEnrolment(ports: EnrolmentPorts): Enrolment {
  const found = signal<Found | null>(null);
  const problem = signal<EnrolmentProblem | null>(null);
  const busy = signal(false);
  const opens = signal<Opens>('never');
  const opensByItself = computed(() => opens.value !== 'never');
  let stop: () => void = () => undefined;

  let looking: Promise<void> | null = null;
  /** what an ask was answered is taken away by no look that nobody pressed for */
  let isOfAsk = false;

  async function doing(
    run: () => Promise<Found | EnrolmentProblem>,
    then: (why: EnrolmentProblem | null) => void,
  ): Promise<void> {
    if (busy.peek()) return;
    busy.value = true;
    const answer = await run();
    busy.value = false;
    if (typeof answer === 'string') return then(answer);
    const isFar = Math.abs(answer.nowMs - ports.nowMs()) > limits.skewMsMax;
    then(isFar ? 'clock' : null);
    if (isFar && answer.is !== 'signed') return void (found.value = { ...answer, is: 'unsure' });
    const isAwaited = isUnderWay(found.peek());
    found.value = answer;
    const goes = opens.peek() === 'at_once' || (opens.peek() === 'once_signed' && isAwaited);
    if (answer.is === 'signed' && goes) {
      stop();
      ports.open();
    }
  }
  const look = () =>
    (looking ??= doing(ports.look, (why) => {
      if (why === null && isOfAsk) return;
      problem.value = why;
      isOfAsk = false;
    }).finally(() => (looking = null)));
  // what looks by itself stands in the way of no press
  const press = (...what: Parameters<typeof doing>) => (looking ? looking.then(() => doing(...what)) : doing(...what));
  const told = (isAsk: boolean) => (why: EnrolmentProblem | null) => {
    problem.value = why;
    isOfAsk = isAsk && why !== null;
  };
  return {
    found,
    problem,
    busy,
    async start(when) {
      opens.value = when;
      stop();
      stop = ports.timers.every(LOOK_EVERY_MS, () => {
        const unheard = found.peek() === null && problem.peek() === 'unreachable';
        if ((unheard || isUnderWay(found.peek())) && ports.isVisible()) void look();
      });
      await look();
    },
    look: () => press(ports.look, told(false)),
    ask: () => press(ports.ask, told(true)),
    async giveUp(id) {
      let is: EnrolmentProblem | 'busy' | null = 'busy';
      await press(
        () => ports.giveUp(id),
        (why) => (is = why),
      );
      return is;
    },
    open: ports.open,
    stop: () => stop(),
    here: () => found.peek()?.id ?? null,
    opensByItself,
  };
}
