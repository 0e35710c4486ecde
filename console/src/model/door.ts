import { signal, type ReadonlySignal } from '@preact/signals';
import type { DeskHours } from '@clbchat/shared/protocol/counsellor';

export interface DoorPort {
  /** null when the service did not answer, or may not */
  read(): Promise<DeskHours | null>;
  /** Null when nobody knows whether it came about. */
  put(shut: boolean): Promise<DeskHours | null>;
}

/** The switch that everybody at work shares: nobody new comes in, and who waits is served. */
export interface DoorSwitch {
  /** as this page heard last; null before, and where a desk hears it by itself */
  readonly heard: ReadonlySignal<DeskHours | null>;
  readonly problem: ReadonlySignal<boolean>;
  look(): Promise<void>;
  set(shut: boolean): Promise<void>;
}

export function createDoorSwitch(port: DoorPort): DoorSwitch {
  const heard = signal<DeskHours | null>(null);
  const problem = signal(false);
  let busy = false;
  let asked = 0;
  let last = 0;
  return {
    heard,
    problem,
    async look() {
      const mine = (asked += 1);
      const found = await port.read();
      // what was asked before a press was answered, or before another look, may come after it
      if (found && !busy && mine > last) {
        last = mine;
        heard.value = found;
      }
    },
    async set(shut) {
      if (busy) return;
      busy = true;
      const found = await port.put(shut);
      busy = false;
      last = asked;
      problem.value = found === null;
      if (found) heard.value = found;
    },
  };
}
