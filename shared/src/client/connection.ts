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
  refresh(): void;
  /** a socket without the service's pulse counts as dead now */
  pulsed(): boolean;
}

export interface Watch {
  readonly connection: ReadonlySignal<Connection>;
  /**
   * @param leaving hears that this process of the service is about to go
   * @returns how to stop
   */
  over(line: Line, leaving: (handler: (hint: { jitterMs: number }) => void) => Cancel): Cancel;
}

/** When to ask the service again (V2), and when to distrust a socket that seems open (A8). */
export function createWatch({ clock, timers, page, refresh, pulsed }: Ports): Watch {
  const connection = signal<Connection>({ is: 'connecting' });

  return {
    connection,
    over(line, leaving) {
      let late: Cancel = () => undefined;
      let move: Cancel = () => undefined;
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
            move(); // it has moved already: the next connection is with somebody who stays
            if (connection.value.is !== 'lost') connection.value = { is: 'lost', sinceMs: clock.nowMs() };
          }
        }),
        line.onPulse(waitForPulse),
        leaving(({ jitterMs }) => {
          move();
          move = timers.after(Math.random() * jitterMs, () => line.reconnect());
        }),
        page.onVisible(refresh),
        timers.every(agreed.sinceEveryMs, () => {
          if (page.visible()) refresh();
        }),
      ];
      return () => {
        late();
        move();
        for (const stop of stops) stop();
        connection.value = { is: 'connecting' };
      };
    },
  };
}
