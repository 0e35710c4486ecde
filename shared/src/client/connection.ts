import { signal } from '@preact/signals-core';
import { agreed } from '../agreed.ts';
import type { Cancel, DeskPorts, VisitorLink } from './ports.ts';
import type { Connection } from './views.ts';

/** The part of any link that says how it is. */
type Line = Pick<VisitorLink, 'status' | 'onPulse' | 'reconnect'>;

interface Ports extends Pick<DeskPorts, 'clock' | 'timers' | 'page'> {
  /** asks the service for the truth */
  refresh(): void;
  /** a socket without the service's pulse counts as dead now */
  pulsed(): boolean;
}

/** When to ask the service again (V2), and when to distrust a socket that seems open (A8). */
export function createWatch({ clock, timers, page, refresh, pulsed }: Ports) {
  const connection = signal<Connection>({ is: 'connecting' });

  return {
    connection,
    /**
     * @param leaving hears that this process of the service is about to go
     * @returns how to stop
     */
    over(line: Line, leaving: (handler: (hint: { jitterMs: number }) => void) => Cancel): Cancel {
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
