import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Clock } from '@clbchat/shared/client/ports';
import { verifyChain } from '@clbchat/shared/statement/certificate';
import { spelled } from '@clbchat/shared/names';
import { isShown } from '@clbchat/shared/statement/certificate.schema';
import { fingerprintOf } from '@clbchat/shared/statement/fingerprint';
import { makeIssuer, signDevice, type Issuer } from '@clbchat/shared/statement/issuer';
import { passphraseProblem } from '@clbchat/shared/statement/passphrase';
import { openRoot, ROOT_FILE_BYTES_MAX, type OpenedRoot, type Pins } from '@clbchat/shared/statement/rootFile';
import { makeRoots, pinsText, rootFileName, type MadeRoots } from '@clbchat/shared/statement/roots';
import { exportPublic, makeSigningPair, pinOf, type KeyPair } from '@clbchat/shared/statement/signingKey';
import {
  isUnderWay,
  setupBegins,
  setupStep,
  type SetupEvent,
  type SetupField,
  type SetupProblem,
  type SetupProblems,
  type SetupState,
} from './setupSteps.ts';

/** A file that a person chose; the browser may have lost it since. */
export type Chosen = Pick<File, 'size' | 'arrayBuffer'>;

/** What a coordinator has when her centre is set up. */
export interface SetUp {
  readonly pins: Pins;
  readonly issuer: Issuer;
  readonly device: { readonly keys: KeyPair; readonly chain: string };
}

export interface SetupPorts {
  readonly clock: Clock;
  /** id of the account that the first device is signed for */
  readonly account: string;
  /** hands a file to whoever sits there */
  save(name: string, bytes: Uint8Array<ArrayBuffer>): void;
  /**
   * Keeps issuer and device, and tells whoever has to know of them.
   *
   * @returns false when that failed, or why the service does not believe them yet: nothing is kept then
   */
  keep(made: SetUp): Promise<boolean | 'no_pins' | 'other_pins' | 'signed_out' | 'unheard'>;
  /** false: the browser lets no page write there */
  copy(text: string): Promise<boolean>;
  /** a reload loses something from now on, or no more */
  underWay(is: boolean): void;
}

/** What a page of the set-up shows of it. */
interface Shown {
  readonly fingerprints: readonly [readonly string[], readonly string[]];
  /** names of both files */
  readonly names: { readonly O: string; readonly O2: string };
  /** a line of the static side's configuration, and an attribute of a school's page */
  readonly configuration: string;
  readonly attribute: string;
}
interface Signed {
  /** ms */
  readonly endsMs: number;
  readonly warnsMs: number;
  readonly name: string;
  readonly site: string;
  readonly fingerprint: readonly string[];
}

export interface Setup {
  readonly state: ReadonlySignal<SetupState>;
  /** null before the roots are made */
  readonly shown: ReadonlySignal<Shown | null>;
  readonly signed: ReadonlySignal<Signed | null>;
  /** the service did not know the roots yet when it last said whether it does: it is being told while she is on this page */
  readonly lacksPins: ReadonlySignal<boolean>;
  on(): void;
  back(): void;
  /** throws away what was made */
  anew(): void;
  make(passphrase: string, again: string): Promise<void>;
  save(kind: 'O' | 'O2'): void;
  /** opens both files as they lie on a disk */
  check(first: Chosen | undefined, second: Chosen | undefined, passphrase: string): Promise<void>;
  sign(says: Readonly<Record<'org' | 'name' | 'site', string>>): Promise<void>;
  copy(text: string): Promise<boolean>;
}

/** How far this computer's clock may be off what it signed itself a moment ago. */
const SKEW_MS_MAX = 60_000;

/** @param lost the page was in the middle of it before it was loaded anew */
export function createSetup(ports: SetupPorts, lost: boolean): Setup {
  const state = signal(setupBegins(lost));
  const made = signal<MadeRoots | null>(null);
  const signed = signal<Signed | null>(null);
  const lacksPins = signal(false);
  /** O as it was read back: what signs comes from the disk, and shows that the file can */
  let root: OpenedRoot | null = null;
  /** this computer's, of every press: what asks in vain counts among her asks for a day [O14] */
  let keys: KeyPair | null = null;

  function tell(event: SetupEvent) {
    state.value = setupStep(state.value, event);
    if (state.value.step === 'passphrase' && !state.value.busy)
      [made.value, root, lacksPins.value] = [null, null, false];
    ports.underWay(isUnderWay(state.value));
  }
  /** One piece of work of a page, once its fields are filled in. `at` is the field that bears what nobody foresaw. */
  async function work(problems: SetupProblems, at: SetupField, run: () => Promise<SetupProblems>) {
    if (state.value.busy) return;
    tell({ is: 'asked', problems });
    if (!state.value.busy) return;
    tell({ is: 'done', problems: await run().catch(() => ({ [at]: 'failed' })) });
  }

  const shown = computed<Shown | null>(() => made.value && shownOf(made.value.pins));
  return {
    state,
    shown,
    signed,
    lacksPins,
    on: () => tell({ is: 'on' }),
    back: () => tell({ is: 'back' }),
    anew: () => tell({ is: 'anew' }),
    make: (passphrase, again) =>
      work(newPassphrase(passphrase, again), 'passphrase', async () => {
        made.value = await makeRoots(passphrase);
        return {};
      }),
    save(kind) {
      if (!made.value) return;
      ports.save(rootFileName(kind, made.value.pins), made.value.files[kind]);
      tell({ is: 'saved', kind });
    },
    check: (first, second, passphrase) =>
      work(
        missing({ first: first ? 'chosen' : '', second: second ? 'chosen' : '', opening: passphrase }),
        'opening',
        async () => {
          const tested = await test([first!, second!], passphrase, made.value!.pins);
          root = tested.root;
          return tested.problems;
        },
      ),
    sign: (says) =>
      work(wordsOf(says), 'org', async () => {
        const [org, name, site] = [spelled(says.org), spelled(says.name), spelled(says.site)];
        const nowMs = ports.clock.nowMs();
        const issuer = await makeIssuer(root!, { org, nowMs });
        keys ??= await makeSigningPair();
        const pub = await exportPublic(keys.publicKey);
        const chain = await signDevice(issuer, { sub: ports.account, name, site, pub, nowMs });
        const { pins } = made.value!;
        if (!(await verifyChain(chain, { pins, nowMs, skewMsMax: SKEW_MS_MAX })).ok) return { org: 'failed' };
        const kept = await ports.keep({ pins, issuer, device: { keys, chain } });
        if (kept !== true && kept !== 'unheard') lacksPins.value = kept === 'no_pins';
        if (kept !== true) return { org: kept === false ? 'unkept' : kept };
        root = null;
        signed.value = {
          ...{ endsMs: issuer.exp * 1_000, warnsMs: issuer.warnFrom * 1_000, name, site },
          fingerprint: fingerprintOf(await pinOf(pub)),
        };
        return {};
      }),
    copy: ports.copy,
  };
}

const shownOf = (pins: Pins): Shown => ({
  fingerprints: [fingerprintOf(pins[0]), fingerprintOf(pins[1])],
  names: { O: rootFileName('O', pins), O2: rootFileName('O2', pins) },
  configuration: `ROOT_PINS=${pinsText(pins)}`,
  attribute: `data-key="${pinsText(pins)}"`,
});

function newPassphrase(passphrase: string, again: string): SetupProblems {
  const problem = passphrase === '' ? 'missing' : passphraseProblem(passphrase);
  if (problem) return { passphrase: problem };
  return passphrase === again ? {} : { again: again === '' ? 'missing' : 'different' };
}

const missing = (fields: Partial<Record<SetupField, string>>): SetupProblems =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([field, text]) => (text.trim() === '' ? [[field, 'missing']] : [])),
  );

const wordsOf = (says: Readonly<Record<'org' | 'name' | 'site', string>>): SetupProblems => ({
  ...Object.fromEntries(
    Object.entries(says).flatMap(([field, text]) => (isShown(spelled(text)) ? [] : [[field, 'words']])),
  ),
  ...missing(says),
});

type Read = OpenedRoot | { readonly ok: false; readonly why: SetupProblem | 'passphrase' };

/** Opens what was chosen, as it will have to be opened one day. */
async function test(chosen: readonly Chosen[], passphrase: string, pins: Pins) {
  const [first, second] = (await Promise.all(chosen.map((file) => readBack(file, passphrase)))) as [Read, Read];
  const opened = [first, second].filter((one) => one.ok);
  const closed = [first, second].some((one) => !one.ok && one.why === 'passphrase');
  const problems: SetupProblems = {
    ...problemAt('first', first, pins),
    ...problemAt('second', second, pins),
    // where no file opens, it is what was typed that is wrong
    ...(closed && opened.length === 0 && { opening: 'closed' }),
  };
  if (problems.opening) {
    const others = Object.entries(problems).filter(([field, why]) => field === 'opening' || why !== 'closed');
    return { problems: Object.fromEntries(others) as SetupProblems, root: null };
  }
  if (first.ok && second.ok && first.kind === second.kind && Object.keys(problems).length === 0)
    return { problems: { second: 'twice' } satisfies SetupProblems, root: null };
  return { problems, root: opened.find(({ kind }) => kind === 'O') ?? null };
}

function problemAt(field: 'first' | 'second', read: Read, pins: Pins): SetupProblems {
  if (!read.ok) return { [field]: read.why === 'passphrase' ? 'closed' : read.why };
  return pinsText(read.pins) === pinsText(pins) ? {} : { [field]: 'other' };
}

async function readBack(file: Chosen, passphrase: string): Promise<Read> {
  if (file.size > ROOT_FILE_BYTES_MAX) return { ok: false, why: 'too_large' };
  const bytes = await file.arrayBuffer().catch(() => null);
  return bytes ? openRoot(new Uint8Array(bytes), passphrase) : { ok: false, why: 'unreadable' };
}
