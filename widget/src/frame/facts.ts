import { computed, signal } from '@preact/signals';
import type { CentreFacts } from '@clbchat/shared/protocol/status';

/** What the centre says about itself, the same for everybody: hours, name, where "Snel weg" leads. */
export type Facts = { is: 'loading' } | { is: 'down' } | { is: 'known'; centre: KnownCentre };
export interface KnownCentre extends CentreFacts {
  /** how far this device's clock was ahead of the service's as it answered; NaN where that cannot be told */
  readonly clockOffMs?: number;
}

const AGAIN_MS = 60_000;

export function createFacts(ask: () => Promise<KnownCentre>) {
  const facts = signal<Facts>({ is: 'loading' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked: Promise<KnownCentre>;

  async function load() {
    clearTimeout(timer);
    const mine = (asked = ask());
    const centre = await mine.catch(() => null);
    if (mine !== asked) return; // something was asked after it
    if (centre) facts.value = { is: 'known', centre };
    // what was true a minute ago is better than nothing
    else if (facts.value.is !== 'known') facts.value = { is: 'down' };
    timer = setTimeout(() => void load(), AGAIN_MS);
  }

  return {
    facts,
    /** null until it is known */
    centre: computed(() => (facts.value.is === 'known' ? facts.value.centre : null)),
    load,
    retry() {
      facts.value = { is: 'loading' };
      return load();
    },
  };
}
export type FactsModel = ReturnType<typeof createFacts>;
