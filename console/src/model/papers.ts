import { signal, type ReadonlySignal } from '@preact/signals';
import type { VisitId } from '@clbchat/shared/ids';

/** One text per conversation, in the memory of this tab only: drafts, and the notes of the counsellor. */
export interface Papers {
  readonly all: ReadonlySignal<ReadonlyMap<VisitId, string>>;
  of(visitId: VisitId): string;
  write(visitId: VisitId, text: string): void;
  wipe(visitId: VisitId): void;
}

export function createPapers(): Papers {
  const all = signal<ReadonlyMap<VisitId, string>>(new Map());
  const change = (edit: (copy: Map<VisitId, string>) => void) => {
    const copy = new Map(all.peek());
    edit(copy);
    all.value = copy;
  };
  return {
    all,
    of: (visitId) => all.value.get(visitId) ?? '',
    write: (visitId, text) => change((copy) => (text === '' ? copy.delete(visitId) : copy.set(visitId, text))),
    wipe(visitId) {
      if (all.peek().has(visitId)) change((copy) => copy.delete(visitId));
    },
  };
}
