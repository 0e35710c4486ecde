import { counsellorSchemas, type CounsellorAnswers } from '@clbchat/shared/protocol/counsellor';
import { visitorSchemas, type VisitorAnswers } from '@clbchat/shared/protocol/visitor';
import type { Ack } from '@clbchat/shared/protocol/wire';
import type * as v from 'valibot';
import type { CounsellorEnd, DeskSocketFence, VisitorEnd, VisitorSocketFence } from './ends.ts';
import type { Door, Table } from './handle.ts';

type Schemas = Readonly<Record<string, v.GenericSchema>>;
type Answers<Asked> = { readonly [Event in keyof Asked]: unknown };

/** Where each slice says what answers its events: once, and no socket has a copy. */
interface Doors<End, Fence, Asked extends Schemas, Said extends Answers<Asked>> {
  answer<E extends keyof Asked>(
    event: E,
    run: (input: v.InferOutput<Asked[E]>, end: End) => Promise<Ack<Said[E]>>,
  ): void;
  /** The same, for events of whoever has a fence. */
  answerFor<E extends keyof Asked>(
    event: E,
    run: (fence: Fence, input: v.InferOutput<Asked[E]>, end: End) => Promise<Ack<Said[E]>>,
  ): void;
  readonly table: Table<End>;
}

export type VisitorDoors = Doors<VisitorEnd, VisitorSocketFence, typeof visitorSchemas, VisitorAnswers>;
export type CounsellorDoors = Doors<CounsellorEnd, DeskSocketFence, typeof counsellorSchemas, CounsellorAnswers>;

export const visitorDoors = (): VisitorDoors => doorsOf(visitorSchemas);
export const counsellorDoors = (): CounsellorDoors => doorsOf(counsellorSchemas);

interface Fenced<Fence> {
  current(): Fence | null;
  /** the refusal of who has no fence */
  without(): Ack<never>;
}

function doorsOf<End extends Fenced<Fence>, Fence, Asked extends Schemas, Said extends Answers<Asked>>(
  schemas: Asked,
): Doors<End, Fence, Asked, Said> {
  const table = new Map<string, Door<End>>();
  const doors: Doors<End, Fence, Asked, Said> = {
    table,
    answer: (event, run) => void table.set(event as string, { schema: schemas[event]!, run }),
    answerFor: (event, run) =>
      doors.answer(event, async (input, end) => {
        const fence = end.current();
        return fence ? run(fence, input, end) : end.without();
      }),
  };
  return doors;
}
