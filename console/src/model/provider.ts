import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { latest } from './latest.ts';
import type { StepUp } from './stepUp.ts';

export type Link = 'waits' | 'confirmed' | null;
/** An account elsewhere that somebody here linked. */
export interface Linked {
  readonly id: string;
  /** whose it was, and how it stood, when it was shown: that is what she judges [G33] */
  readonly account: string;
  readonly rev: number;
  /** null for who works here no more */
  readonly name: string | null;
  readonly issuer: string;
  readonly subject: string;
  /** by which people know it, as its provider says; null where it does not */
  readonly called: string | null;
  /** `YYYY-MM-DD` */
  readonly made: string;
  readonly confirmed: boolean;
}
/** What came of going there. `stopped`: she gave up there; `unavailable`: the provider cannot be used now; `full`: too many ask now; `silent`: our own service does not answer. */
export type Came = 'in' | 'passkey' | 'linked' | 'stopped' | Failed | Overtaken;
/** Of a link that is judged: somebody changed it, or took it away, since it was shown. */
export type Overtaken = 'stale' | 'gone';
type Failed = 'refused' | 'unavailable' | 'full' | 'silent';

/** What she saw of a link. */
type Seen = Pick<Linked, 'id' | 'account' | 'rev'>;

export interface ProviderPorts {
  /** Null where there is none, or nobody can say. */
  facts(): Promise<{ readonly name: string; readonly link: Link } | null>;
  /** Where the browser goes, for signing in or for linking. */
  begin(what: 'begin' | 'link'): Promise<{ readonly to: string } | Failed | 'step_up'>;
  leave(to: string): void;
  /** @param brought what the provider sent the browser back with, as it stood in the address */
  finish(brought: string): Promise<Came | 'step_up'>;
  unlink(): Promise<boolean | 'step_up'>;
  /** Null when nobody can say. */
  links(): Promise<readonly Linked[] | null>;
  judge(
    seen: Seen,
    confirmed: boolean,
  ): Promise<{ readonly links: readonly Linked[]; readonly why: Overtaken | null } | 'step_up' | null>;
}

export interface Provider {
  /** as people call it; null where there is none */
  readonly name: ReadonlySignal<string | null>;
  readonly link: ReadonlySignal<Link>;
  /** for a coordinator; null while nobody asked */
  readonly links: ReadonlySignal<readonly Linked[] | null>;
  /** what came of the last thing; null while there is nothing to say */
  readonly came: ReadonlySignal<Came | null>;
  readonly busy: ReadonlySignal<boolean>;
  /** she goes on in another way: what came of this one is said no more */
  passOver(): void;
  look(): Promise<void>;
  lookAtLinks(): Promise<void>;
  goTo(what: 'begin' | 'link'): Promise<void>;
  finish(brought: string): Promise<void>;
  unlink(): Promise<void>;
  judge(seen: Seen, confirmed: boolean): Promise<void>;
}

/** Signing in by way of a provider, linking what one has there, and what a coordinator says of it [G30–G37]. */
export function createProvider(ports: ProviderPorts, stepUp: Pick<StepUp, 'with'>): Provider {
  const facts = signal<{ readonly name: string; readonly link: Link } | null>(null);
  const links = signal<readonly Linked[] | null>(null);
  const came = signal<Came | null>(null);
  const busy = signal(false);

  /** Does one thing, unless another is under way. */
  async function doing(act: () => Promise<Came | null>): Promise<void> {
    if (busy.peek()) return;
    busy.value = true;
    came.value = null;
    came.value = await act();
    busy.value = false;
  }
  const [factsOrder, linksOrder] = [latest(), latest()];
  const look = async () => {
    const counts = factsOrder.ask();
    const found = await ports.facts();
    if (counts(found !== null)) facts.value = found;
  };
  const lookAtLinks = async () => {
    const counts = linksOrder.ask();
    const found = await ports.links();
    if (counts(found !== null)) links.value = found;
  };

  return {
    name: computed(() => facts.value?.name ?? null),
    link: computed(() => facts.value?.link ?? null),
    links,
    came,
    busy,
    passOver: () => void (came.value = null),
    look,
    lookAtLinks,
    goTo: (what) =>
      doing(async () => {
        const begun = await stepUp.with(() => ports.begin(what));
        if (begun === 'given_up') return null;
        if (typeof begun === 'string') return begun;
        ports.leave(begun.to);
        return null;
      }),
    finish: (brought) =>
      doing(async () => {
        const done = await stepUp.with(() => ports.finish(brought));
        return done === 'given_up' ? null : done;
      }),
    unlink: () =>
      doing(async () => {
        const done = await stepUp.with(ports.unlink);
        if (done === 'given_up') return null;
        await look();
        if (links.peek()) await lookAtLinks();
        return done ? null : 'unavailable';
      }),
    judge: (seen, confirmed) =>
      doing(async () => {
        const judged = await stepUp.with(() => ports.judge(seen, confirmed));
        if (judged === 'given_up') return null;
        if (judged === null) return 'unavailable';
        linksOrder.known();
        links.value = judged.links;
        await look();
        return judged.why;
      }),
  };
}
