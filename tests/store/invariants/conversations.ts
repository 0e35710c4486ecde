import { frameId, readHeader } from '@clbchat/shared/protocol/frame';
import type { VisitRecord } from '@clbchat/server/live/record';
import type { OpaqueFrame } from '../../support/frames.ts';
import { claim } from './claim.ts';
import { stays, type Ledger, type Step } from './step.ts';

type Book = NonNullable<ReturnType<Ledger['visits']['get']>>;

/** What is kept of a conversation [V3 C2 C3 K1]. */
export function checkConversations(step: Step, ledger: Ledger): void {
  for (const visit of step.after.visits.values()) {
    const book = ledger.visits.get(visit.ticket)!;
    checkLog(visit, book);
    checkKeys(visit, book);
  }
  for (const { was, is } of stays(step)) {
    checkStep(step, was, is);
    claim(is.seq - was.seq, '[C2] one frame, one number').atMost(step.name === 'restore' ? 8 : 1);
  }
  checkRefused(step, ledger);
}

function checkLog({ visitId, frames, seq: last, streams }: VisitRecord, { seqs }: Book): void {
  const first = frames[0]?.seq ?? last + 1;
  const expected = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  claim(
    frames.map(({ seq }) => seq),
    '[C2] no holes and no doubles',
  ).toEqual(expected);
  for (const { id, seq, frame } of frames) {
    if (seqs.get(id) === seq) continue;
    claim(seqs.has(id), `[C2] ${id} has one number`).toBe(false);
    claim([...seqs.values()].includes(seq), `[C2] ${seq} is one frame`).toBe(false);
    const header = readHeader(frame)!;
    claim([header.visitId, frameId(header)], '[V3] a frame lies in its own conversation').toEqual([visitId, id]);
    if (header.n > 1) claim(seqs.has(frameId({ ...header, n: header.n - 1 })), '[C2] a stream has no holes').toBe(true);
    seqs.set(id, seq);
  }
  for (const [key, { n, seq }] of streams) {
    const known = seqs.get(`${key}:${n}`);
    // who got a new ticket [Q12] has a new book: it never saw what was written, and went with its age, under the one before
    if (known !== undefined || seq >= first) claim(known, '[C2] a stream knows its last').toBe(seq);
  }
}

/** What one command may do to keys and log. */
function checkStep({ name, input }: Step, was: VisitRecord, is: VisitRecord): void {
  if (is.epoch !== was.epoch) {
    claim(is.epoch, '[K1] the next epoch is the next number').toBe(was.epochNext);
    claim(is.sealed, '[K1] nothing is sealed for it yet').toBe('');
  } else if (was.keyOffer && !is.keyOffer && is.holder) {
    claim(was.sealed, '[K1] an offer goes when its key has come').notToBe('');
  }
  if (is.seq === was.seq) return;
  const frames = 'frames' in (input as object) ? (input as { frames: OpaqueFrame[] }).frames : [input as OpaqueFrame];
  const confirms =
    was.stage === 'opening' &&
    was.sealed !== '' &&
    frames.every(({ header }) => header.type === 3 && header.side === 'c');
  claim(was.stage === 'talking' || confirms, '[C3 R6] written in a conversation only').toBe(true);
  for (const { header } of frames) claim(header.epoch, '[C3] of no later epoch').atMost(was.epoch);
  if (name === 'append') claim(frames[0]!.header.epoch, '[C3] of this epoch').toBe(was.epoch);
}

function checkKeys(visit: VisitRecord, { offers, seals }: Book): void {
  const { epoch, epochNext, keyOffer, sealed, stage } = visit;
  claim(epochNext, '[K1] numbers are handed out once').toBe(epoch + 1);
  if (keyOffer && !offers.has(epoch)) offers.set(epoch, keyOffer);
  if (keyOffer) claim(keyOffer, '[K1] one key offer per epoch').toBe(offers.get(epoch));
  if (sealed && !seals.has(epoch)) seals.set(epoch, sealed);
  if (sealed) claim(sealed, '[K1] the first sealed key stays').toBe(seals.get(epoch));
  if (sealed) claim(keyOffer, '[K1] sealed for an offer').notToBe('');
  if (stage === 'talking') claim(seals.size, '[K1] nobody talks before a key was sealed').above(0);
}

/** These words mean that the frame was never stored: a client may seal it again. */
function checkRefused({ name, input, answer, before }: Step, ledger: Ledger): void {
  if (name !== 'append' || !['stage', 'stale_epoch', 'out_of_order'].includes(answer?.is ?? '')) return;
  const { header } = input as OpaqueFrame;
  const visit = [...before.visits.values()].find(({ visitId }) => visitId === header.visitId);
  const book = visit && ledger.visits.get(visit.ticket);
  claim(book?.seqs.has(frameId(header)), `[C3] ${answer?.is} of a stored frame`).toBe(false);
}
