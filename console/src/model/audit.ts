import { signal, type ReadonlySignal } from '@preact/signals';
import { toBase64url } from '@clbchat/shared/base64url';
import { utf8 } from '@clbchat/shared/bytes';
import { sha256 } from '@clbchat/shared/digest';
import { latest } from './latest.ts';

/** What the service says of the log: its newest entries as they are written down, oldest first. */
export interface AuditLog {
  /** what the first of them is chained to */
  readonly after: string;
  readonly entries: readonly string[];
  /** digest of everything */
  readonly head: string;
  /** how many came before those */
  readonly earlier: number;
  /** the service's own word on the whole of it */
  readonly whole: boolean;
  /** of those who are there still, by id */
  readonly names: Readonly<Record<string, string>>;
}
/** The end of the log that this browser saw last, and when. */
export interface SeenHead {
  readonly head: string;
  readonly atMs: number;
}
export interface AuditPorts {
  /** Null when there was no answer. */
  read(): Promise<AuditLog | null>;
  seen(): Promise<SeenHead | null>;
  remember(seen: SeenHead): Promise<void>;
  nowMs(): number;
}

export interface AuditRow {
  readonly atMs: number;
  readonly by: string;
  readonly act: string;
  readonly about: string;
}
/** `changed`: the chain does not hold. `gone`: what this browser saw at the end is not in it any more. */
type Broken = 'changed' | 'gone';
export type AuditState =
  | { readonly is: 'loading' }
  | { readonly is: 'failed' }
  | {
      readonly is: 'ready';
      /** newest first; null for an entry that is none */
      readonly rows: readonly (AuditRow | null)[];
      readonly earlier: number;
      readonly broken: Broken | null;
      readonly names: AuditLog['names'];
    };
export interface Audit {
  readonly state: ReadonlySignal<AuditState>;
  open(): Promise<void>;
}

/** An entry goes when it is a year old [A4], so what was seen longer ago need not be there. */
const KEPT_MS = 365 * 86_400_000;

/** Each entry is chained to all before it, by the digest that the service made when it was written. */
async function chainOf({ after, entries }: AuditLog): Promise<string[]> {
  const digests = [after];
  for (const text of entries)
    digests.push(toBase64url(await sha256(utf8(`clbchat/1 audit\n${digests.at(-1)}\n${text}`))));
  return digests;
}

/** What this browser itself can tell of a log; it believes no word of the service that all is well. */
export async function judge(log: AuditLog, seen: SeenHead | null, nowMs: number): Promise<Broken | null> {
  const chain = await chainOf(log);
  if (!log.whole || chain.at(-1) !== log.head || log.entries.some((text) => rowOf(text) === null)) return 'changed';
  // what came before the entries that are shown, and what went with its age, cannot be looked for
  const canTell = seen !== null && log.earlier === 0 && nowMs - seen.atMs < KEPT_MS;
  return canTell && !chain.includes(seen.head) ? 'gone' : null;
}

export function createAudit(ports: AuditPorts): Audit {
  const state = signal<AuditState>({ is: 'loading' });
  const order = latest();
  return {
    state,
    async open() {
      if (state.peek().is !== 'ready') state.value = { is: 'loading' };
      const counts = order.ask();
      const log = await ports.read();
      if (!log) {
        if (counts(false)) state.value = { is: 'failed' };
        return;
      }
      const broken = await judge(log, await ports.seen().catch(() => null), ports.nowMs());
      if (!counts()) return;
      const { earlier, names } = log;
      state.value = { is: 'ready', rows: log.entries.map(rowOf).toReversed(), earlier, broken, names };
      // what does not hold is no end to remember: the next look has to show it, too
      if (!broken) await ports.remember({ head: log.head, atMs: ports.nowMs() }).catch(() => undefined);
    },
  };
}

function rowOf(text: string): AuditRow | null {
  try {
    const { atMs, by, act, about } = JSON.parse(text) as Partial<AuditRow>;
    const fits = typeof atMs === 'number' && [by, act, about].every((one) => typeof one === 'string');
    return fits ? { atMs, by: by!, act: act!, about: about! } : null;
  } catch {
    return null;
  }
}
