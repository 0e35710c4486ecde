import type { VisitRecord } from '@clbchat/server/live/record';
import type { Ack } from '@clbchat/shared/protocol/wire';
import type { LinkControl, Packet } from '../support/scriptedLink.ts';

interface Page {
  readonly control: LinkControl;
}

/** Changes what the service answers. */
export function forgeAcks(
  { control }: Page,
  change: (event: string, ack: Ack<unknown>, input: unknown) => Ack<unknown>,
) {
  control.forge = (packet) =>
    packet.kind === 'ack' && packet.way === 'down'
      ? { ...packet, body: change(packet.event, packet.body as Ack<unknown>, packet.input) }
      : packet;
}
/** Changes the value of what it answers to this one, when that is no refusal. */
export const forgeAnswer = <Value>(page: Page, to: string, change: (value: Value) => object): void =>
  forgeAcks(page, (event, ack) => (event === to && ack.ok ? { ok: true, value: change(ack.value as Value) } : ack));
export const tellTheTruth = ({ control }: Page): void => {
  control.forge = (packet) => packet;
};

/** Gives the visit's log other frames, numbered anew, as a relay can. */
export function rewriteLog(visit: VisitRecord, frames: readonly { frame: string; id: string }[]): void {
  visit.frames = frames.map(({ frame, id }, at) => ({ frame, id, seq: at + 1, atMs: visit.joinedMs }));
  visit.seq = visit.frames.length;
}
export const addToLog = (visit: VisitRecord, frame: string, id = 'forged'): number => {
  rewriteLog(visit, [...visit.frames, { frame, id }]);
  return visit.seq;
};

export const isFrame = ({ way, event }: Packet): boolean => way === 'down' && event === 'talk:frame';
