import { signal, type ReadonlySignal } from '@preact/signals';

/** Why showing again that it is she did not come about; `over`: she is signed in no more. */
export type NotShown = 'refused' | 'stopped' | 'unreachable' | 'over';

/** How she shows again that it is she: by her passkey, or in the demonstration by one click. */
export interface ShowsAgain {
  readonly by: 'passkey' | 'click';
  /** Rejects never. */
  show(): Promise<{ readonly ok: true } | { readonly ok: false; readonly why: NotShown }>;
}

export interface StepUp {
  readonly by: ShowsAgain['by'];
  /** what the dialog shows; null while nothing is asked */
  readonly asked: ReadonlySignal<{ readonly problem: NotShown | null; readonly busy: boolean } | null>;
  /**
   * Does what may need that she shows again that it is she, and does it once more after she did [G15]. Of two at once each is
   * done again by the same showing.
   *
   * @param ask `step_up` says that nothing was done for want of it
   */
  with<T>(ask: () => Promise<T | 'step_up'>): Promise<T | 'given_up'>;
  /** Asks for it by itself. @returns false when she gave up */
  ask(): Promise<boolean>;
  /** the button of the dialog */
  show(): Promise<void>;
  giveUp(): void;
}

/** One window for everything that needs it. */
export function createStepUp(shows: ShowsAgain): StepUp {
  const asked = signal<{ problem: NotShown | null; busy: boolean } | null>(null);
  let waiting: ((shown: boolean) => void)[] = [];
  const settle = (shown: boolean) => {
    const settled = waiting;
    waiting = [];
    asked.value = null;
    for (const each of settled) each(shown);
  };
  const shown = () => {
    asked.value ??= { problem: null, busy: false };
    return new Promise<boolean>((resolve) => waiting.push(resolve));
  };
  return {
    by: shows.by,
    asked,
    async with(ask) {
      for (;;) {
        const answer = await ask();
        if (answer !== 'step_up') return answer;
        if (!(await shown())) return 'given_up';
      }
    },
    ask: shown,
    async show() {
      if (!asked.peek() || asked.peek()?.busy) return;
      asked.value = { problem: null, busy: true };
      const done = await shows.show();
      if (!asked.peek()) return; // given up meanwhile
      if (done.ok) settle(true);
      else asked.value = { problem: done.why, busy: false };
    },
    giveUp: () => settle(false),
  };
}
