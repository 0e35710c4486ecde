import { Problem } from '../kernel/failure.ts';
import type { Session } from './session.rules.ts';
import type { Sessions } from './sessions.store.ts';

interface Needs {
  readonly sessions: Pick<Sessions, 'find' | 'close' | 'isOwed' | 'hasHeir'>;
  /** sockets of this session have no owner any more */
  readonly onEnded: (session: Session) => void;
}

/** What is sent of each: nothing where it came about. */
export const SIGN_OUT_STATUS = { over: 204, here_only: 500, unavailable: 503 } as const;

/**
 * *Meld af*, at whichever door. What ended here and could not be noted for the other processes is `here_only`: her browser
 * keeps the cookie until it is, or it could not ask again [N17]. Who ended nothing says so [G73].
 */
export async function signOut({ sessions, onEnded }: Needs, binding: string): Promise<keyof typeof SIGN_OUT_STATUS> {
  let ends = false;
  try {
    const found = await sessions.find(binding);
    ends = found !== null || sessions.isOwed(binding) || (await sessions.hasHeir(binding));
    if (!ends) return 'over';
    const closing = sessions.close({ binding });
    if (found) onEnded(found); // here at once
    await closing;
    return 'over';
  } catch (error) {
    if (error instanceof Problem) return ends ? 'here_only' : 'unavailable';
    throw error;
  }
}
