import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Answer } from '@clbchat/shared/answers';
import type { Timers } from '@clbchat/shared/client/ports';
import type { Desk } from '@clbchat/shared/client/views';

/** So often they are asked for, whatever she does: a request at a press would tell the service of a conversation [D51]. */
export const LOOK_EVERY_MS = 300_000;

export interface AnswersPort {
  /** null when the service did not answer, or may not */
  read(): Promise<readonly Answer[] | null>;
}

/** The centre's canned answers, as this tab heard them last. */
export interface Answers {
  /** null before that */
  readonly all: ReadonlySignal<readonly Answer[] | null>;
  /** Asks whenever this desk is connected, and every five minutes as long as it is. @returns how to stop */
  follow(desk: Pick<Desk, 'connection'>): () => void;
}

export function createAnswers(port: AnswersPort, timers: Timers): Answers {
  const all = signal<readonly Answer[] | null>(null);
  let asked = 0;
  let heard = 0;
  const look = async () => {
    const mine = (asked += 1);
    const found = await port.read();
    if (!found || mine < heard) return; // what was asked before another look may come after it
    heard = mine;
    all.value = found;
  };
  return {
    all,
    follow(desk) {
      const isOn = () => desk.connection.peek().is === 'online';
      const stops = [
        effect(() => void (desk.connection.value.is === 'online' && look())),
        timers.every(LOOK_EVERY_MS, () => void (isOn() && look())),
      ];
      return () => stops.forEach((stop) => stop());
    },
  };
}
