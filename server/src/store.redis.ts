import { redisPending } from './accounts/pending.redis.ts';
import { redisConversation } from './conversation/conversation.redis.ts';
import { redisSums } from './figures/sums.redis.ts';
import { redisPresence } from './presence/presence.redis.ts';
import { redisQueue } from './queue/queue.redis.ts';
import type { Scripting } from './redis/script.ts';
import { redisRetention } from './retention/retention.redis.ts';
import { redisRouting } from './routing/routing.redis.ts';
import { redisRounds } from './rounds/rounds.redis.ts';
import type { LiveStore } from './store.memory.ts';
import { redisVisit } from './visit/visit.redis.ts';

/** The live store on Redis: every command is one script, and answers as the memory store does. */
export function redisStore(scripting: Scripting): LiveStore {
  return {
    visit: redisVisit(scripting),
    queue: redisQueue(scripting),
    presence: redisPresence(scripting),
    routing: redisRouting(scripting),
    conversation: redisConversation(scripting),
    retention: redisRetention(scripting),
    pending: redisPending(scripting),
    rounds: redisRounds(scripting),
    sums: redisSums(scripting),
  };
}
