import { signal, type Signal } from '@preact/signals';
import { cleanup, fireEvent, render, waitFor } from '@testing-library/preact';
import { expect } from 'vitest';
import type { VisitId } from '@clbchat/shared/ids';
import { consoles } from '../../console/src/consoles.ts';
import type { Answer } from '@clbchat/shared/answers';
import { createAnswers } from '../../console/src/model/answers.ts';
import type { Bell } from '../../console/src/model/bell.ts';
import { createDoorSwitch } from '../../console/src/model/door.ts';
import { createPlaces } from '../../console/src/model/places.ts';
import { createPrefs } from '../../console/src/model/prefs.ts';
import type { Door, Me, OwnSessions, Role, Session } from '../../console/src/model/session.ts';
import { App } from '../../console/src/ui/App.tsx';
import type { Pages } from '../../console/src/ui/PagesScreen.tsx';
import { fakeDesk, type FakeDesk } from './fakeDesk.ts';
import { fakeTime } from './fakeTime.ts';

export interface FakeBell extends Bell {
  readonly unlocked: Signal<boolean>;
  rung: number;
  ticked: number;
}
function fakeBell(): FakeBell {
  const bell: FakeBell = {
    rung: 0,
    ticked: 0,
    unlocked: signal(true),
    unlock: () => void (bell.unlocked.value = true),
    ring: () => void (bell.rung += 1),
    tick: () => void (bell.ticked += 1),
  };
  return bell;
}

/** What a coordinator's console is given, around a session; its page is one sentence. */
export const pagesOf = (session: Session, own: OwnSessions = { list: async () => [], end: async () => [] }): Pages => ({
  ...{ session, own },
  nowMs: signal(0),
  places: createPlaces(session.me, {
    hours: async () => () => (
      <main id="page">
        <h1 tabIndex={-1}>Hier staan de uren.</h1>
      </main>
    ),
    audit: async () => () => <main id="page">Hier staat het logboek.</main>,
    sites: async () => () => <main id="page">Hier staan de scholen.</main>,
    team: async () => () => <main id="page">Hier staat het team.</main>,
    devices: async () => () => <main id="page">Hier staan de toestellen.</main>,
    figures: async () => () => <main id="page">Hier staan de cijfers.</main>,
  }),
});

/** The whole console around a fake engine, rendered. */
export async function showConsole(
  desk: FakeDesk = fakeDesk(),
  roles: readonly Role[] = ['counsellor'],
  answers: readonly Answer[] = [],
) {
  const time = fakeTime();
  const bell = fakeBell();
  const titles: string[] = [];
  const prefs = createPrefs({ read: async () => ({}), write: async () => undefined });
  await Promise.resolve();
  const endsMs = signal<number | null>(null);
  const certEndsMs = signal<number | null>(null);
  const stays = {
    ...{ endsMs, certEndsMs },
    renew: async (): Promise<boolean | null> => (desk.calls.push(['renew']), true),
    signOut: async () => void desk.calls.push(['signOut']),
  };
  const own: OwnSessions = { list: async () => [], end: async () => [] };
  const me = signal<Me | null>({ name: 'Lien', site: 'CLB', roles });
  const door = signal<Door>({ is: 'desk', desk });
  const nothing = async () => undefined;
  const session: Session = {
    ...{ door, me },
    start: nothing,
    signIn: nothing,
    look: nothing,
    certified: nothing,
    goOn: async () => false,
    movedOn: async () => null,
    workHere: async () => void desk.calls.push(['workHere']),
    ...stays,
    expired: () => undefined,
  };
  const pages = pagesOf(session, own);
  const { places } = pages;
  const consoleOf = consoles({
    ...time,
    bell,
    prefs,
    setTitle: (title) => void titles.push(title),
    session: stays,
    own,
    places,
    opensAnew: async () => false,
    answers: createAnswers({ read: async () => answers }, time.timers),
    door: createDoorSwitch({
      read: async () => null,
      put: async (shut) => (desk.calls.push(['door', shut]), { is: shut ? 'shut' : 'open', until: null }),
    }),
  });
  const { workspace } = consoleOf(desk);
  const view = render(<App session={session} consoleOf={consoleOf} pages={pages} />);
  const open = (visitId: string) => workspace.open(visitId as VisitId);
  return { view, desk, door, time, bell, prefs, titles, workspace, open, endsMs, certEndsMs, stays, own, places, me };
}

/** Presses a button once it may be pressed: one that cannot be taken back is deaf when it comes. */
export async function pressFirm(button: HTMLElement): Promise<void> {
  await waitFor(() => expect(button.getAttribute('aria-disabled')).toBe('false'));
  fireEvent.click(button);
}

/** What a person can read, spaces made single. */
export const textOf = (element: Element): string => (element.textContent ?? '').replace(/\s+/gu, ' ');

export const tidyUp = cleanup;
