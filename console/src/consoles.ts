import type { Clock, Page, Timers } from '@clbchat/shared/client/ports';
import type { Desk } from '@clbchat/shared/client/views';
import type { Answers } from './model/answers.ts';
import { watchAttention } from './model/attention.ts';
import type { Bell } from './model/bell.ts';
import type { DoorSwitch } from './model/door.ts';
import type { PrefsModel } from './model/prefs.ts';
import type { OwnSessions, Session } from './model/session.ts';
import { certEnded as endedOf, restsOnceEnded } from './model/certEnd.ts';
import { createWorkspace } from './model/workspace.ts';
import type { Console, ShownPlaces } from './ui/console.ts';

interface Around {
  bell: Bell;
  prefs: PrefsModel;
  clock: Clock;
  timers: Timers;
  page: Page;
  setTitle(title: string): void;
  session: Pick<Session, 'endsMs' | 'certEndsMs' | 'renew' | 'signOut'>;
  own: OwnSessions;
  places: ShownPlaces;
  ownKeys?: Console['ownKeys'];
  door: DoorSwitch;
  answers: Answers;
  opensAnew: Console['opensAnew'];
}

/** One workspace per desk, made when its screen is first shown. */
export function consoles(around: Around): (desk: Desk) => Console {
  const made = new Map<Desk, Console>();
  return (desk) => {
    const before = made.get(desk);
    if (before) return before;
    const workspace = createWorkspace(desk, around);
    watchAttention(workspace, around);
    const certEnded = endedOf(around.session, workspace.nowMs);
    restsOnceEnded(workspace, certEnded);
    const { bell, prefs, clock, timers, session, own, places, ownKeys, door, answers, opensAnew } = around;
    answers.follow(desk);
    const fresh = {
      ...{ workspace, bell, prefs, clock, timers, session, own, places, door, answers, certEnded, opensAnew },
      ...(ownKeys && { ownKeys }),
    };
    made.set(desk, fresh);
    return fresh;
  };
}
