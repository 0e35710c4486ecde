import type { AccountId, Language, Role, Topic } from '@clbchat/shared/ids';
import type { Serves } from '@clbchat/shared/serves';

export interface Wish {
  role: Role;
  topic: Topic;
  lang: Language;
}
interface Candidate {
  account: AccountId;
  load: number;
  idleSinceMs: number;
}
/** A desk as a visit sees it that looks for one. */
export interface Seat extends Candidate {
  serves: Serves | null;
  slots: number;
  /** at work, even when she takes nobody now */
  works: boolean;
  /** may be offered something now, as far as her slots go [R3] */
  answers: boolean;
}

/** Whether a counsellor's own choice covers a visit. */
export const covers = (serves: Serves | null, { role, topic, lang }: Wish): boolean =>
  serves === null || (serves.roles.includes(role) && serves.topics.includes(topic) && serves.langs.includes(lang));

export const hasRoom = ({ answers, load, slots }: Seat): boolean => answers && load < slots;

/**
 * The free counsellors who may serve a visit: by their own choice, or all of them when nobody at work chose it or it
 * has waited `fallbackAfterMs` [Q5].
 */
export function freeFor<S extends Seat>(
  seats: readonly S[],
  wish: Wish,
  waitedMs: number,
  fallbackAfterMs: number,
): S[] {
  const anybody = waitedMs >= fallbackAfterMs || !seats.some(({ works, serves }) => works && covers(serves, wish));
  return seats.filter((seat) => hasRoom(seat) && (anybody || covers(seat.serves, wish)));
}

/** Who of the free ones it will be: the one who had the visit before, then least busy, then longest idle, then by id [A24]. */
export function choose<C extends Candidate>(candidates: readonly C[], was: AccountId | ''): C | undefined {
  const before = candidates.find(({ account }) => account === was);
  if (before) return before;
  return candidates.toSorted(
    (a, b) => a.load - b.load || a.idleSinceMs - b.idleSinceMs || (a.account < b.account ? -1 : 1),
  )[0];
}
