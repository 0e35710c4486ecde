import { signal, type ReadonlySignal } from '@preact/signals';

/**
 * Why showing again that it is she did not come about. `over`: she is signed in no more; `stopped`: the browser brought no
 * passkey. What was shown does not count: `refused` of a passkey, `wrong` of what she typed.
 */
export type NotShown =
  | 'refused'
  | 'wrong'
  | 'stopped'
  | 'no_passkeys'
  | 'unreachable'
  | 'over'
  | { readonly waitMs: number };

/** By what she shows it; `click` is the demonstration's. */
export type Way = 'passkey' | 'password' | 'click';
/** What the one button of the window sends. */
export type Showing =
  | { readonly by: 'passkey' | 'click' }
  | { readonly by: 'password'; readonly password: string; readonly code: string };

type Done<Value> = ({ readonly ok: true } & Value) | { readonly ok: false; readonly why: NotShown };

export interface ShowsAgain {
  /** Those that her account has, first the one that is at hand; none where she has nothing that counts. Rejects never. */
  ways(): Promise<Done<{ readonly ways: readonly Way[] }>>;
  /** Rejects never. */
  show(showing: Showing): Promise<Done<object>>;
}

/** What the window shows. */
export interface Asked {
  /** null while nobody said yet */
  readonly ways: readonly Way[] | null;
  readonly by: Way | null;
  readonly problem: NotShown | null;
  readonly busy: boolean;
}

export interface StepUp {
  /** null while nothing is asked */
  readonly asked: ReadonlySignal<Asked | null>;
  /**
   * Does what may need that she shows again that it is she, and does it once more after she did [G15]. Of two at once each is
   * done again by the same showing.
   *
   * @param ask `step_up` says that nothing was done for want of it
   */
  with<T>(ask: () => Promise<T | 'step_up'>): Promise<T | 'given_up'>;
  /** Asks for it by itself. @returns false when she gave up */
  ask(): Promise<boolean>;
  /** another of her ways */
  choose(by: Way): void;
  /** Asks once more which ways there are, where nobody said. */
  look(): Promise<void>;
  /** the button of the window */
  show(showing: Showing): Promise<void>;
  giveUp(): void;
  /** She left where she pressed: what is under way and needs it from here on is given up. */
  leave(): void;
}

/** One window for everything that needs it. */
export function createStepUp(shows: ShowsAgain): StepUp {
  const asked = signal<Asked | null>(null);
  let waiting: ((shown: boolean) => void)[] = [];
  /** another one each time the window opens: what was asked for an earlier one changes nothing in this */
  let window_ = {};
  /** another one each time she leaves where she pressed */
  let place = {};
  const settle = (shown: boolean) => {
    const settled = waiting;
    waiting = [];
    window_ = {};
    asked.value = null;
    for (const each of settled) each(shown);
  };
  async function look() {
    const mine = window_;
    asked.value = { ways: null, by: null, problem: null, busy: true };
    const found = await shows.ways();
    if (mine !== window_) return; // given up meanwhile
    if (found.ok) asked.value = { ways: found.ways, by: found.ways[0] ?? null, problem: null, busy: false };
    else asked.value = { ways: null, by: null, problem: found.why, busy: false };
  }
  const shown = () => {
    if (!asked.peek()) void look();
    return new Promise<boolean>((resolve) => waiting.push(resolve));
  };
  return {
    asked,
    async with(ask) {
      const mine = place;
      for (;;) {
        const answer = await ask();
        if (answer !== 'step_up') return answer;
        if (mine !== place || !(await shown())) return 'given_up';
      }
    },
    ask: shown,
    choose(by) {
      const at = asked.peek();
      if (at && !at.busy && at.ways?.includes(by)) asked.value = { ...at, by, problem: null };
    },
    async look() {
      if (asked.peek()?.busy === false) await look();
    },
    async show(showing) {
      const at = asked.peek();
      if (!at || at.busy) return;
      const mine = window_;
      asked.value = { ...at, problem: null, busy: true };
      const done = await shows.show(showing);
      if (mine !== window_) return; // given up meanwhile
      if (done.ok) settle(true);
      else asked.value = { ...at, problem: done.why, busy: false };
    },
    giveUp: () => settle(false),
    leave() {
      place = {};
      settle(false);
    },
  };
}
