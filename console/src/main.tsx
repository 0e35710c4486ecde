import { render } from 'preact';
import { connect } from '@clbchat/shared/client/connect';
import { deskShapes } from '@clbchat/shared/client/desk/shapes';
import { createDesk } from '@clbchat/shared/client/desk/desk';
import { surviveRewriting } from '@clbchat/shared/client/rewrittenText';
import { heedSecondTaps } from '@clbchat/shared/client/twoTaps';
import { limits } from '@clbchat/shared/limits';
import { beginRenewing } from './beginRenewing.ts';
import { consoles } from './consoles.ts';
import { coordinatorPages, freshPlaces, LOOK_EVERY_MS, unsavedPages } from './coordinatorPages.ts';
import {
  listenToLeaving,
  goesOn,
  goesOnOnce,
  browserClock as clock,
  browserPage as page,
  browserTimers as timers,
  loadAnew,
} from './device/browser.ts';
import { createAnswersApi } from './device/answersApi.ts';
import { openDatabase } from './device/database.ts';
import { createDemoApi } from './device/demoApi.ts';
import { createDoorApi } from './device/doorApi.ts';
import { deskKeep } from './device/deskKeep.ts';
import { part } from './device/part.ts';
import { prefKeep } from './device/prefKeep.ts';
import { remembered, renew, signIn } from './device/signIn.ts';
import { realSession } from './device/realSession.ts';
import { SIGNED_OUT_HERE, signsOut } from './device/signsOut.ts';
import { browserSteps, OWN } from './device/steps.ts';
import { takeTabLock } from './device/tabLock.ts';
import { fetchRelay, isDemonstration, onNobody, relayOrigin } from './device/relay.ts';
import { createAnswers } from './model/answers.ts';
import { createDoorSwitch } from './model/door.ts';
import { createBell } from './model/bell.ts';
import { watchExpiry } from './model/expiry.ts';
import { createPrefs } from './model/prefs.ts';
import { createPlaces, OtherBuild } from './model/places.ts';
import { createSession, endsByShowing, type Person, type Session } from './model/session.ts';
import type { ShowsAgain } from './model/stepUp.ts';
import { createTicker } from './model/ticker.ts';
import '@clbchat/shared/looks/looks.css';
import '@clbchat/shared/looks/contrast.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/overlay.css';
import './styles/layout.css';
import './styles/list.css';
import './styles/chat.css';
import './styles/compose.css';
import './styles/answers.css';
import './styles/narrow.css';
import { App } from './ui/App.tsx';
import type { ShownPlaces } from './ui/console.ts';
import { Demonstration } from './ui/Brand.tsx';
import { CenterCard } from './ui/CenterCard.tsx';
import { NotWhole } from './ui/NotWhole.tsx';
import { nl } from './words/nl.ts';
import { certificate } from './words/signedIn.ts';

const api = createDemoApi(fetchRelay);

interface Opening {
  readonly database: IDBDatabase;
  readonly demo: boolean;
  session(): Session;
  /** the service believes this computer no more */
  refused(): void;
}

function openDesk(person: Person, chain: () => string, { database, demo, session, refused }: Opening) {
  const { deviceKey, binding, name, site } = person;
  const desk = createDesk({
    openLink: () => connect({ origin: relayOrigin(), namespace: '/counsellor', hints: deskShapes }),
    keep: deskKeep(database, person.who),
    clock,
    timers,
    page,
    movedOn: () => session().movedOn(),
    device: {
      ...{ deviceKey, binding, origin: location.origin, name, site, demo },
      get chain() {
        return chain();
      },
    },
  });
  return watchExpiry(desk, { clock, timers }, { expired: (awayMs) => session().expired(awayMs), refused });
}

/** The address of the set-up, which shows itself in the place of the console. */
const SETUP = '#opzetten';

function saidBefore(): string | null {
  if (location.hash !== SIGNED_OUT_HERE) return null;
  history.replaceState(null, '', location.pathname);
  return nl.signIn.signedOutHere;
}

/** What a one-time address has behind its `#`. It is out of the address bar, and of this tab's history, before anything else happens; the browser's own list no page can change. */
const ADDRESS = '#begin=';

function takeToken(): string | null {
  const { hash, pathname } = location;
  if (!hash.startsWith(ADDRESS)) return null;
  history.replaceState(null, '', pathname);
  return hash.slice(ADDRESS.length);
}

const toOwn = () =>
  void goesOn(() => {
    location.hash = OWN;
    location.reload();
  });
/** Where a desk is refused there is nothing to stay for, and no browser asks whether she wants to. */
const leavesDesk = () =>
  void goesOnOnce(() => {
    location.hash = OWN;
    loadAnew();
  });
/** What a provider sends somebody back with, `code` and `state` among it: behind the `#` or the `?`. Out of the address bar before anything else [G35]. */
function takeBrought(): string | null {
  const { hash, search, pathname } = location;
  const said = [hash, search].map((text) => text.slice(1)).find((text) => new URLSearchParams(text).has('state'));
  if (said === undefined) return null;
  history.replaceState(null, '', pathname);
  return said;
}

/** The roots of a centre, which its first coordinator makes. */
const CEREMONY = '#sleutels';

/** `null`: her clock is a day off, so she signs nothing and reads that on the page of computers; or the service said nothing. */
async function whoMaySign() {
  const { createDevicesApi } = await part('devicesApi', () => import('./device/devicesApi.ts'));
  const own = await createDevicesApi(fetchRelay).own();
  return own.ok && Math.abs(own.value.nowMs - clock.nowMs()) <= limits.skewMsMax ? own.value : null;
}

/** Who pastes an address where the console is open gets no new page of the browser's own accord. */
addEventListener('hashchange', () => {
  if (location.hash.startsWith(ADDRESS)) location.reload();
});

/** Who works here is not thrown out by an address. */
function listenForSetUp(session: Session): void {
  addEventListener('hashchange', () => {
    if (location.hash === SETUP && session.door.peek().is === 'sign_in') location.reload();
  });
}

/**
 * What she came with stays in memory, so that all of it can be begun again where a part of the console did not come; where
 * the service was renewed since, that is loaded anew, with it [U16].
 */
function attempt(root: HTMLElement, begin: () => Promise<void>): void {
  const again = () => {
    render(<CenterCard title={nl.signIn.starting} />, root);
    attempt(root, begin);
  };
  const anew = () =>
    void goesOn(() => {
      history.replaceState(null, '', cameWith);
      location.reload();
    }).then((goes) => goes || render(<NotWhole is="failed" onAgain={again} />, root));
  begin().catch((why) => {
    const isOld = why instanceof OtherBuild;
    render(<NotWhole is={isOld ? 'renewed' : 'failed'} onAgain={isOld ? anew : again} />, root);
  });
}

async function start(root: HTMLElement, said: string | null): Promise<void> {
  const real = token === null && brought === null ? await realSession(fetchRelay) : 'somebody';
  const demo = await isDemonstration();
  const byPasskey = async () =>
    (await part('gettingIn', () => import('./gettingIn.tsx'))).showGettingIn(root, api.own, token, { brought, said });
  if (real === 'somebody' && location.hash === CEREMONY) {
    const own = await whoMaySign();
    if (own && (await (await part('ceremony', () => import('./ceremony.tsx'))).showCeremony(root, own))) return;
  }
  if (token !== null || brought !== null || (real === 'somebody' && location.hash === OWN)) return byPasskey();
  // without storage nobody can sign in, and the sign-in says so
  const database = await openDatabase(indexedDB).catch(() => null);
  const byKey =
    real === 'somebody' && database
      ? await (await part('realDesk', () => import('./realDesk.tsx'))).realDesk(database, fetchRelay)
      : null;
  if (!byKey && (real === 'somebody' || !demo)) return byPasskey();
  // who chose a name of the demonstration is signed anew at her next sign-in; else her own page says what her computer waits for [O67]
  const refused = () => (byKey ? leavesDesk() : session.expired(0));
  const session: Session = createSession({
    remembered: async () => (database ? remembered(database, api) : null),
    signIn: async (who) => (database ? signIn(database, api, who) : { ok: false, why: 'no_key' }),
    renew: async (person) => (database ? renew(database, api, person) : null),
    roles: async () => (await api.session())?.roles ?? null,
    signOut: () => signsOut(fetchRelay, '/api/demo/sign-out'),
    lock: (who, options) => takeTabLock(navigator.locks, `desk ${who}`, options),
    openDesk(person, chain) {
      if (!database) throw new Error('nobody signs in without storage');
      return openDesk(person, chain, { database, demo, session: () => session, refused });
    },
    ...byKey?.ports,
  });
  const bell = createBell(() => ('AudioContext' in globalThis ? new AudioContext() : null));
  // not as the finger comes down: what then goes from the screen would let the press land on something else
  for (const event of ['click', 'keydown']) document.addEventListener(event, () => bell.unlock(), { passive: true });
  const prefs = createPrefs(database ? prefKeep(database) : { read: async () => ({}), write: async () => undefined });
  const nowMs = createTicker(clock, timers);
  // in the demonstration a click shows that it is she, and her desk goes on under the session that it opens
  const shows: ShowsAgain = byKey?.shows ?? {
    ways: async () => ({ ok: true, ways: ['click'] }),
    show: async () => ((await session.renew()) ? { ok: true } : { ok: false, why: 'unreachable' }),
  };
  const unsaved = unsavedPages();
  const places: ShownPlaces = createPlaces(
    session.me,
    coordinatorPages({ nowMs, shows, unsaved, go: (place) => places.go(place) }),
    freshPlaces(session.me),
    unsaved.at,
    browserSteps(),
  );
  const ownKeys = byKey ? { ownKeys: { says: certificate.own, go: toOwn } } : {};
  const shared = { session, own: endsByShowing(api.own, session.renew), places, ...ownKeys };
  const consoleOf = consoles({
    bell,
    prefs,
    clock,
    timers,
    page,
    setTitle: (title) => (document.title = title),
    ...shared,
    answers: createAnswers(createAnswersApi(fetchRelay), timers),
    door: createDoorSwitch(createDoorApi(fetchRelay)),
    opensAnew: () => goesOn(() => location.reload()),
  });
  timers.every(LOOK_EVERY_MS, () => void session.look());
  onNobody(() => void session.look());
  listenForSetUp(session);
  byKey?.watch(session);
  if (byKey?.coordinates) beginRenewing();
  const pages = { ...shared, nowMs };
  const others = real === 'absent' ? null : async () => attempt(root, byPasskey);
  render(
    <Demonstration.Provider value={demo}>
      <App session={session} consoleOf={consoleOf} pages={pages} byPasskey={others} />
      {byKey && <byKey.Window />}
    </Demonstration.Provider>,
    root,
  );
  void session.start(said);
}

listenToLeaving();
const cameWith = location.href;
const brought = takeBrought();
const token = takeToken();
surviveRewriting(document.body);
heedSecondTaps();
const root = document.getElementById('app');
if (root && location.hash === SETUP)
  attempt(root, async () => (await part('setup', () => import('./setup.tsx'))).showSetup(root));
else if (root) {
  const said = saidBefore();
  attempt(root, () => start(root, said));
}
