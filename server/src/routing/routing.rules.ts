import type { AccountId, Language, Role, Topic } from '@clbchat/shared/ids';
import type { Serves } from '../live/record.ts';

interface Wish {
  role: Role;
  topic: Topic;
  lang: Language;
}
interface Candidate {
  account: AccountId;
  load: number;
  idleSinceMs: number;
}

/** Whether a counsellor's own choice covers a visit. */
export const covers = (serves: Serves | null, { role, topic, lang }: Wish): boolean =>
  serves === null || (serves.roles.includes(role) && serves.topics.includes(topic) && serves.langs.includes(lang));

/** Who of the free ones it will be: the one who had the visit before, then least busy, then longest idle, then by id [A24]. */
export function choose(candidates: readonly Candidate[], was: AccountId | ''): Candidate | undefined {
  const before = candidates.find(({ account }) => account === was);
  if (before) return before;
  return candidates.toSorted(
    (a, b) => a.load - b.load || a.idleSinceMs - b.idleSinceMs || (a.account < b.account ? -1 : 1),
  )[0];
}
