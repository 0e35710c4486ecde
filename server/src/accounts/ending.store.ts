import type { Limits } from '@clbchat/shared/limits';
import { Problem } from '../kernel/failure.ts';
import type { RecordsStore } from '../records/records.store.ts';
import { lineFrom } from './line.store.ts';
import type { Session } from './session.rules.ts';
import { bySession, goneOf } from './sessionsEnded.store.ts';

interface Needs {
  readonly records: Pick<RecordsStore, 'get' | 'write'>;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'sessionMs' | 'sessionHeldMsMax'>;
}

/** How somebody ends sessions. */
export interface Endings {
  /**
   * No socket and no request of this session is let in any more, here at once. Rejects when it could not be taken away for
   * others; `settle` does so later. What took its place ends with it [A30].
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
  /** Takes away what was closed while the records did not answer. Never rejects: what does not go now goes the next time. */
  settle(): Promise<void>;
}

interface OfThisProcess {
  /** one whose time is over, and not what took its place. Rejects as `close` does */
  endsByItself(binding: string): Promise<void>;
  /** one that is taken away in a step already */
  closesHere(binding: string): void;
  /** she signed in anew in its place: what is owed of it ends nothing of what came after */
  replaced(binding: string): void;
}

export function endingsOf({ records, nowMs, limits }: Needs): Endings & OfThisProcess {
  /** until when what is closed could still count */
  const closed = new Map<string, number>();
  /** and whether with what took its place */
  const owed = new Map<string, boolean>();
  const rowOf = (id: string) => records.get({ kind: 'session', id });
  const closesHere = (binding: string) => {
    for (const [one, untilMs] of closed) if (untilMs <= nowMs() && !owed.has(one)) closed.delete(one);
    closed.set(binding, nowMs() + limits.sessionMs + limits.sessionHeldMsMax);
  };

  /**
   * @param whole with what took its place: where somebody wants it, and not where it ends by itself
   * @param by which of hers ends them, where one does: nothing is closed here before it is known that this one stands
   */
  async function end(ended: readonly string[], whole: boolean, by?: string): Promise<void> {
    const taken = new Set(ended);
    const owe = () => {
      taken.forEach(closesHere);
      // what somebody wanted gone is not owed less because its time ended, too
      for (const binding of ended) owed.set(binding, whole || owed.get(binding) === true);
    };
    if (by === undefined) owe();
    try {
      for (;;) {
        const lines = (await Promise.all(ended.map((binding) => lineFrom(rowOf, binding)))).flatMap((line) =>
          line.slice(0, whole ? undefined : 1),
        );
        for (const { id } of lines) taken.add(id);
        if (by === undefined) taken.forEach(closesHere);
        const looked = (await bySession(records, by)).filter(({ id }) => !taken.has(id));
        const changes = [...lines.map(goneOf), ...looked];
        if (lines.length > 0 && (await records.write(changes, null)).is !== 'written') continue;
        taken.forEach(closesHere);
        for (const binding of ended) owed.delete(binding);
        return;
      }
    } catch (error) {
      if (error instanceof Problem && error.code !== 'no_cert') owe(); // here they are out, whatever the records say
      throw error;
    }
  }

  return {
    close: ({ binding }) => end([binding], true),
    closeBy: (by, ended) => {
      const bindings = ended.map(({ binding }) => binding);
      return end(bindings, true, by);
    },
    isClosed: (binding) => closed.has(binding),
    isOwed: (binding) => owed.has(binding),
    async settle() {
      for (const [binding, whole] of [...owed])
        await end([binding], whole).catch((error: unknown) => {
          if (!(error instanceof Problem)) throw error;
        });
    },
    endsByItself: (binding) => end([binding], false),
    closesHere,
    replaced: (binding) => void owed.delete(binding),
  };
}
