import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Clock } from '@clbchat/shared/client/ports';
import type { Desk, DeskTalk } from '@clbchat/shared/client/views';
import type { VisitId } from '@clbchat/shared/ids';
import type { Ack } from '@clbchat/shared/protocol/wire';

export const isHeld = (talk: DeskTalk): boolean => ['opening', 'talking'].includes(talk.stage.value.is);

/** Every place is taken. Somebody can still be tried to be taken, and the refusal is a sentence. */
export const isFull = (desk: Desk): boolean => desk.talks.value.filter(isHeld).length >= desk.slots.value;

/** What is over, and since when, as this computer's clock has it. */
export interface Ends {
  /** of those that still stand in the list */
  readonly overMs: ReadonlySignal<ReadonlyMap<VisitId, number>>;
  /** conversations that ended in this tab */
  readonly tally: ReadonlySignal<number>;
  /** What is over goes from the list, but for a text that stands nowhere else any more; then she is ready again. */
  clear(tell: (ack: Ack<unknown>) => boolean): Promise<void>;
  stop(): void;
}

export function watchEnds(desk: Desk, clock: Clock): Ends {
  const overMs = signal<ReadonlyMap<VisitId, number>>(new Map());
  const tally = signal(0);
  const stop = effect(() => {
    const before = overMs.peek();
    const after = new Map<VisitId, number>();
    for (const { visitId, stage } of desk.talks.value.filter((talk) => !isHeld(talk))) {
      after.set(visitId, before.get(visitId) ?? clock.nowMs());
      if (!before.has(visitId) && stage.value.is === 'ended') tally.value = tally.peek() + 1;
    }
    overMs.value = after;
  });
  return {
    overMs,
    tally,
    stop,
    async clear(tell) {
      for (const talk of desk.talks.value)
        if (!isHeld(talk) && talk.talk.items.value.length === 0) desk.dismiss(talk.visitId);
      if (desk.status.value === 'wrap-up') tell(await desk.setStatus('available'));
    },
  };
}
