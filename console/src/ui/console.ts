import type { ReadonlySignal } from '@preact/signals';
import { createContext, type ComponentType } from 'preact';
import { useContext } from 'preact/hooks';
import type { Clock, Timers } from '@clbchat/shared/client/ports';
import type { Answers } from '../model/answers.ts';
import type { Bell } from '../model/bell.ts';
import type { DoorSwitch } from '../model/door.ts';
import type { Places } from '../model/places.ts';
import type { PrefsModel } from '../model/prefs.ts';
import type { OwnSessions, Session } from '../model/session.ts';
import type { Workspace } from '../model/workspace.ts';

/** What a place of the console shows where it is a page. */
export type ShownPlaces = Places<ComponentType>;

/** What every part of the workspace may reach. */
export interface Console {
  workspace: Workspace;
  bell: Bell;
  prefs: PrefsModel;
  clock: Clock;
  timers: Timers;
  session: Pick<Session, 'endsMs' | 'certEndsMs' | 'renew' | 'signOut'>;
  own: OwnSessions;
  places: ShownPlaces;
  /** the way to what is her own, where there is one */
  ownKeys?: { readonly says: string; go(): void };
  door: DoorSwitch;
  answers: Pick<Answers, 'all'>;
  /** this computer's certificate ended [O28 O68] */
  certEnded: ReadonlySignal<boolean>;
  /** opens the console anew, unless nobody answers: then it stays. @returns whether it goes */
  opensAnew(): Promise<boolean>;
}

const context = createContext<Console | null>(null);
export const ConsoleProvider = context.Provider;

/** @throws when used outside the workspace */
export function useConsole(): Console {
  const found = useContext(context);
  if (!found) throw new Error('no console around this part');
  return found;
}
