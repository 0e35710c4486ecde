import { computed, effect } from '@preact/signals';
import { render } from 'preact';
import { beginRenewing } from './beginRenewing.ts';
import { coordinatorPages, freshPlaces, LOOK_EVERY_MS, unsavedPages } from './coordinatorPages.ts';
import {
  browserClock as clock,
  goesOnOnce,
  keepsCookies,
  pageAnswers,
  browserTimers as timers,
} from './device/browser.ts';
import { wipeProfile } from './device/database.ts';
import { createDevicesApi } from './device/devicesApi.ts';
import { enrolmentPorts } from './device/enrolment.ts';
import { createGettingInApi } from './device/gettingInApi.ts';
import { createProviderApi } from './device/providerApi.ts';
import { fetchRelay, isDemonstration, onNobody } from './device/relay.ts';
import { signsOut } from './device/signsOut.ts';
import { browserSteps } from './device/steps.ts';
import { createStepUpApi } from './device/stepUpApi.ts';
import type { DevicesApi } from './model/devices.ts';
import { createEnrolment, type Enrolment } from './model/enrolment.ts';
import { createGettingIn, type GettingIn } from './model/gettingIn.ts';
import { createGivingUp } from './model/givingUp.ts';
import { ownSteps } from './model/ownSteps.ts';
import { createPlaces } from './model/places.ts';
import { createProvider } from './model/provider.ts';
import { endsByShowing, type OwnSessions } from './model/session.ts';
import { createStepUp, type StepUp } from './model/stepUp.ts';
import { createTicker } from './model/ticker.ts';
import './styles/fingerprint.css';
import './styles/signin.css';
import { Demonstration } from './ui/Brand.tsx';
import type { ShownPlaces } from './ui/console.ts';
import { StepUpDialog } from './ui/StepUpDialog.tsx';
import { GettingInScreen } from './ui/signin/GettingInScreen.tsx';
import { gettingIn as words } from './words/gettingIn.ts';

/** Her account at a provider. Who came by the link that she takes away is signed in no more [G43], and reads that, as whose session ended [G75]. */
function accountElsewhere(stepUp: StepUp, look: () => void) {
  const api = createProviderApi(fetchRelay);
  return createProvider(
    { ...api, begin: (what) => api.begin(what).finally(look), unlink: () => api.unlink().finally(look) },
    stepUp,
  );
}

/** Told to the page that empties the computer, where nobody heard that the service let it go, or her. */
const NOT_HEARD = '#niet-gehoord';

/** Leaves nothing of hers on this computer [I19]. */
const givesUpHere = (api: DevicesApi, enrolment: Enrolment) =>
  createGivingUp({
    timers,
    wipes: () => wipeProfile(indexedDB),
    async takesOff() {
      const id = enrolment.here();
      // whether it is on record nobody said, where its page found nothing
      if (id === null) return enrolment.found.peek() !== null;
      const gone = await api.giveUp(id);
      return gone.ok || gone.why === 'gone';
    },
    signsOut: async () => (await signsOut(fetchRelay, '/api/sign-out')) !== 'still_in',
    answers: pageAnswers,
    toEnd: (isHeard) => location.replace(`/console/vergeten${isHeard ? '' : NOT_HEARD}`),
  });

/**
 * The page of who gets in by what only she has: fetched when somebody does.
 *
 * @param token of a one-time address, or null
 * @param of `brought`: what a provider sent her back with; `said`: what the page before had left to say
 */
export async function showGettingIn(
  root: HTMLElement,
  own: OwnSessions,
  token: string | null,
  { brought, said }: { readonly brought: string | null; readonly said: string | null },
): Promise<void> {
  const shows = createStepUpApi(fetchRelay, (asked) => asked.then((goes) => goes && model.lasts(goes.leftMs)));
  const stepUp = createStepUp(shows);
  const sessions = endsByShowing(own, stepUp.ask);
  const entry = createGettingInApi(fetchRelay, sessions);
  const model: GettingIn = createGettingIn({ ...entry, keepsCookies }, clock.nowMs, stepUp);
  // no desk stands here before this computer is enrolled: of a coordinator's rights those that need none
  const me = computed(() => {
    const at = model.stand.value;
    return at.is === 'pages' ? { name: at.me.name, site: '', roles: ['coordinator' as const] } : null;
  });
  const nowMs = createTicker(clock, timers);
  const api = createDevicesApi(fetchRelay);
  const enrolment = createEnrolment({
    ...enrolmentPorts(indexedDB, api, clock.nowMs),
    ...{ nowMs: clock.nowMs, timers, isVisible: () => document.visibilityState === 'visible' },
    open: () => void goesOnOnce(() => location.replace(location.pathname)),
  });
  // who is at what is her own stays with it, unless she waits for a signature; everybody else comes to chat
  const steps = browserSteps();
  const opens = location.hash === '' || steps.named() !== null ? 'at_once' : 'once_signed';
  effect(() => {
    const at = model.stand.value;
    // a desk opens for who chats alone; what this computer is to a coordinator she sees, and can give it up
    if (at.is === 'home') void enrolment.start(at.me.roles.includes('counsellor') ? opens : 'never');
    else enrolment.stop();
  });
  const isCoordinator = computed(() => {
    const at = model.stand.value;
    return (at.is === 'home' || at.is === 'pages') && at.me.roles.includes('coordinator');
  });
  effect(() => {
    if (isCoordinator.value) beginRenewing();
  });
  const provider = accountElsewhere(stepUp, () => void model.look());
  const unsaved = unsavedPages();
  const places: ShownPlaces = createPlaces(
    me,
    coordinatorPages({ nowMs, shows, unsaved, go: (place) => places.go(place) }),
    freshPlaces(me),
    unsaved.at,
    steps,
  );
  const toOwn = ownSteps(model, places, steps);
  const pages = {
    // who is in by what only she has goes on by showing it again, where she is
    session: {
      me,
      endsMs: model.endsMs,
      renew: () => stepUp.ask(),
      signOut: () => model.signOut().then(() => undefined),
    },
    ...{ own: sessions, nowMs, ownKeys: { says: words.home.back, go: () => toOwn.toHome() } },
    places,
  };
  timers.every(LOOK_EVERY_MS, () => void model.look());
  onNobody(() => void model.look());
  const givesUp = givesUpHere(api, enrolment);
  const wipe = async () => ((await model.isHolding()) ? ('holding' as const) : givesUp());
  const demo = await isDemonstration();
  render(
    <Demonstration.Provider value={demo}>
      <GettingInScreen model={model} pages={pages} provider={provider} enrolling={{ enrolment, wipe }} />
      <StepUpDialog stepUp={stepUp} />
    </Demonstration.Provider>,
    root,
  );
  if (!keepsCookies()) return model.start(token);
  if (brought !== null) await provider.finish(brought);
  await Promise.all([model.start(token, said), provider.look()]);
}
