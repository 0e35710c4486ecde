import { FRAME_TYPES } from '@clbchat/shared/protocol/frame';
import { bind, type Scripting } from '../redis/script.ts';
import { idOf, streamKey, type SealedFrame } from './conversation.rules.ts';
import type { ConversationStore } from './conversation.store.ts';

type Answer<Name extends keyof ConversationStore> = Awaited<ReturnType<ConversationStore[Name]>>;

const lua = (name: string) => new URL(`${name}.lua`, import.meta.url);
const fence = ['lost', 'replaced', 'not_yours'] as const;
const refusals = [...fence, 'stage', 'stale_epoch', 'out_of_order', 'streams_full', 'log_full', 'no_key'] as const;

const KINDS = new Map(Object.entries(FRAME_TYPES).map(([name, type]) => [type, name]));

/** A frame as conversation/frames.lua knows it: names and numbers are made here, once. */
const luaFrame = ({ header, frame }: SealedFrame) => ({
  side: header.side,
  epoch: header.epoch,
  n: header.n,
  kind: KINDS.get(header.type),
  stream: streamKey(header),
  id: idOf({ header, frame }),
  frame,
});

/** Keys and messages of a visit on Redis. Contract: conversation.store.ts; meaning: its models. */
export function redisConversation(scripting: Scripting): ConversationStore {
  const append = bind<Answer<'append'>>(scripting, { lua: lua('append'), words: ['stored', ...refusals] });
  const passing = bind<Answer<'passing'>>(scripting, { lua: lua('passing'), words: [] });
  const restore = bind<Answer<'restore'>>(scripting, { lua: lua('restore'), words: ['restored', ...refusals] });
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
    append: ({ header, frame, ...by }) => append({ ...by, sealed: luaFrame({ header, frame }) }),
    passing: ({ header, frame, ...by }) => passing({ ...by, sealed: luaFrame({ header, frame }) }),
    since: bind<Answer<'since'>>(scripting, { lua: lua('since'), words: ['since', 'stage', ...fence] }),
    restore: ({ frames, ...by }) => restore({ ...by, frames: frames.map(luaFrame) }),
  };
}
