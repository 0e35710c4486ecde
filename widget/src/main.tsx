import '@clbchat/shared/looks/looks.css';
import './frame/base.css';
import './frame/controls.css';
import './frame/sheet.css';
import './frame/banner.css';
import './help/help.css';
import './steps/welcome.css';
import './frame/fit.css';
import { computed, signal } from '@preact/signals';
import { render } from 'preact';
import { App } from './App.tsx';
import { again } from './frame/again.ts';
import { createAnnouncer } from './frame/announcer.ts';
import { createFrame } from './frame/around.ts';
import { arrive } from './frame/arrival.ts';
import { createBorder } from './frame/border.ts';
import { createFacts } from './frame/facts.ts';
import { createLeave } from './frame/leave.ts';
import { howLoaded } from './frame/loaded.ts';
import { createShift } from './frame/shift.ts';
import { openKeep } from './keep.ts';
import { askFacts, findSite, pageIn } from './site.ts';
import { createIntro } from './steps/intro.ts';
import { createStart } from './steps/start.ts';
import type { Widget } from './widget.ts';

const NEUTRAL = 'https://www.meteo.be/nl';

let relay = location.origin; // until the site's file says where it is; nobody has a visit by then who could leave it
const beacon = (body: string) => void navigator.sendBeacon(`${relay}/api/visit/leave`, body);

const keep = openKeep();
const frame = createFrame({ opened: arrive, leave: () => leave() });
// a browser calls it a reload, too, when a page that it had kept for Back loads itself again
const arrived = history.state ? 'back' : howLoaded(window, keep.read()?.goneMs);
history.replaceState(null, '');
const intro = createIntro();
const site = findSite(location);
const pins = signal<readonly string[] | null>(null);
const facts = createFacts(async () => askFacts(await site));
const exitUrl = computed(() => pageIn(facts.centre.value?.exitUrl) ?? NEUTRAL);

const stepsModule = again('steps', () => import('./steps.ts'));
const rareModule = again('rare', () => import('./rare.ts'));
const visitModule = again('visit', () => import('./visit.ts'));
const steps = createBorder(async () => (await stepsModule()).pages);
const rare = createBorder(async () => (await rareModule()).pages);
const visit = createBorder(async () => {
  const { openVisit } = await visitModule();
  return openVisit({ ...(await site), keep, beacon });
});
const start = createStart(visit, intro);

const leave = createLeave({
  forget: start.forget,
  frame,
  keep,
  beacon,
  visitor: start.engine,
  exitUrl: () => exitUrl.peek(),
});

const widget: Widget = {
  intro,
  facts,
  start,
  steps,
  rare,
  pins,
  exitUrl,
  leave,
  around: frame.around,
  announcer: createAnnouncer(),
  shift: createShift(leave),
  capable: !!crypto.subtle, // browsers give it to a secure page alone
  kept: keep.kind,
  help: signal(false),
};

for (const type of ['keydown', 'keyup'] as const) addEventListener(type, (event) => widget.shift.handle(event));
addEventListener('keydown', ({ key, defaultPrevented }) => {
  const { hasLoader, minimised, minimise } = frame.around;
  if (key === 'Escape' && !defaultPrevented && hasLoader.peek() && !minimised.peek()) minimise();
});
// Back must never bring a chat to the screen that somebody left: what the browser keeps of it is blank.
addEventListener('pagehide', ({ persisted }) => (document.documentElement.hidden = persisted));
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  history.replaceState(1, '');
  location.reload();
});

if (!frame.embedded) document.documentElement.classList.add('own-window');
void facts.load();
void site.then((found) => {
  pins.value = found.pins;
  relay = found.relay;
});
if (widget.capable && keep.read()) void start.resume(arrived);

const app = document.getElementById('app');
if (app) {
  app.replaceChildren();
  render(<App widget={widget} />, app);
}
frame.ready();
void steps.bring();

// its colours come with the rare pages: few ask for them, and who does waits for nothing else
const contrast = matchMedia('(prefers-contrast: more), (forced-colors: active)');
const wearContrast = () => contrast.matches && void rare.bring();
contrast.addEventListener('change', wearContrast);
wearContrast();

// as does what keeps the page going beside an extension that translates: its own elements give it away
const rewritten: MutationRecord[] = [];
new MutationObserver((records, watcher) => {
  if (!document.querySelector('font')) return;
  rewritten.push(...records);
  void rare.bring().then(({ survive }) => {
    watcher.disconnect();
    survive(rewritten.splice(0));
  });
}).observe(document.body, { childList: true, subtree: true });
