import type { EndReason, VisitId } from '@clbchat/shared/ids';
import { done, refused, type Ack } from '@clbchat/shared/protocol/wire';
import type { After } from '../edge/after.ts';
import type { CounsellorDoors, VisitorDoors } from '../edge/doors.ts';
import { refusedAs } from '../edge/handle.ts';
import type { Fence } from '../live/fences.ts';
import type { VisitStore } from '../visit/visit.store.ts';
import { sealedFrame, type SealedFrame, type Sender } from './conversation.rules.ts';
import type { ConversationStore } from './conversation.store.ts';

interface Needs {
  readonly conversation: ConversationStore;
  readonly after: After;
}
type Since = Extract<Awaited<ReturnType<ConversationStore['since']>>, { is: 'since' }>['since'];

/** One literal each: what is asked most is put together of no parts. */
function framed(fence: Fence, { header, frame }: SealedFrame): Fence & SealedFrame {
  const { visitId } = fence;
  if (fence.side === 'v') return { side: 'v', visitId, conn: fence.conn, header, frame };
  return { side: 'c', account: fence.account, seat: fence.seat, visitId, hold: fence.hold, header, frame };
}

/** What both sides do with messages; only the fence differs. */
function talk({ conversation, after }: Needs) {
  return {
    async append(from: Sender, fence: Fence, frame: string): Promise<Ack<{ seq: number }>> {
      const sealed = sealedFrame(from, fence, frame, true);
      if (!sealed) return refused('frame_bad');
      const stored = await conversation.append(framed(fence, sealed));
      if (stored.is !== 'stored') return refusedAs(stored);
      after(stored, 'now');
      return done({ seq: stored.seq });
    },
    /** Whatever is wrong with it, it is dropped in silence: another one comes soon. */
    async passing(from: Sender, fence: Fence, frame: string): Promise<Ack<null>> {
      const sealed = sealedFrame(from, fence, frame, false);
      if (sealed) after(await conversation.passing(framed(fence, sealed)), 'now');
      return done(null);
    },
    async since(fence: Fence, from: { seq: number; id?: string | undefined }): Promise<Ack<Since>> {
      const found = await conversation.since({
        ...fence,
        seq: from.seq,
        ...(from.id !== undefined && { id: from.id }),
      });
      return found.is === 'since' ? done(found.since) : refusedAs(found);
    },
    async restore(from: Sender, fence: Fence, frames: readonly string[]): Promise<Ack<{ seqs: number[] }>> {
      const sealed: SealedFrame[] = [];
      for (const frame of frames) {
        const one = sealedFrame(from, fence, frame, true);
        if (!one) return refused('frame_bad');
        sealed.push(one);
      }
      const restored = await conversation.restore({ ...fence, frames: sealed });
      if (restored.is !== 'restored') return refusedAs(restored);
      after(restored);
      return done({ seqs: restored.seqs });
    },
  };
}

/** Keys and messages of a visitor. All of it is opaque here. */
export function visitorConversation(doors: VisitorDoors, needs: Needs): void {
  const { conversation, after } = needs;
  const { append, passing, since, restore } = talk(needs);
  const asVisitor = (fence: { visitId: VisitId; conn: number }) => ({ side: 'v' as const, ...fence });

  doors.answerFor('key:seal', async (fence, input) => {
    const sealed = await conversation.keySeal({ ...fence, ...input });
    if (sealed.is !== 'sealed') return refusedAs(sealed);
    after(sealed);
    return done(null);
  });
  doors.answerFor('key:share', async (fence, share) => {
    const kept = await conversation.keyShare({ ...asVisitor(fence), share });
    return kept.is === 'kept' ? done(null) : refusedAs(kept);
  });
  doors.answerFor('key:ask', async (fence, { epoch }) => {
    const asked = await conversation.keyAsk({ ...fence, epoch });
    if (asked.is !== 'asked') return refusedAs(asked);
    after(asked);
    return done(null);
  });
  doors.answerFor('key:refuse', async (fence, { epoch }) => {
    const said = await conversation.keyRefuse({ ...fence, epoch });
    if (said.is !== 'refused') return refusedAs(said);
    after(said);
    return done(null);
  });
  doors.answerFor('talk:append', (fence, { frame }, end) => append(end, asVisitor(fence), frame));
  doors.answerFor('talk:passing', (fence, { frame }, end) => passing(end, asVisitor(fence), frame));
  doors.answerFor('talk:since', (fence, from) => since(asVisitor(fence), from));
  doors.answerFor('talk:restore', (fence, { frames }, end) => restore(end, asVisitor(fence), frames));
}

const REASONS = { done: 'counsellor_ended', block: 'blocked' } as const satisfies Record<string, EndReason>;

/** Keys, messages and the end of a visit that a counsellor holds. */
export function deskConversation(
  doors: CounsellorDoors,
  { visit, ...needs }: Needs & { readonly visit: VisitStore },
): void {
  const { conversation, after } = needs;
  const { append, passing, since, restore } = talk(needs);

  doors.answerFor('key:offer', async (seat, input) => {
    const offered = await conversation.keyOffer({ ...seat, ...input });
    if (offered.is !== 'offered' && offered.is !== 'exhausted') return refusedAs(offered);
    after(offered);
    return offered.is === 'exhausted' ? refused('ended') : done(null);
  });
  doors.answerFor('key:share', async (seat, { visitId, hold, rid, R }) => {
    const kept = await conversation.keyShare({ side: 'c', ...seat, visitId, hold, share: { rid, R } });
    return kept.is === 'kept' ? done(null) : refusedAs(kept);
  });
  doors.answerFor('key:opened', async (seat, input) => {
    const opened = await conversation.keyOpened({ ...seat, ...input });
    if (opened.is !== 'opened') return refusedAs(opened);
    after(opened);
    return done(null);
  });
  doors.answerFor('talk:append', (seat, { frame, ...on }, end) => append(end, { side: 'c', ...seat, ...on }, frame));
  doors.answerFor('talk:passing', (seat, { frame, ...on }, end) => passing(end, { side: 'c', ...seat, ...on }, frame));
  doors.answerFor('talk:since', (seat, { seq, id, ...on }) => since({ side: 'c', ...seat, ...on }, { seq, id }));
  doors.answerFor('talk:restore', (seat, { frames, ...on }, end) =>
    restore(end, { side: 'c', ...seat, ...on }, frames),
  );
  doors.answerFor('desk:end', async (seat, { visitId, hold, why }) => {
    const ended = await visit.end({ by: 'desk', ...seat, visitId, hold, reason: REASONS[why] });
    if (ended.is !== 'ended') return refusedAs(ended);
    after(ended);
    return done(null);
  });
}
