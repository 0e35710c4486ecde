import { signal } from '@preact/signals';
import { render } from 'preact';
import type { VisitId } from '@clbchat/shared/ids';
import { browserClock, browserTimers } from '../../../console/src/device/browser.ts';
import { createBell } from '../../../console/src/model/bell.ts';
import { createPrefs } from '../../../console/src/model/prefs.ts';
import type { Door, Session } from '../../../console/src/model/session.ts';
import { createWorkspace } from '../../../console/src/model/workspace.ts';
import '../../../console/src/styles/sheets.ts';
import { App } from '../../../console/src/ui/App.tsx';
import { scenes } from './scenes.ts';

const query = new URLSearchParams(location.search);
const scene = scenes[query.get('scene') ?? 'talk'];
const made = scene?.();
const nothing = async () => undefined;
const door: Door = made
  ? { is: 'desk', desk: made.desk }
  : { is: 'sign_in', problem: query.get('problem'), busy: null };
const session: Session = {
  door: signal(door),
  start: nothing,
  signIn: nothing,
  workHere: nothing,
  signOut: nothing,
  expired: () => undefined,
};
const root = document.getElementById('app');
const desk = made?.desk ?? scenes['quiet']?.().desk;
if (root && desk) {
  const workspace = createWorkspace(desk, { clock: browserClock, timers: browserTimers });
  if (made?.open) workspace.open(made.open as VisitId);
  if (query.has('context')) workspace.contextOpen.value = true;
  const prefs = createPrefs({ read: async () => ({}), write: async () => undefined });
  const bell = createBell(() => new AudioContext());
  render(
    <App
      session={session}
      consoleOf={() => ({ workspace, bell, prefs, clock: browserClock, signOut: () => undefined })}
    />,
    root,
  );
}
