import { FRAME_TYPES } from '@clbchat/shared/protocol/frame';
import type { AccountId } from '@clbchat/shared/ids';
import { Bug } from '../kernel/failure.ts';
import type { Fence } from '../live/fences.ts';
import type { Hint } from '../live/hint.ts';
import { bind, failureOf, script, type Scripting } from '../redis/script.ts';
import { inTurns } from '../redis/turns.ts';
import { frameHint, openedHint, streamKey, type SealedFrame } from './conversation.rules.ts';
import type { ConversationStore } from './conversation.store.ts';

type Answer<Name extends keyof ConversationStore> = Awaited<ReturnType<ConversationStore[Name]>>;

const lua = (name: string) => new URL(`${name}.lua`, import.meta.url);
const fence = ['lost', 'replaced', 'not_yours'] as const;
const refusals = ['replaced', 'not_yours', 'stage', 'stale_epoch', 'out_of_order', 'streams_full', 'log_full'] as const;

const KINDS = new Map<number, string>(Object.entries(FRAME_TYPES).map(([name, type]) => [type, name]));

// What conversation/frames.lua knows of a fence and of a frame: names and numbers are made here, once.
const fenceArgs = (by: Fence): string[] =>
  by.side === 'v' ? [by.visitId, '', String(by.conn), ''] : [by.visitId, by.account, String(by.hold), String(by.seat)];
const frameArgs = ({ header, frame }: SealedFrame): string[] => [
  streamKey(header),
  String(header.epoch),
  String(header.n),
  KINDS.get(header.type)!,
  frame,
];

/** Whom a frame goes to, as a script answers it: the desk's account and seat, or no account and the visitor's conn. */
function hintOf(by: Fence, sealed: SealedFrame, seq: number, account = '', number = ''): Hint[] {
  return number === '' ? [] : [frameHint(by, sealed, seq, account as AccountId, Number(number))];
}

/** What a script refused, in the same words as the memory store. */
function refusalOf<Word extends string>(
  [word = '', more = '']: readonly string[],
  words: readonly Word[],
): { is: Word } | { is: 'lost'; life: string } {
  if (word === 'lost') return { is: word, life: more };
  if (word === 'failed') throw failureOf(Object.assign(new Error(more), { name: 'ReplyError' }));
  const known = words.find((each) => each === word);
  if (known === undefined) throw new Bug('a script answered with a word that its wrapper does not know');
  return { is: known };
}

/** Keys and messages of a visit on Redis. Contract: conversation.store.ts; meaning: its models. */
export function redisConversation(scripting: Scripting): ConversationStore {
  const append = inTurns(script(scripting, lua('append')));
  const passing = script(scripting, lua('passing'));
  const restore = script(scripting, lua('restore'));
  return {
    keyOffer: bind<Answer<'keyOffer'>>(scripting, {
      lua: lua('keyOffer'),
      words: ['offered', 'exhausted', 'stale_epoch', 'stage', 'no_cert', ...fence],
    }),
    keySeal: bind<Answer<'keySeal'>>(scripting, {
      lua: lua('keySeal'),
      words: ['sealed', 'stale_epoch', 'no_key', 'stage', ...fence],
    }),
    keyShare: bind<Answer<'keyShare'>>(scripting, { lua: lua('keyShare'), words: ['kept', 'stage', ...fence] }),
    keyAsk: bind<Answer<'keyAsk'>>(scripting, {
      lua: lua('keyAsk'),
      words: ['asked', 'too_fast', 'stale_epoch', 'stage', ...fence],
    }),
    keyRefuse: bind<Answer<'keyRefuse'>>(scripting, {
      lua: lua('keyRefuse'),
      words: ['refused', 'stale_epoch', 'stage', ...fence],
    }),
    keyOpened: bind<Answer<'keyOpened'>>(scripting, {
      lua: lua('keyOpened'),
      words: ['opened', 'stale_epoch', 'no_key', 'stage', ...fence],
    }),
    async append(input) {
      const reply = (await append([...fenceArgs(input), ...frameArgs(input)])) as string[];
      const [word, number = '', account, there, opened] = reply;
      if (word !== 'stored') return refusalOf(reply, [...refusals, 'no_key']);
      const seq = Number(number);
      const hints = hintOf(input, input, seq, account, there);
      if (opened === 'opened' && there) hints.push(openedHint(input.visitId, input.header.epoch, Number(there)));
      return { is: word, seq, hints };
    },
    async passing(input) {
      const reply = (await passing([...fenceArgs(input), String(input.header.epoch), input.frame])) as string[];
      return { hints: hintOf(input, input, 0, ...reply) };
    },
    since: bind<Answer<'since'>>(scripting, { lua: lua('since'), words: ['since', 'stage', ...fence] }),
    async restore(input) {
      const { frames } = input;
      const reply = (await restore([...fenceArgs(input), ...frames.flatMap(frameArgs)])) as string[];
      const [word, account, there, ...numbers] = reply;
      if (word !== 'restored') return refusalOf(reply, refusals);
      const seqs = numbers.map(Number);
      const hints = seqs.flatMap((seq, index) => (seq > 0 ? hintOf(input, frames[index]!, seq, account, there) : []));
      return { is: word, seqs, hints };
    },
  };
}
