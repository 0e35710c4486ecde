import type { Clock, Page, Timers } from '@clbchat/shared/client/ports';

/** The engine's ports that any browser tab has. */
let leaves = false;

/** Before anybody else listens: browsers ask who came first. */
export function listenToLeaving(): void {
  addEventListener('beforeunload', (event) => leaves && event.stopImmediatePropagation(), { capture: true });
}

/** Loads the page anew, and no browser asks: she was asked before, and is out by now. */
export function loadAnew(): void {
  leaves = true;
  location.reload();
}

/**
 * Whether the host of this page answers: another page comes from there, and the service may be elsewhere. Without it the browser's own
 * page of an error would stand in the place of this one.
 */
export const pageAnswers = (): Promise<boolean> =>
  fetch('/console/site.json', { credentials: 'omit', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );

/** Leaves this page where another one can come. @returns whether it goes */
export async function goesOn(go: () => void): Promise<boolean> {
  const isThere = await pageAnswers();
  if (isThere) go();
  return isThere;
}

const AGAIN_EVERY_MS = 3_000;

/** The same for who did not press for it: it goes once it can. */
export async function goesOnOnce(go: () => void, timers: Pick<Timers, 'after'> = browserTimers): Promise<void> {
  if (!(await goesOn(go))) timers.after(AGAIN_EVERY_MS, () => void goesOnOnce(go, timers));
}

const PROBE = 'clb-probe=1';

/** Whether a sign-in can last here: it is a cookie. Tried, because Chromium calls cookies enabled also where somebody blocked all of them. */
export function keepsCookies(): boolean {
  try {
    document.cookie = `${PROBE}; SameSite=Strict`;
    const isKept = document.cookie.includes(PROBE);
    document.cookie = `${PROBE}; SameSite=Strict; Max-Age=0`;
    return isKept;
  } catch {
    return false;
  }
}

export const browserClock: Clock = { nowMs: () => Date.now() };

export const browserTimers: Timers = {
  after(ms, run) {
    const id = setTimeout(run, ms);
    return () => clearTimeout(id);
  },
  every(ms, run) {
    const id = setInterval(run, ms);
    return () => clearInterval(id);
  },
};

export const browserPage: Page = {
  visible: () => document.visibilityState === 'visible',
  onVisible(run) {
    const listen = () => {
      if (document.visibilityState === 'visible') run();
    };
    document.addEventListener('visibilitychange', listen);
    return () => document.removeEventListener('visibilitychange', listen);
  },
};
