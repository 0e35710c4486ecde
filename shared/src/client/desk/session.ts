import { signal } from '@preact/signals-core';
import { PROBLEMS, type ProblemCode } from '../../problem.ts';
import type { CounsellorInput, DeskState } from '../../protocol/counsellor.ts';
import { proveSocket } from '../../statement/socketProof.ts';
import type { Cancel, DeskPorts } from '../ports.ts';
import * as timing from '../timing.ts';
import type { DeskView } from '../views.ts';

interface Ports extends Pick<DeskPorts, 'openLink' | 'device' | 'timers'> {
  /** what `desk:enter` asks for, should the store not know this desk */
  wish(): Pick<CounsellorInput<'desk:enter'>, 'slots' | 'serves' | 'status'>;
  entered(state: DeskState): void;
  /** whether the device has another binding than the one that was not believed */
  movedOn(): Promise<boolean>;
  /** the seat is another window's now */
  replaced(): void;
  problem(code: ProblemCode | null): void;
}

/** A console's socket: it proves its device at each connection, then takes the seat. */
// over 80 lines because proof and seat are two steps of one socket
export function createDeskSession(ports: Ports) {
  const { openLink, device, timers, wish, entered, replaced, problem } = ports;
  const view = signal<DeskView>({ is: 'entering' });
  const link = openLink();
  let proved = false;
  let seated = false;
  let later: Cancel = () => undefined;
  let takes = false;
  /** true once the session has another binding */
  let renewal: Promise<boolean> | null = null;
  /** how the caller of `enter` is told that there is an answer */
  let answered: () => void = () => undefined;

  const leave = (is: 'signed_out' | 'refused' | 'replaced') => {
    seated = false;
    proved = false;
    view.value = { is };
    answered();
  };

  async function prove(nonce: string) {
    if (renewal && (await renewal)) return; // it comes back by another connection
    const { deviceKey, binding, origin, chain } = device;
    const sig = await proveSocket(deviceKey, { nonce, binding, origin });
    const ack = await link.request('desk:prove', { sig, cert: chain });
    if (view.value.is === 'replaced' || view.value.is === 'refused' || device.binding !== binding) return;
    if (ack.ok) {
      proved = true;
      return take();
    }
    if (PROBLEMS[ack.code] === 'give-up') {
      // another tab may have shown that it is she: then this desk goes on as it is [G91]
      await renew(ports.movedOn());
      if (device.binding !== binding || link.status.value.is === 'refused') return;
      problem(ack.code);
      // the service lets go whom it does not believe; the same proof again would not help
      link.close();
      return leave('refused');
    }
    problem(ack.code);
    // the service waits only so long for a proof: another connection, another nonce
    later();
    later = timers.after(timing.resendAfterMs, () => link.reconnect());
  }

  async function take() {
    if (!proved) return;
    const ack = await link.request('desk:enter', { ...wish(), ...(takes ? { takeOver: true } : {}) });
    if (view.value.is === 'replaced') return;
    if (ack.ok) {
      takes = false;
      seated = true;
      problem(null);
      view.value = { is: 'here' };
      entered(ack.value);
    } else if (ack.code === 'elsewhere') view.value = { is: 'elsewhere' };
    else if (ack.code === 'replaced') replaced();
    else {
      problem(ack.code);
      if (PROBLEMS[ack.code] === 'retry') later = timers.after(timing.resendAfterMs, () => void take());
    }
    answered();
  }

  async function refusedFor(pending: Promise<boolean> | null) {
    if (!pending) return leave('signed_out');
    if (!(await pending) && link.status.value.is === 'refused') leave('signed_out');
  }

  /** @param next true once the device has another binding */
  async function renew(next: Promise<boolean>): Promise<void> {
    renewal = next;
    const renewed = await next;
    if (renewal === next) renewal = null;
    if (renewed) link.reconnect();
  }

  const stops = [
    link.status.subscribe((status) => {
      if (status.is !== 'online') {
        proved = false;
        seated = false;
      }
      if (status.is !== 'refused') return;
      problem(status.code);
      if (PROBLEMS[status.code] === 'give-up') return void refusedFor(renewal);
      later();
      later = timers.after(timing.refusedAgainMs, () => link.reconnect());
    }),
    link.hear('desk:challenge', ({ nonce }) => void prove(nonce)),
  ];

  return {
    view,
    link,
    /** true while this socket has the seat */
    get seated() {
      return seated;
    },
    async enter(takeOver: boolean) {
      takes = takeOver;
      if (seated) return;
      const done = new Promise<void>((resolve) => (answered = resolve));
      if (proved) void take();
      else if (link.status.value.is === 'refused') link.reconnect();
      await done;
    },
    /** the store does not know this desk: takes its seat anew, without anybody's press */
    enterAgain(): Promise<void> {
      seated = false;
      return take();
    },
    renew,
    replaced() {
      if (view.value.is !== 'replaced') leave('replaced');
    },
    close() {
      later();
      for (const stop of stops) stop();
      link.close();
    },
  };
}
export type DeskSession = ReturnType<typeof createDeskSession>;
