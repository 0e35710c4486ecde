import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { limits } from '@clbchat/shared/limits';
import { spelled } from '@clbchat/shared/names';
import { isShown } from '@clbchat/shared/statement/certificate.schema';
import { wordsIn } from '@clbchat/shared/statement/chain';
import { makeIssuer, signDevice, type Issuer } from '@clbchat/shared/statement/issuer';
import { askIssuer, takeAnswer } from '@clbchat/shared/statement/issuerRequest';
import { makeSigningPair, pinOf } from '@clbchat/shared/statement/signingKey';
import { latest } from '../latest.ts';
import { isLost, type AllDevices, type Answer } from '../devices.ts';
import { signersOf } from '../readiness.ts';
import type { DevicesPorts, Shown } from './devicesPorts.ts';
import { openedFrom, type ChosenFile } from './chosenFile.ts';
import { idOf, isStanding, shownOf, type DevicesShown } from './devicesShown.ts';
import { renewsNothing, type Says } from './heard.ts';
import { posted } from './posting.ts';
import { signedAnew, toldBy } from './renewing.ts';

/** A button of this page: what went wrong is said there, or at a field of its form. */
export type DevicesPress = 'sign' | 'anew' | 'remove' | 'revoke' | 'make' | 'request' | 'take';
/** `name` and `site` are of the ask that she pressed last, `asked` and `answer` of a request of hers. */
export type DevicesField = 'name' | 'site' | 'file' | 'passphrase' | 'org' | 'asked' | 'answer';
/** What is wrong: a code of the service, a refusal of a root file or an answer, or of ours: `missing`, `words`, `unreadable`, `unkept`, `clock`, `no_issuer`, `other_clock`. */
interface DevicesProblem {
  readonly at: DevicesField | DevicesPress;
  readonly why: string;
}

type Answered = AllDevices & Pick<Says, 'askedMs'>;

type DevicesState =
  | { readonly is: 'loading' }
  | { readonly is: 'failed' }
  | { readonly is: 'ready'; readonly shown: DevicesShown };

export interface DevicesPage {
  readonly state: ReadonlySignal<DevicesState>;
  readonly problem: ReadonlySignal<DevicesProblem | null>;
  readonly busy: ReadonlySignal<boolean>;
  open(): Promise<void>;
  sign(id: string, says: Shown): Promise<boolean>;
  /** one whose issuer was revoked, with the words that it has, by her own [O60] */
  signAnew(id: string): Promise<boolean>;
  /** @returns whether it is gone, as both of these */
  remove(id: string): Promise<boolean>;
  revoke(id: string): Promise<boolean>;
  /** an issuer from a root file, on record and kept in this browser */
  make(file: ChosenFile | undefined, passphrase: string, org: string): Promise<boolean>;
  /** a request for a root file on a computer without a network, kept until its answer comes; another one takes its place */
  ask(org: string): Promise<boolean>;
  /** what that computer answered, on record and kept in this browser */
  answer(text: string): Promise<boolean>;
}

/** The coordinator's side of enrolment, and what she signs with [O27]. One thing at a time; what was typed stays. */
// over 80 lines because everything that one list of computers may become stands together
export function createDevicesPage(ports: DevicesPorts): DevicesPage {
  const { api, stepUp } = ports;
  const all = signal<Answered | null>(null);
  const shown = signal<DevicesShown | null>(null);
  const failed = signal(false);
  const problem = signal<DevicesProblem | null>(null);
  const busy = signal(false);
  const order = latest();
  /**
   * Posted, and nobody heard whether it is on record: no other one is put there before this one was heard to be taken off it [O66].
   * `hers`: it is, and this browser has it. `refused`: it was posted once more, and the next press makes another one.
   */
  let unheard: { readonly issuer: Issuer; readonly is?: 'hers' | 'refused' } | null = null;
  /** A reload forgets nothing of it. */
  const posts = async (account: string, next: typeof unheard) => {
    unheard = next;
    await ports.writePosted(account, next?.issuer ?? null).catch(() => undefined);
  };
  /** what the service's clock is ahead of this one */
  let aheadMs = 0;
  const serviceMs = () => ports.nowMs() + aheadMs;
  let pressedMs = 0;
  const heard = (said: AllDevices, askedMs = pressedMs): Answered => {
    aheadMs = said.nowMs - ports.nowMs();
    return { ...said, askedMs };
  };

  async function take(next: Answered): Promise<void> {
    all.value = next;
    const before = await ports.readPosted(next.account).catch(() => null);
    const made = (unheard ??= before && { issuer: before });
    if (made && made.is !== 'hers' && (await isStanding(next, made.issuer, serviceMs())))
      await ports.writeIssuer(next.account, made.issuer).then(
        () => (unheard = { issuer: made.issuer, is: 'hers' }),
        () => undefined,
      );
    const issuer = await ports.readIssuer(next.account).catch(() => null);
    let isIdle = false;
    if (issuer) {
      const says = await toldBy(next, issuer, { askedMs: next.askedMs, heardMs: ports.nowMs() });
      isIdle = renewsNothing(await ports.hear(next.account, says).catch(() => null), await idOf(issuer));
    }
    const asked = await ports.readAsked(next.account).catch(() => null);
    const here = issuer && (await isStanding(next, issuer, serviceMs())) ? issuer : null;
    const inHerName = !here && ports.inHerName !== undefined && signersOf(next).has(next.account);
    // the demonstration shows the set-up to whoever looks at it
    const mayBegin = ports.inHerName !== undefined || next.everSigned === false;
    const found = { ...(await shownOf(next, here, asked)), inHerName, mayBegin, isIdle: here !== null && isIdle };
    if (all.peek() === next) shown.value = found;
  }
  const says = (at: DevicesProblem['at'], why: string) => {
    problem.value = { at, why };
    return false;
  };
  let pressed: DevicesPress = 'sign';
  const fails = (why: string) => says(pressed, why);
  async function done(answer: Answer<AllDevices> | 'given_up', at: DevicesProblem['at'] = pressed): Promise<boolean> {
    if (answer === 'given_up') return false;
    order.known();
    if (answer.ok) {
      await take(heard(answer.value));
      return true;
    }
    says(isLost(answer) ? pressed : at, answer.why); // nothing is wrong with what she typed
    // somebody else was first: what stands now is shown beside that
    const now = answer.why === 'gone' ? await api.all() : answer;
    if (now.ok) await take(heard(now.value));
    return false;
  }
  async function work(press: DevicesPress, run: () => Promise<boolean>): Promise<boolean> {
    if (busy.peek()) return false;
    pressed = press;
    pressedMs = ports.nowMs();
    busy.value = true;
    problem.value = null;
    try {
      return await run();
    } catch {
      return fails('failed');
    } finally {
      busy.value = false;
    }
  }
  /** Takes off the record what is on it for nobody. @returns whether that was heard */
  async function takeOff(issuer: Issuer): Promise<boolean> {
    const answer = await api.revokeIssuer(await idOf(issuer));
    if (!answer.ok && answer.why !== 'gone') return fails(answer.why);
    await posts(all.peek()!.account, null);
    return true;
  }
  /** On record and kept in this browser, or neither. */
  async function own(issuer: Issuer, now: AllDevices, at: DevicesField): Promise<boolean> {
    const before = unheard?.is === 'hers' ? null : unheard;
    const isAgain = before !== null && (await idOf(before.issuer)) === (await idOf(issuer));
    if (before && !isAgain && !(await takeOff(before.issuer))) return false;
    await posts(now.account, { issuer });
    const answer = await stepped(() => posted(api, issuer, now));
    if (answer !== 'given_up' && answer.ok) unheard = null;
    // a refusal says of this post alone that it is not on record, and of none before it
    else if (answer === 'given_up' || !isLost(answer))
      await posts(now.account, isAgain ? { issuer, is: 'refused' } : null);
    // this clock is right: it was the one of the computer that signed
    if (at === 'answer' && answer !== 'given_up' && !answer.ok && answer.why === 'clock')
      return says(at, 'other_clock');
    if (!(await done(answer, at))) return false;
    const kept = await ports.writeIssuer(now.account, issuer).then(
      () => true,
      () => false,
    );
    if (kept) {
      await take(all.peek()!);
      return true;
    }
    // what signs and is nowhere is on record for nobody
    unheard = { issuer, is: 'refused' };
    await takeOff(issuer);
    return fails('unkept');
  }
  /** What she typed is spelled as it stands: what her issuer says and what stands differ by nothing, or it renews none of it [G93]. */
  async function orgOf(typed: string): Promise<string> {
    const org = spelled(typed);
    const chains = all.peek()?.devices.flatMap(({ chain }) => chain ?? []) ?? [];
    const stand = await Promise.all(chains.map(async (chain) => (await wordsIn(chain))?.device.org ?? ''));
    return stand.find((one) => isShown(one) && spelled(one) === org) ?? org;
  }
  const clockIsWrong = () => !(Math.abs(aheadMs) <= limits.skewMsMax);
  /** `step_up` is no answer: it is asked again once she has shown that it is she. */
  const stepped = (ask: () => Promise<Answer<AllDevices>>) =>
    stepUp.with(async () => {
      const answer = await ask();
      return !answer.ok && answer.why === 'step_up' ? ('step_up' as const) : answer;
    });

  return {
    state: computed((): DevicesState => {
      if (shown.value) return { is: 'ready', shown: shown.value };
      return failed.value ? { is: 'failed' } : { is: 'loading' };
    }),
    problem,
    busy,
    async open() {
      problem.value = null; // it was of a press before this one
      const counts = order.ask();
      const askedMs = ports.nowMs();
      const answer = await api.all();
      failed.value = !answer.ok;
      if (answer.ok && counts()) await take(heard(answer.value, askedMs));
    },
    sign: (id, { name: typedName, site: typedSite }) =>
      work('sign', async () => {
        const [name, site] = [spelled(typedName), spelled(typedSite)];
        for (const [at, text] of [
          ['name', name],
          ['site', site],
        ] as const)
          if (text === '' || !isShown(text)) return says(at, text === '' ? 'missing' : 'words');
        const asked = all.peek()?.asks.find((one) => one.id === id);
        const { issuer, inHerName } = shown.peek() ?? {};
        if (!issuer && !inHerName) return fails('no_issuer');
        if (!asked) return fails('gone');
        if (clockIsWrong()) return fails('clock');
        // what is compared is what is signed: the digest of this very key
        if ((await pinOf(asked.pub)) !== id) return fails('chain');
        if (!issuer) {
          const handIn = async () => {
            const signed = await ports.inHerName!({ id, name, site });
            return signed.ok ? api.sign(signed.value) : signed;
          };
          return done(await stepped(handIn));
        }
        const chain = await signDevice(issuer, { sub: asked.account, name, site, pub: asked.pub, nowMs: serviceMs() });
        return done(await stepped(() => api.sign(chain)));
      }),
    signAnew: (id) =>
      work('anew', async () => {
        const { issuer } = shown.peek() ?? {};
        if (!issuer) return fails('no_issuer');
        if (clockIsWrong()) return fails('clock');
        const signed = all.peek()?.devices.find((one) => one.id === id);
        if (!signed) return fails('gone');
        const chain = await signedAnew(signed.chain, issuer, serviceMs());
        // what was pressed is what is signed: the digest of this very key
        const pub = chain && (await wordsIn(chain))?.device.pub;
        if (!chain || !pub || (await pinOf(pub)) !== id) return fails('chain');
        return done(await stepped(() => api.renew(chain)));
      }),
    remove: (id) => work('remove', async () => done(await api.remove(id))),
    revoke: (id) => work('revoke', async () => done(await api.revokeIssuer(id))),
    make: (file, passphrase, typedOrg) =>
      work('make', async () => {
        const org = await orgOf(typedOrg);
        if (!file) return says('file', 'missing');
        if (passphrase === '') return says('passphrase', 'missing');
        if (org === '' || !isShown(org)) return says('org', org === '' ? 'missing' : 'words');
        const now = all.peek();
        if (!now) return fails('unreachable');
        if (clockIsWrong()) return fails('clock');
        const root = await openedFrom(file, passphrase);
        if (!root.ok) return root.why === 'passphrase' ? says('passphrase', 'closed') : says('file', root.why);
        const made = unheard?.is === 'refused' ? null : unheard?.issuer;
        const isSame = made?.org === org && made.rootPublic === root.root;
        return own(isSame ? made : await makeIssuer(root, { org, nowMs: serviceMs() }), now, 'file');
      }),
    ask: (typedOrg) =>
      work('request', async () => {
        const org = await orgOf(typedOrg);
        if (org === '' || !isShown(org)) return says('asked', org === '' ? 'missing' : 'words');
        const now = all.peek();
        if (!now) return fails('unreachable');
        if (clockIsWrong()) return fails('clock');
        const asked = await askIssuer(await makeSigningPair(), org, serviceMs());
        const kept = await ports.writeAsked(now.account, asked).then(
          () => true,
          () => false,
        );
        if (!kept) return fails('unkept');
        await take(now);
        return true;
      }),
    answer: (text) =>
      work('take', async () => {
        const now = all.peek();
        const asked = now && (await ports.readAsked(now.account).catch(() => null));
        if (!asked) return fails('unkept');
        const issuer = await takeAnswer(asked, text);
        if (typeof issuer === 'string') return says('answer', text.trim() === '' ? 'missing' : issuer);
        return own(issuer, now, 'answer');
      }),
  };
}
