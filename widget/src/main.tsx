import '@clbchat/shared/looks/looks.css';
import './ui/base.css';
import './ui/controls.css';
import './ui/intro.css';
import './ui/fit.css';
import { computed, signal } from '@preact/signals-core';
import { render } from 'preact';
import { createFrame } from './frame.ts';
import { openKeep } from './keep.ts';
import { createLeave } from './leave.ts';
import { createAnnouncer } from './model/announcer.ts';
import { createFacts } from './model/facts.ts';
import { createIntro } from './model/intro.ts';
import { createShift } from './model/shift.ts';
import { createStart } from './model/start.ts';
import type { Widget } from './model/widget.ts';
import { askFacts, findSite } from './site.ts';
import { App } from './ui/App.tsx';
import { focusHeading } from './ui/arrival.ts';
import { later } from './ui/later.ts';
import { keepPainted } from './ui/paint.ts';
import type { RoomParts } from './ui/parts.ts';

const NEUTRAL = 'https://www.meteo.be/nl';

const relay = document.querySelector<HTMLMetaElement>('meta[name=relay]')?.content || location.origin;
const beacon = (body: string) => void navigator.sendBeacon(`${relay}/api/visit/leave`, body);

const keep = openKeep();
const frame = createFrame({ opened: focusHeading, leave: () => leave() });
const intro = createIntro();
const site = findSite(location);
const pins = signal<readonly string[] | null>(null);
const room = signal<RoomParts | null>(null);
const facts = createFacts(async () => askFacts(relay, (await site).centre));
const exitUrl = computed(() => (facts.facts.value.is === 'known' ? facts.facts.value.centre.exitUrl : NEUTRAL));

const start = createStart(async () => {
  const { openRoom, parts } = await import('./room.ts');
  const visitor = openRoom({ relay, keep, beacon, pins: (await site).pins });
  room.value = parts;
  return visitor;
}, intro);

const leave = createLeave({
  forget: start.forget,
  frame,
  keep,
  beacon,
  visitor: () => start.visitor.peek(),
  exitUrl: () => exitUrl.peek(),
});

const widget: Widget = {
  intro,
  facts,
  start,
  pins,
  exitUrl,
  leave,
  around: frame.around,
  announcer: createAnnouncer(),
  shift: createShift(leave),
  capable: globalThis.isSecureContext && Boolean(globalThis.crypto?.subtle),
  kept: keep.kind,
  help: signal(false),
};

for (const type of ['keydown', 'keyup'] as const) addEventListener(type, (event) => widget.shift.handle(event));
addEventListener('keydown', ({ key, defaultPrevented }) => {
  const { hasLoader, minimised, minimise } = frame.around;
  if (key === 'Escape' && !defaultPrevented && hasLoader.peek() && !minimised.peek()) minimise();
});
// Back must never bring a chat to the screen that somebody left.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  document.documentElement.hidden = true;
  location.reload();
});

const AGAIN_MS = 5_000;
/** Everything else that may be read before a chat, brought in while the first screen is looked at. */
const bringLater = (): Promise<void> =>
  import('./later.ts').then(
    (found) => {
      later.value = found.parts;
      found.asideFrom(() => import('./aside.ts'));
      if (!frame.embedded) found.followKeyboard();
    },
    () => void setTimeout(() => void bringLater(), AGAIN_MS),
  );

if (!frame.embedded) document.documentElement.classList.add('own-window');
void facts.load();
void site.then((found) => (pins.value = found.pins));

const resuming = signal(widget.capable && keep.read() !== null);
if (resuming.value) void start.resume().finally(() => (resuming.value = false));

const app = document.getElementById('app');
if (app) {
  app.replaceChildren();
  keepPainted(() => render(<App widget={widget} room={room} resuming={resuming} />, app));
}
frame.ready();
void bringLater();
