import { signal, type ReadonlySignal } from '@preact/signals';
import { toBase64url } from '@clbchat/shared/base64url';
import { utf8 } from '@clbchat/shared/bytes';
import { sha256 } from '@clbchat/shared/digest';
import { limits } from '@clbchat/shared/limits';
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
/** What this browser saw last of the log: its end, and when. */
export interface SeenHead {
  readonly head: string;
  readonly atMs: number;
  /** when each entry was written, by the digest of everything up to it */
  readonly entries: readonly (readonly [digest: string, atMs: number])[];
  /** when it last saw an end that later was too far back to be found; null where it found each */
  readonly lostMs: number | null;
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
/**
 * `changed`: the chain does not hold. `gone`: what this browser saw is not in it any more. `beyond`: so much came since that
 * nobody can tell here whether what it saw is.
 */
type Broken = 'changed' | 'gone' | 'beyond';
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
const DAY_MS = 86_400_000;
const KEPT_MS = 365 * DAY_MS;

/** Each entry is chained to all before it, by the digest that the service made when it was written. */
async function chainOf({ after, entries }: AuditLog): Promise<string[]> {
  const digests = [after];
  for (const text of entries)
    digests.push(toBase64url(await sha256(utf8(`clbchat/1 audit\n${digests.at(-1)}\n${text}`))));
  return digests;
}

/**
 * What this browser itself can tell of a log; it believes no word of the service that all is well, and none that what it saw
 * cannot be looked for: only a full page leaves something out, and only its age takes an entry away.
 */
export async function judge(
  log: AuditLog,
  seen: SeenHead | null,
  nowMs: number,
  shownMax: number = limits.auditShownMax,
): Promise<{ readonly chain: readonly string[]; readonly broken: Broken | null }> {
  const chain = await chainOf(log);
  return { chain, broken: judged(log, chain, seen, nowMs, shownMax) };
}

function judged(
  log: AuditLog,
  chain: readonly string[],
  seen: SeenHead | null,
  nowMs: number,
  shownMax: number,
): Broken | null {
  const rows = log.entries.map(rowOf);
  const isFull = log.entries.length >= shownMax;
  const holds = log.whole && chain.at(-1) === log.head && !rows.includes(null) && (log.earlier === 0 || isFull);
  if (seen !== null && nowMs - seen.atMs < KEPT_MS && !chain.includes(seen.head)) {
    // all that is shown came since then, and no more fits a page: or what it saw would be among it
    const isSince = rows.every((row) => row !== null && row.atMs > seen.atMs - DAY_MS);
    return holds && isFull && log.earlier > 0 && isSince ? 'beyond' : holds ? 'gone' : 'changed';
  }
  if (!holds) return 'changed';
  const cutMs = seen?.entries.find(([digest]) => digest === log.after)?.[1];
  if (log.earlier === 0 && cutMs !== undefined && cutMs > nowMs - KEPT_MS + DAY_MS) return 'gone';
  return seen !== null && seen.lostMs !== null && nowMs - seen.lostMs < KEPT_MS ? 'beyond' : null;
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
      const [seen, nowMs] = [await ports.seen().catch(() => null), ports.nowMs()];
      const { chain, broken } = await judge(log, seen, nowMs);
      if (!counts()) return;
      const { earlier, names } = log;
      const rows = log.entries.map(rowOf);
      state.value = { is: 'ready', rows: rows.toReversed(), earlier, broken, names };
      // what does not hold is no end to remember: the next look has to show it, too
      if (broken === 'changed' || broken === 'gone') return;
      const entries = rows.map((row, at) => [chain[at + 1]!, row!.atMs] as const);
      const lostMs = broken === null ? null : chain.includes(seen!.head) ? seen!.lostMs : seen!.atMs;
      await ports.remember({ head: log.head, atMs: nowMs, entries, lostMs }).catch(() => undefined);
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
