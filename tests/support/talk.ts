import type { HeldVisit } from '@clbchat/shared/protocol/counsellor';
import { anySealed, newRequest, newShare, type Desk, type Visitor } from './clients.ts';
import { frameOf } from './frames.ts';

/** A conversation that has a working key, as far as a server can know. */
export interface Talk {
  readonly held: HeldVisit;
  /** what every event of the desk on this visit carries */
  readonly on: { visitId: HeldVisit['visitId']; hold: number };
}

/** Accepts the ring that the desk hears next. */
export async function accepts(desk: Desk): Promise<Talk> {
  const { offerNo } = await desk.hears('offer:ring');
  const accepted = await desk.ask('offer:accept', { offerNo, requestId: newRequest() });
  if (!accepted.ok) throw new Error(`accept answered ${accepted.code}`);
  const { visitId, hold } = accepted.value;
  return { held: accepted.value, on: { visitId, hold } };
}

/** From acceptance to the first key that both have. */
export async function agreesOnKey(desk: Desk, visitor: Visitor, { held, on }: Talk): Promise<void> {
  const epoch = held.epochNext;
  await good(desk.ask('key:offer', { ...on, epoch, keyOffer: 'an.offer.that.nobody.here.reads' }));
  await visitor.hears('key:offered', (hint) => hint.epoch === epoch);
  await good(visitor.ask('key:seal', { epoch, sealed: anySealed() }));
  await desk.hears('key:sealed', (hint) => hint.epoch === epoch);
  await good(desk.ask('key:share', { ...on, ...newShare() }));
  const { frame } = frameOf({ visitId: on.visitId, side: 'c', n: 1, epoch, kind: 'control' });
  await good(desk.ask('talk:append', { ...on, frame }));
  await good(desk.ask('key:opened', { ...on, epoch }));
  await visitor.hears('key:opened', (hint) => hint.epoch === epoch);
}

export async function talks(desk: Desk, visitor: Visitor): Promise<Talk> {
  const talk = await accepts(desk);
  await agreesOnKey(desk, visitor, talk);
  return talk;
}

/** The value of an answer. @throws with the code of a refusal */
export async function good<Value>(
  asked: Promise<{ ok: true; value: Value } | { ok: false; code: string }>,
): Promise<Value> {
  const ack = await asked;
  if (!ack.ok) throw new Error(`answered ${ack.code}`);
  return ack.value;
}
