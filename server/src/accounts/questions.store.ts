import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Digest } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import { digestOf } from './cookie.rules.ts';
import type { PendingStore } from './pending.store.ts';

/** Questions that anybody may ask for, to be answered in their time, by whom they were asked, once: of one that waits nothing is kept [G57]. */
export interface Questions {
  /** A new one, as text of base64url. @param of what only who may answer it has, and what for */
  ask(of: string): Promise<string>;
  /** Whether it is ours, of that, and in its time. */
  isOf(question: string, of: string): Promise<boolean>;
  /** What only this centre makes of one of its questions and a word. Base64url of 32 bytes. */
  secretOf(question: string, word: string): Promise<string>;
  /** It is answered. @returns false when it was before, at whatever process [G5] */
  spend(question: string): Promise<boolean>;
}

interface Needs {
  readonly pending: Pick<PendingStore, 'keepFirst'>;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'pendingMs'>;
}

/** Milliseconds, random bytes, and a mark of both: 60 characters, which spell these bytes in one way alone. */
const END_BYTES = 6;
const RANDOM_BYTES = 15;
const MARK_BYTES = 24;
const KEY_BYTES = 32;

/**
 * A question bears its end and a mark of that by a key that all processes share. The key of those that end within the same
 * few minutes lies in the live store for little longer: whoever needs it first makes it.
 */
export function questionsOf({ pending, nowMs, limits: { pendingMs } }: Needs): Questions {
  async function keyOf(endMs: number): Promise<Buffer> {
    const id = digestOf(`key of questions ${Math.floor(endMs / pendingMs)}`) as Digest;
    // asked from one stretch before the first end until the last, and one more for clocks that differ
    const text = await pending.keepFirst(id, randomBytes(KEY_BYTES).toString('base64url'), 3 * pendingMs);
    return Buffer.from(text, 'base64url');
  }
  async function madeBy(head: Buffer, what: string): Promise<Buffer> {
    const key = await keyOf(head.readUIntBE(0, END_BYTES));
    return createHmac('sha256', key).update(head).update(what).digest();
  }
  const markOf = async (head: Buffer, of: string) => (await madeBy(head, `of ${of}`)).subarray(0, MARK_BYTES);
  const headOf = (question: string) => Buffer.from(question, 'base64url').subarray(0, END_BYTES + RANDOM_BYTES);

  return {
    async ask(of) {
      const head = Buffer.concat([Buffer.alloc(END_BYTES), randomBytes(RANDOM_BYTES)]);
      head.writeUIntBE(nowMs() + pendingMs, 0, END_BYTES);
      return Buffer.concat([head, await markOf(head, of)]).toString('base64url');
    },
    async isOf(question, of) {
      const bytes = Buffer.from(question, 'base64url');
      // of another spelling it would be another one, and count once more
      if (bytes.length !== END_BYTES + RANDOM_BYTES + MARK_BYTES || bytes.toString('base64url') !== question)
        return false;
      const head = headOf(question);
      const leftMs = head.readUIntBE(0, END_BYTES) - nowMs();
      if (leftMs <= 0 || leftMs > 2 * pendingMs) return false;
      return timingSafeEqual(await markOf(head, of), bytes.subarray(head.length));
    },
    secretOf: async (question, word) => (await madeBy(headOf(question), `secret ${word}`)).toString('base64url'),
    async spend(question) {
      const mine = randomBytes(RANDOM_BYTES).toString('base64url');
      const leftMs = headOf(question).readUIntBE(0, END_BYTES) - nowMs();
      const id = digestOf(`answered ${question}`) as Digest;
      return leftMs > 0 && (await pending.keepFirst(id, mine, leftMs)) === mine;
    },
  };
}

/** The answer that one request brings to a question of this kind. */
export interface Answering {
  /** Whether this is the question that it answers. */
  isOf(question: string): Promise<boolean>;
  /** To be asked once all else was right: what is wrong in any other way uses nothing up [G91]. In one request it says the same however often. */
  counts(): Promise<boolean>;
}

/** @param of as it was asked; null for who was asked nothing */
export function answering(questions: Pick<Questions, 'isOf' | 'spend'>, of: string | null): Answering {
  let answered: string | null = null;
  let isFirst: boolean | null = null;
  return {
    async isOf(question) {
      const is = of !== null && (await questions.isOf(question, of));
      if (is) answered = question;
      return is;
    },
    counts: async () => answered !== null && (isFirst ??= await questions.spend(answered)),
  };
}
