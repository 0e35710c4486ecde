import { browserClock as clock, browserTimers as timers } from './device/browser.ts';
import { createDevicesApi } from './device/devicesApi.ts';
import { enrolled, ownWords, saidOfSession, takeSigned } from './device/enrolled.ts';
import { signsOut } from './device/signsOut.ts';
import { createStepUpApi } from './device/stepUpApi.ts';
import type { Session, SessionPorts } from './model/session.ts';
import { createStepUp } from './model/stepUp.ts';
import { StepUpDialog } from './ui/StepUpDialog.tsx';

/** A certificate may be renewed at any time by whoever has an issuer; a console that is open all day finds it. */
const FOLLOW_EVERY_MS = 3_600_000;

type Ports = Pick<SessionPorts, 'remembered' | 'stay' | 'roles' | 'signOut'>;

/** The desk of who signed in by what only she has, at a computer that may chat. Null where it may not, or nobody is in. */
export async function realDesk(database: IDBDatabase, fetchFrom: typeof fetch) {
  const api = createDevicesApi(fetchFrom);
  const remembered = () => enrolled(database, { fetchFrom, api, nowMs: clock.nowMs });
  const first = await remembered();
  if (!first) return null;
  let desk: Session | null = null;
  const goesOn = (goes: { readonly binding: string; readonly leftMs: number } | null) =>
    goes && { binding: goes.binding, endsMs: clock.nowMs() + goes.leftMs };
  const shows = createStepUpApi(fetchFrom, (asked) => desk?.goOn(asked.then(goesOn)));
  const stepUp = createStepUp(shows);

  const ports: Ports = {
    remembered,
    stay: () => stepUp.ask(),
    roles: async () => (await saidOfSession(fetchFrom))?.roles ?? null,
    signOut: () => signsOut(fetchFrom, '/api/sign-out'),
  };
  /** Goes on with what a coordinator's console renewed meanwhile [O29]. */
  const follow = async (session: Session) => {
    const own = await api.own();
    if (!own.ok) return;
    const chain = (await takeSigned(database, own.value).catch(() => null))?.signed?.chain;
    const words = chain === undefined ? null : ownWords(chain);
    if (chain !== undefined && words) await session.certified(chain, words.endsMs);
  };
  return {
    ports,
    shows,
    /** where she shows again that it is she, over whatever is open */
    Window: () => <StepUpDialog stepUp={stepUp} />,
    coordinates: first.roles.includes('coordinator'),
    watch(session: Session) {
      desk = session;
      timers.every(FOLLOW_EVERY_MS, () => void follow(session));
    },
  };
}
