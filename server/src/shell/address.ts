import { limits } from '@clbchat/shared/limits';
import { accountsOf } from '../accounts/accounts.store.ts';
import { tokensOf, type Purpose } from '../accounts/tokens.store.ts';
import type { Clock } from '../kernel/clock.ts';
import { SHELL } from '../records/audit.rules.ts';
import type { RecordsStore } from '../records/records.store.ts';
import { Refusal } from './refusal.ts';

export interface Addressing {
  readonly records: RecordsStore;
  readonly clock: Clock;
  readonly centre: string;
  /** of the console, as browsers know it */
  readonly origin: string;
}

/**
 * A one-time address for one new coordinator: the first of a centre, or one more when the others cannot get in. What makes
 * it one stands behind the `#`, which no browser sends to anybody; the earlier one opens nothing any more [G1 G2 G3].
 *
 * @returns what to tell whoever typed the command
 * @throws Refusal
 */
export async function oneTimeAddress(
  purpose: Purpose,
  { records, clock, centre, origin }: Addressing,
): Promise<string> {
  const nowMs = () => clock.nowMs();
  const accounts = accountsOf(records, nowMs);
  const made = await tokensOf({ records, accounts, nowMs, limits }).make(purpose, SHELL);
  if (made.is === 'not_now') throw notNow(purpose, centre);
  const minutes = limits.addressMs / 60_000;
  return `${WHO[purpose]} opens this address, once and within ${minutes} minutes; an earlier one opens nothing any more.\n${origin}/console/#begin=${made.token}`;
}

const WHO = { setup: 'The first coordinator', recover: 'The new coordinator' } as const;

export const notNow = (purpose: Purpose, centre: string): Refusal =>
  new Refusal(
    purpose === 'setup'
      ? `The centre "${centre}" has a coordinator already, and set-up never runs twice: "recover" makes an address for one more.`
      : `The centre "${centre}" has no coordinator yet: "bootstrap" makes the address of the first one.`,
  );
