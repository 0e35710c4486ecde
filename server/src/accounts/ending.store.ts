import type { Limits } from '@clbchat/shared/limits';
import { Problem } from '../kernel/failure.ts';
import type { RecordsStore, Row } from '../records/records.store.ts';
import { lineFrom } from './line.store.ts';
import { heirOf, keptIn, type Session } from './session.rules.ts';
import { bySession, goneOf, withBefore } from './sessionsEnded.store.ts';

interface Needs {
  readonly records: Pick<RecordsStore, 'get' | 'list' | 'write'>;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'sessionMs' | 'sessionHeldMsMax' | 'sessionRenewAgainMs'>;
}

/** How somebody ends sessions. */
export interface Endings {
  /**
   * No socket and no request of this session is let in any more, here at once. Rejects when it could not be taken away for
   * others; `settle` does so later. What took its place ends with it, and nothing of them stays on record [A30].
   */
  close(session: Pick<Session, 'binding'>): Promise<void>;
  /**
   * The same of some of hers by one that stands, at which the same step looks: rejects with Problem `no_cert` where that ended
   * meanwhile, and then none of them ends, here neither [G81].
   *
   * @param by its binding
   */
  closeBy(by: string, ended: readonly Pick<Session, 'binding'>[]): Promise<void>;
  /** Whether it was closed here. */
  isClosed(binding: string): boolean;
  /** Whether it was closed here, and could not be taken away for others yet. */
  isOwed(binding: string): boolean;
  /**
   * Takes away what was closed while the records did not answer, unless she signed in anew after that: then she has overruled it,
   * at whatever process [N17]. Never rejects: what does not go now goes the next time.
   */
  settle(): Promise<void>;
}

interface OfThisProcess {
  /** one whose time is over, and not what took its place: where another did, it is over already. Rejects as `close` does */
  endsByItself(binding: string): Promise<void>;
  /** one that is taken away in a step already */
  closesHere(binding: string): void;
}

/** What is to end, and is not written yet. */
interface Owed {
  /** with what took its place: where somebody wants it, and not where it ends by itself */
  readonly whole: boolean;
  /** when that was so */
  readonly sinceMs: number;
}

// over 80 lines because each way to end shares what is closed here and what is owed
export function endingsOf({ records, nowMs, limits }: Needs): Endings & OfThisProcess {
  /** until when what is closed could still count */
  const closed = new Map<string, number>();
  const owed = new Map<string, Owed>();
  const rowOf = (id: string) => records.get({ kind: 'session', id });
  /** The common clock may have gone back since: what comes after that is signed in at an earlier moment than the sign-out before it. */
  const lowers = () => {
    for (const [one, what] of owed) if (what.sinceMs > nowMs()) owed.set(one, { ...what, sinceMs: nowMs() });
  };
  const closesHere = (binding: string) => {
    for (const [one, untilMs] of closed) if (untilMs <= nowMs() && !owed.has(one)) closed.delete(one);
    closed.set(binding, nowMs() + limits.sessionMs + limits.sessionHeldMsMax);
  };

  const signedInMs = ({ text }: Row) => {
    const { anew, againMs = 0 } = keptIn(text) ?? {};
    return anew ? againMs - limits.sessionRenewAgainMs : -Infinity;
  };
  /** What ends of a line, from the first that is meant. */
  function endedOf(line: readonly Row[], { whole, sinceMs }: Owed): readonly Row[] {
    if (!whole) return line.slice(0, 1).filter(({ text }) => heirOf(text) === undefined);
    return line.some((row) => signedInMs(row) >= sinceMs) ? [] : line;
  }

  /**
   * @param what of one that is owed: as it was owed. Else now, with whatever took its place up to then
   * @param by which of hers ends them, where one does: nothing is closed here before it is known that this one stands
   */
  async function end(ended: readonly string[], what: Owed, by?: string): Promise<void> {
    const taken = new Set(ended);
    const asOwed = { ...what, sinceMs: Math.min(what.sinceMs, nowMs()) };
    // what somebody wanted gone is not owed less because its time ended, too
    const mine = () => ended.filter((binding) => what.whole || !owed.get(binding)?.whole);
    const owe = () => {
      taken.forEach(closesHere);
      for (const binding of mine()) owed.set(binding, asOwed);
    };
    if (by === undefined) owe();
    try {
      for (;;) {
        const found = await Promise.all(ended.map((binding) => lineFrom(rowOf, binding)));
        const lines = await withBefore(
          records,
          found.flatMap((line) => endedOf(line, what)),
        );
        for (const { id } of lines) taken.add(id);
        if (by === undefined) taken.forEach(closesHere);
        const looked = (await bySession(records, by)).filter(({ id }) => !taken.has(id));
        const changes = [...lines.map(goneOf), ...looked];
        if (lines.length > 0 && (await records.write(changes, null)).is !== 'written') continue;
        taken.forEach(closesHere);
        for (const binding of mine()) owed.delete(binding);
        return;
      }
    } catch (error) {
      if (error instanceof Problem && error.code !== 'no_cert') owe(); // here they are out, whatever the records say
      throw error;
    }
  }

  return {
    close: ({ binding }) => end([binding], { whole: true, sinceMs: Infinity }),
    closeBy: (by, ended) => {
      const bindings = ended.map(({ binding }) => binding);
      return end(bindings, { whole: true, sinceMs: Infinity }, by);
    },
    isClosed(binding) {
      lowers(); // asked at each request: the clock may be on again past that sign-in by the time that the records answer
      return closed.has(binding);
    },
    isOwed: (binding) => owed.has(binding),
    async settle() {
      lowers();
      for (const [binding, what] of [...owed])
        await end([binding], what).catch((error: unknown) => {
          if (!(error instanceof Problem)) throw error;
        });
    },
    endsByItself: (binding) => end([binding], { whole: false, sinceMs: Infinity }),
    closesHere,
  };
}
