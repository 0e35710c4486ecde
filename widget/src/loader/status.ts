import { words } from './words.ts';

/** What `/status/<site>` tells everybody. */
interface Status {
  state?: unknown;
  nextOpen?: { day?: unknown; time?: unknown } | null;
}

function wordsFor({ state, nextOpen }: Status): string {
  if (state === 'open') return words.anonymous;
  if (state === 'busy') return words.busy;
  if (state !== 'closed') return '';
  const day = words.days[Number(nextOpen?.day)];
  const [hour = '', minute = '00'] = String(nextOpen?.time).split(':');
  if (!day || !hour) return words.closed;
  return words.opens(`${day} ${Number(hour)}${minute === '00' ? '' : `.${minute}`}`);
}

/** Asks once, when somebody looks at the page and the page has nothing else to do. A page that blocks it loses one line. */
export function whenLookedAt(address: string, tell: (sub: string) => void, signal: AbortSignal): void {
  const ask = async () => {
    try {
      const answer = await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer', signal });
      if (answer.ok) tell(wordsFor((await answer.json()) as Status));
    } catch {
      // no line, no harm
    }
  };
  // Safari has no idle callback
  const idle = () => (window.requestIdleCallback ?? setTimeout)(() => void ask());
  if (!document.hidden) return void idle();
  const look = () => {
    if (document.hidden) return;
    document.removeEventListener('visibilitychange', look);
    idle();
  };
  document.addEventListener('visibilitychange', look, { signal });
}
