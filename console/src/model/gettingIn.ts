import { spelled, whyNoName } from '@clbchat/shared/names';
import { limits } from '@clbchat/shared/limits';
import { signal, type ReadonlySignal } from '@preact/signals';
import { gettingIn as words } from '../words/gettingIn.ts';
import type { Done, GettingInPorts, MadePasskey, Me, OwnKeys, Refused, Seed } from './gettingInPorts.ts';
import type { OwnSession } from './session.ts';
import type { StepUp } from './stepUp.ts';

export type Stand =
  | { readonly is: 'starting' }
  /** nobody would stay signed in in this browser; `atAddress`: a one-time address, which is unused */
  | { readonly is: 'no_cookies'; readonly atAddress: boolean }
  /** the address opens nothing */
  | { readonly is: 'gone' }
  | { readonly is: 'name' }
  /** the first passkey is made; `name` is whose */
  | { readonly is: 'second'; readonly name: string; readonly first: MadePasskey }
  | { readonly is: 'codes'; readonly codes: readonly string[] }
  | { readonly is: 'sign_in' }
  /** her password was right */
  | { readonly is: 'totp' }
  /** she makes a password; then `seed` goes into her app */
  | { readonly is: 'new_password' }
  | { readonly is: 'seed'; readonly seed: Seed }
  /** she came by a code; `full`: her new passkey takes the place of the oldest */
  | { readonly is: 'new_passkey'; readonly full: boolean }
  | {
      readonly is: 'home';
      readonly me: Me;
      readonly keys: OwnKeys;
      readonly sessions: readonly OwnSession[];
      /** null where nobody has one; `login` is null where she has none */
      readonly password: { readonly login: string | null } | null;
    }
  /** a coordinator at her pages, which need no computer that may chat */
  | { readonly is: 'pages'; readonly me: Me };

export interface GettingIn {
  readonly stand: ReadonlySignal<Stand>;
  readonly problem: ReadonlySignal<string | null>;
  readonly busy: ReadonlySignal<boolean>;
  /** whether one may come by a password here */
  readonly passwords: ReadonlySignal<boolean>;
  /** when her session is over, by this computer's clock; null while nobody is in */
  readonly endsMs: ReadonlySignal<number | null>;
  /** Her session lasts so long from now on. */
  lasts(leftMs: number): void;
  start(token: string | null, said?: string | null): Promise<void>;
  first(name: string): Promise<void>;
  second(by: 'passkey' | 'codes'): Promise<void>;
  /** the codes are where she finds them again */
  goOn(): Promise<void>;
  withPasskey(): Promise<void>;
  withCode(code: string): Promise<void>;
  withPassword(login: string, password: string): Promise<void>;
  withTotp(code: string): Promise<void>;
  to(is: 'sign_in' | 'new_password'): void;
  beginPassword(login: string, password: string): Promise<void>;
  confirmPassword(code: string): Promise<void>;
  removePassword(): Promise<void>;
  add(): Promise<void>;
  remove(id: string): Promise<void>;
  newCodes(): Promise<void>;
  endOthers(): Promise<void>;
  /** from what is her own to her pages, and back */
  toPages(): void;
  toHome(): Promise<void>;
  /** Whether she is still signed in: who is not is asked to, and reads why. */
  look(): Promise<void>;
  /** whether somebody chats with her now: then she does not give this computer up */
  isHolding(): Promise<boolean>;
  signOut(): Promise<void>;
}

const sentenceOf = (refused: Refused): string =>
  refused.why === 'too_fast' ? words.problems.tooFast(Math.ceil(refused.waitMs / 1_000)) : words.problems[refused.why];

/** From an address, a passkey or a code to somebody who is in [G11 G12]. One thing at a time; what was typed stays in its field. */
// over 80 lines because each step of one way stands beside the next
export function createGettingIn(ports: GettingInPorts, nowMs: () => number, stepUp: Pick<StepUp, 'with'>): GettingIn {
  const stand = signal<Stand>({ is: 'starting' });
  const problem = signal<string | null>(null);
  const busy = signal(false);
  const endsMs = signal<number | null>(null);
  const passwords = signal(false);
  const lasts = (leftMs: number | undefined) => void (endsMs.value = leftMs === undefined ? null : nowMs() + leftMs);
  let address = '';
  /** nobody could say whether she is signed in */
  let isUnknown = false;

  /**
   * Does one thing, unless another is under way, and says why it did not come about.
   *
   * @param lost what it means that nobody answered
   * @param refused what it means that the service knows no such thing
   */
  async function doing<Value>(
    ask: () => Promise<Done<Value>>,
    then: (value: Value) => void | Promise<void>,
    lost: string = words.problems.unreachable,
    refused: string = words.problems.refused,
  ) {
    if (busy.peek()) return;
    busy.value = true;
    problem.value = null;
    const done = await ask();
    if (done.ok) await then(done.value);
    else if (done.why === 'gone') stand.value = { is: 'gone' };
    else {
      if (done.why === 'over') stand.value = { is: 'sign_in' };
      problem.value = done.why === 'unreachable' ? lost : done.why === 'refused' ? refused : sentenceOf(done);
    }
    busy.value = false;
  }
  /** What needs that she shows again that it is she: who does not has done nothing, and reads nothing. */
  async function shown<Value>(ask: () => Promise<Done<Value>>): Promise<Done<Value>> {
    const done = await stepUp.with(async () => {
      const answer = await ask();
      return !answer.ok && answer.why === 'step_up' ? 'step_up' : answer;
    });
    return done === 'given_up' ? { ok: false, why: 'step_up' } : done;
  }
  async function home(me: Me): Promise<void> {
    lasts(me.leftMs);
    if (me.method === 'code') {
      const keys = await ports.keys();
      stand.value = { is: 'new_passkey', full: keys.ok && keys.value.passkeys.length >= limits.passkeysMax };
      return;
    }
    const asked = [ports.keys(), ports.sessions.list(), ports.password()] as const;
    const [keys, sessions, password] = await Promise.all(asked);
    if (!keys.ok || !sessions) {
      stand.value = { is: 'sign_in' };
      problem.value = keys.ok ? words.problems.unreachable : sentenceOf(keys);
    } else stand.value = { is: 'home', me, keys: keys.value, sessions, password: password.ok ? password.value : null };
  }
  const showCodes = (codes: readonly string[]) => void (stand.value = { is: 'codes', codes });
  const meAgain = async () => {
    const me = await ports.me().catch(() => 'unknown' as const);
    isUnknown = me === 'unknown';
    // she may be signed in: that is told, and asked again [G49]
    problem.value = isUnknown ? words.problems.unreachable : null;
    if (me && me !== 'unknown') return home(me);
    stand.value = { is: 'sign_in' };
    passwords.value = await ports.passwords();
  };

  const isOver = () => {
    stand.value = { is: 'sign_in' };
    problem.value = words.problems.over;
  };
  // where nobody can say, nobody is kept here
  const isHolding = async () => (await ports.me().catch(() => null))?.holds === true;

  return {
    stand,
    problem,
    busy,
    endsMs,
    passwords,
    lasts,
    async start(token, said = null) {
      address = token ?? '';
      // whatever she showed would be used up, and she would be asked for it again
      if (!ports.keepsCookies()) stand.value = { is: 'no_cookies', atAddress: token !== null };
      else if (token === null) await meAgain().then(() => stand.peek().is === 'sign_in' && (problem.value ??= said));
      else
        await doing(
          () => ports.look(token),
          () => void (stand.value = { is: 'name' }),
        );
    },
    async first(name) {
      const said = spelled(name);
      const why = said === '' ? 'name' : whyNoName(said);
      if (why) problem.value = words.problems[why];
      else
        await doing(
          () => ports.make(address, said, null),
          (first) => void (stand.value = { is: 'second', name: said, first }),
        );
    },
    async second(by) {
      const at = stand.peek();
      if (at.is !== 'second') return;
      const { name, first } = at;
      const whole = async (passkeys: readonly MadePasskey[]) => ports.finish(address, name, passkeys, by === 'codes');
      await doing(
        async () => {
          if (by === 'codes') return whole([first]);
          const made = await ports.make(address, name, first);
          return made.ok ? whole([first, made.value]) : made;
        },
        async ({ me, codes }) => {
          if (codes.length > 0) stand.value = { is: 'codes', codes };
          else await home(me);
        },
      );
    },
    goOn: meAgain,
    withPasskey: () => doing(ports.withPasskey, home, words.problems.unreachable, words.problems.passkey),
    withCode: (code) => doing(() => ports.withCode(code), home),
    async withPassword(login, password) {
      const isTry = login.trim() !== '' && password !== '';
      await doing(
        async () => (isTry ? ports.withPassword(login, password) : { ok: false, why: 'refused' }),
        () => void (stand.value = { is: 'totp' }),
        words.problems.unreachable,
        isTry ? words.problems.refused : words.problems.noPassword,
      );
    },
    withTotp: (code) => doing(() => ports.withTotp(code), home),
    to(is) {
      problem.value = null;
      stand.value = { is };
    },
    beginPassword: (login, password) =>
      doing(
        () => shown(() => ports.beginPassword(login, password)),
        (seed) => void (stand.value = { is: 'seed', seed }),
      ),
    confirmPassword: (code) => doing(() => shown(() => ports.confirmPassword(code)), meAgain),
    removePassword: () => doing(() => shown(ports.removePassword), meAgain, words.problems.passwordLost),
    add: () => doing(() => shown(ports.add), home),
    remove: (id) => doing(() => shown(() => ports.remove(id)), meAgain, words.problems.passkeyLost),
    // the earlier ones may open nothing any more, and nobody saw these [G9]
    newCodes: () => doing(() => shown(ports.newCodes), showCodes, words.problems.codesLost),
    async endOthers() {
      const sessions = await ports.sessions.end('others');
      const at = stand.peek(); // what came meanwhile stays
      if (sessions === 'step_up') return; // she gave up: nothing is done, and nothing is wrong
      if (sessions === 'over') isOver();
      else if (at.is === 'home' && sessions) stand.value = { ...at, sessions };
      else if (!sessions) problem.value = words.problems.unreachable;
    },
    toPages() {
      const at = stand.peek();
      if (at.is !== 'home' || !at.me.roles.includes('coordinator')) return;
      problem.value = null; // it was of what she leaves
      stand.value = { is: 'pages', me: at.me };
    },
    toHome: meAgain,
    async look() {
      if (stand.peek().is === 'sign_in' && isUnknown && !busy.peek()) return meAgain();
      if (!['home', 'pages'].includes(stand.peek().is)) return;
      const me = await ports.me().catch(() => 'unknown' as const);
      if (me === 'unknown') return;
      lasts(me?.leftMs);
      if (!me) isOver();
    },
    isHolding,
    async signOut() {
      const is = await ports.signOut();
      if (is !== 'out') problem.value = is === 'holding' ? words.problems.holding : words.problems.stillIn;
    },
  };
}
