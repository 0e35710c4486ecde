import { memoryPending } from './accounts/pending.model.ts';
import type { PendingStore } from './accounts/pending.store.ts';
import { memoryConversation } from './conversation/conversation.model.ts';
import type { ConversationStore } from './conversation/conversation.store.ts';
import type { StoreNeeds } from './kernel/needs.ts';
import { emptyLive } from './live/record.ts';
import { memorySums } from './figures/sums.model.ts';
import type { SumsStore } from './figures/sums.store.ts';
import { memoryPresence } from './presence/presence.model.ts';
import type { PresenceStore } from './presence/presence.store.ts';
import { memoryQueue } from './queue/queue.model.ts';
import type { QueueStore } from './queue/queue.store.ts';
import { memoryRetention } from './retention/retention.model.ts';
import type { RetentionStore } from './retention/retention.store.ts';
import { memoryRouting } from './routing/routing.model.ts';
import type { RoutingStore } from './routing/routing.store.ts';
import { memoryRounds } from './rounds/rounds.model.ts';
import type { RoundsStore } from './rounds/rounds.store.ts';
import { memoryVisit } from './visit/visit.model.ts';
import type { VisitStore } from './visit/visit.store.ts';

/** The live store: every promise about visits, desks and conversations, and what a sign-in waits for, as contracts of the slices. */
export interface LiveStore {
  visit: VisitStore;
  queue: QueueStore;
  presence: PresenceStore;
  routing: RoutingStore;
  conversation: ConversationStore;
  retention: RetentionStore;
  pending: PendingStore;
  rounds: RoundsStore;
  sums: SumsStore;
}

/** In the process's memory: gone with the process, and the meaning of every command. */
export function memoryStore(needs: StoreNeeds, live = emptyLive()): LiveStore {
  return {
    visit: memoryVisit(live, needs),
    queue: memoryQueue(live, needs),
    presence: memoryPresence(live, needs),
    routing: memoryRouting(live, needs),
    conversation: memoryConversation(live, needs),
    retention: memoryRetention(live, needs),
    pending: memoryPending(needs),
    rounds: memoryRounds(live, needs),
    sums: memorySums(live),
  };
}
