import { signal, type ReadonlySignal } from '@preact/signals-core';
import { agreed } from '../agreed.ts';
import type { LinkStatus } from './link.ts';
import type { Cancel, Clock, Page, Timers } from './ports.ts';
import type { Connection } from './views.ts';

/** The part of any link that says how it is. */
interface Line {
  readonly status: ReadonlySignal<LinkStatus>;
  onPulse(handler: () => void): Cancel;
  reconnect(): void;
}
interface Ports {
  clock: Clock;
  timers: Timers;
  page: Page;
  /** asks the service for the truth */
  look(): void;
  /** a socket without the service's pulse counts as dead now */
  pulsed(): boolean;
}

export interface Watch {
  readonly connection: ReadonlySignal<Connection>;
  /** @returns how to stop */
  over(line: Line): Cancel;
}

/** When to ask the service again (V2), and when to distrust a socket that seems open (A8). */
export function createWatch({ clock, timers, page, look, pulsed }: Ports): Watch {
  const connection = signal<Connection>({ is: 'connecting' });

  return {
    connection,
    over(line) {
      let late: Cancel = () => undefined;
      const waitForPulse = () => {
        late();
        late = timers.after(agreed.pulseLateMs, () => {
          if (line.status.value.is !== 'online') return;
          if (pulsed()) line.reconnect();
          else waitForPulse();
        });
      };
      const stops = [
        line.status.subscribe(({ is }) => {
          if (is === 'online') {
            connection.value = { is: 'online' };
            waitForPulse();
          } else if (is === 'lost' || is === 'refused') {
            late();
            if (connection.value.is !== 'lost') connection.value = { is: 'lost', sinceMs: clock.nowMs() };
          }
        }),
        line.onPulse(waitForPulse),
        page.onVisible(look),
        timers.every(agreed.sinceEveryMs, () => {
          if (page.visible()) look();
        }),
      ];
      return () => {
        late();
        for (const stop of stops) stop();
        connection.value = { is: 'connecting' };
      };
    },
  };
}
