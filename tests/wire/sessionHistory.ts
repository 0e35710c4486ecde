import { sessionsOf } from '@clbchat/server/accounts/sessions.store';
import { keptIn } from '@clbchat/server/accounts/session.rules';
import { Problem } from '@clbchat/server/kernel/failure';
import type { RecordsStore } from '@clbchat/server/records/records.store';
import type { AccountId } from '@clbchat/shared/ids';
import { limits } from '@clbchat/shared/limits';
import { expect } from 'vitest';
import type { FakeClock } from '../support/clock.ts';
import { after, isIn, nothing, onRecord, PROCESSES, renews, type Happens, type State } from './rowsOfSessions.ts';

const ACCOUNTS = ['lien', 'samir'] as AccountId[];

/** The same numbers for the same seed. */
function drawsOf(seed: number) {
  let at = seed;
  const draw = (): number => {
    at = (at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(all: readonly T[]): T => all[Math.floor(draw() * all.length)] as T;
  return { draw, pick };
}

/** The live store's word on who was at which session, for both processes. */
function presenceOf(clock: FakeClock) {
  const signs = new Map<string, number>();
  const isIdle = (id: string) => clock.nowMs() - (signs.get(id) ?? clock.nowMs()) > limits.sessionIdleMs;
  return {
    isIdle,
    holds: async () => false,
    async awake(id: string) {
      if (isIdle(id)) return false;
      signs.set(id, clock.nowMs());
      return true;
    },
    async idle({ there, over }: { readonly there: readonly string[]; readonly over: readonly string[] }) {
      for (const id of over) signs.delete(id);
      for (const id of there) if (!signs.has(id)) signs.set(id, clock.nowMs());
      return there.filter(isIdle);
    },
  };
}

/** One process, whose line to the records can break. */
function processOf(records: RecordsStore, clock: FakeClock, presence: ReturnType<typeof presenceOf>) {
  const line = { broken: false };
  const over =
    <A extends unknown[], R>(does: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (line.broken) throw new Problem('unavailable');
      return does(...args);
    };
  const { get, list, write } = records;
  const cut = { ...records, get: over(get), list: over(list), write: over(write), isOnTime: async () => true };
  const accounts = { get: async () => ({ name: 'Lien', roles: ['counsellor'], disabled: false }) };
  const nowMs = () => clock.nowMs();
  return { line, sessions: sessionsOf({ records: cut, accounts, presence, nowMs, limits } as never) };
}

interface Browser {
  /** its last heard answer */
  cookie: string | null;
  account: AccountId;
  /** heard of, used, and signed out by nobody */
  stands: string | null;
}

/**
 * Two browsers at two processes of one centre, whose answers are lost now and then, as may be a process's line to the records, and
 * the clock goes on or back. After each step all that is on record has to be what the table says.
 */
// over 80 lines because the moves of one history share its state
export async function sessionHistory(seed: number, records: RecordsStore, clock: FakeClock, steps: number) {
  const { draw, pick } = drawsOf(seed);
  const presence = presenceOf(clock);
  const at = { a: processOf(records, clock, presence), b: processOf(records, clock, presence) };
  const browsers = [0, 1].map((): Browser => ({ cookie: null, account: pick(ACCOUNTS), stands: null }));
  const log: string[] = [];
  let state: State = { ...nothing, nowMs: clock.nowMs() };
  let isBack = false;

  const happens = (process: 'a' | 'b', what: Happens) => {
    log.push(`${process} ${JSON.stringify(what)}`);
    state = after(state, process, what);
  };
  async function passes(ms: number) {
    clock.advance(ms);
    isBack ||= ms < 0;
    happens('a', { is: 'passes', ms });
    for (const process of PROCESSES) at[process].sessions.isClosed(''); // it is asked now and then
  }
  async function opens(process: 'a' | 'b', browser: Browser, heard: boolean) {
    const account = draw() < 0.85 ? browser.account : pick(ACCOUNTS);
    const { session } = await at[process].sessions.open(account, 'demo', browser.cookie);
    happens(process, { is: 'opens', id: session.binding, account, before: browser.cookie });
    browser.stands = heard ? session.binding : null;
    if (heard) Object.assign(browser, { cookie: session.binding, account });
  }
  async function renewsAt(process: 'a' | 'b', browser: Browser, cookie: string, heard: boolean) {
    const idle = presence.isIdle(cookie);
    const expected = renews(state, process, cookie, idle);
    const opened = await at[process].sessions.renew(cookie);
    expect(opened !== null, log.join('\n')).toBe(expected);
    if (!opened) return;
    happens(process, { is: 'renews', id: opened.session.binding, cookie, idle });
    const isOwed = PROCESSES.some((one) => state.at[one].owed.size > 0);
    browser.stands = heard && !isOwed ? opened.session.binding : null;
    if (heard) browser.cookie = opened.session.binding;
  }
  async function asks(process: 'a' | 'b', cookie: string) {
    const idle = presence.isIdle(cookie);
    const expected = isIn(state, process, cookie, idle);
    expect((await at[process].sessions.find(cookie)) !== null, log.join('\n')).toBe(expected);
    happens(process, { is: 'asks', cookie, idle });
  }
  async function signsOut(process: 'a' | 'b', browser: Browser, cookie: string) {
    const { line, sessions } = at[process];
    line.broken = draw() < 0.4;
    const noted = await sessions.close({ binding: cookie }).then(
      () => true,
      () => false,
    );
    expect(noted).toBe(!line.broken);
    line.broken = false;
    happens(process, { is: 'signs out', cookie, noted });
    browser.stands = null;
    if (noted) browser.cookie = null;
  }
  async function goesOn() {
    await passes(pick([0, 1, 5_000, 30_000, 61_000, 300_000, 700_000, -5_000, -70_000]));
    for (const { stands } of browsers) if (stands !== null) await asks(pick(PROCESSES), stands); // she works on
    for (const process of PROCESSES) {
      const standing = [...onRecord(state)].filter(([, { heir }]) => heir === null).map(([id]) => id);
      const idle = standing.filter(presence.isIdle);
      await at[process].sessions.endIdle();
      happens(process, { is: 'looks', idle });
    }
  }
  async function moves(process: 'a' | 'b', browser: Browser) {
    const [what, heard] = [draw(), draw() < 0.6];
    if (what < 0.25) return opens(process, browser, heard);
    if (what >= 0.85) return goesOn();
    if (what >= 0.75) {
      await at[process].sessions.settle();
      return happens(process, { is: 'settles' });
    }
    if (browser.cookie === null) return;
    if (what < 0.45) return renewsAt(process, browser, browser.cookie, heard);
    if (what < 0.6) return asks(process, browser.cookie);
    return signsOut(process, browser, browser.cookie);
  }

  for (let step = 0; step < steps; step += 1) {
    await moves(pick(PROCESSES), pick(browsers));
    const said = `seed ${seed}\n${log.join('\n')}`;
    const rows = (await records.list('session')).map(({ id, endMs, text }) => {
      const { account, heir = null, anew = false, againMs = 0 } = keptIn(text) ?? {};
      return [id, { account, heir, anew, againMs, endMs }] as const;
    });
    expect(new Map(rows), said).toEqual(onRecord(state));
    const there = onRecord(state);
    const leads = [...there.values()].filter(({ heir }) => heir !== null && !there.has(heir));
    if (!isBack) expect(leads, `leads nowhere: ${said}`).toEqual([]);
    const standing = browsers.flatMap(({ stands }) => stands ?? []);
    expect(
      standing.filter((id) => there.get(id)?.heir !== null),
      `stands no more: ${said}`,
    ).toEqual([]);
  }
}
