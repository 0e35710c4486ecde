import type { Limits } from '@clbchat/shared/limits';
import { addressTries } from './addressTries.ts';
import type { Forgetful } from './rate.ts';
import { wrongTries } from './wrongTries.ts';

/** One try at a name that somebody typed, whoever's it is. */
interface Try {
  readonly login: string;
  /** what its address is known by */
  readonly tag: string;
  /** of a browser in which she signed in before; null for any other */
  readonly known: string | null;
}

/** It forgets of addresses alone. */
export interface SignInTries extends Forgetful {
  /** How long this one has to wait; 0 = it may be made now, and counts as wrong until something says otherwise. */
  tryNow(one: Try): number;
  /** How many were wrong in a row: who has fewer goes first, and a browser that is known before any stranger. */
  wrong(one: Try): number;
  /** The password was right: of its address it was no wrong one, and what was wrong before stands. */
  half(one: Pick<Try, 'tag' | 'known'>): void;
  /** So was the code. Nothing is forgotten of what others got wrong. */
  right(one: Pick<Try, 'known'>): void;
  /** Nobody looked whether it was: it counts as none. @returns how long the next one has to wait */
  unlooked(one: Try): number;
}

/**
 * Wrong ones make the name wait, and the address that they came from. Strangers can so make a name wait for a quarter of an
 * hour at a time; the browser of whoever signed in by it counts by itself, and is kept from nothing by them [G56].
 */
export function signInTries(
  limits: Pick<Limits, 'wrongWaitMs' | 'wrongWaitMsMax' | 'wrongPasswordWaitMsMax'>,
  nowMs: () => number,
): SignInTries {
  const { wrongWaitMs: firstMs, wrongWaitMsMax, wrongPasswordWaitMsMax } = limits;
  const tags = addressTries({ firstMs, mostMs: wrongWaitMsMax }, nowMs);
  const names = wrongTries({ firstMs, mostMs: wrongPasswordWaitMsMax }, nowMs);
  const browsers = wrongTries({ firstMs, mostMs: wrongPasswordWaitMsMax }, nowMs);
  return {
    forget: tags.forget,
    tryNow({ login, tag, known }) {
      if (known !== null) return browsers.tryNow(known);
      const waitMs = Math.max(tags.waitMs(tag), names.waitMs(login));
      return waitMs > 0 ? waitMs : tags.tryNow(tag) + names.tryNow(login);
    },
    wrong: ({ login, tag, known }) =>
      known === null ? names.wrong(login) + tags.wrong(tag) : browsers.wrong(known) - 1,
    unlooked: ({ login, tag, known }) =>
      known === null ? Math.max(names.unlooked(login), tags.unlooked(tag)) : browsers.unlooked(known),
    half({ tag, known }) {
      if (known === null) tags.right(tag);
    },
    right({ known }) {
      // of this name her own try counts on as one of strangers, and theirs stand: or they would read from it whose it is, and when
      // she signs in [G17]. Her browser is known from now on, and waits for neither
      if (known !== null) browsers.right(known);
    },
  };
}
