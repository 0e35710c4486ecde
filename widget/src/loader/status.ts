import { words } from './words.ts';

/** What `/status/<site>` tells everybody. */
interface Status {
  state?: unknown;
  nextOpen?: { day?: unknown; time?: unknown; date?: unknown } | null;
}

/** From so far on another day of the same name comes first. As in the chat itself. */
const SAME_NAME_MS = 6 * 24 * 3_600_000;

function wordsFor({ state, nextOpen }: Status): string {
  if (state === 'open') return words.anonymous;
  if (state === 'busy') return words.busy;
  if (state !== 'closed') return '';
  const day = words.days[Number(nextOpen?.day)];
  const time = String(nextOpen?.time);
  const [hour = '', minute = '00'] = time.split(':');
  if (!day || !hour) return words.closed;
  const when = `${Number(hour)}${minute === '00' ? '' : `.${minute}`}`;
  return words.opens(`${day}${dateUnlessNear(String(nextOpen?.date), time)} ${when}`);
}

/** " 4 jan.", in a holiday; nothing while the weekday says enough, or when the date is none. */
function dateUnlessNear(date: string, time: string): string {
  const [, month, day] = date.split('-');
  const far = Date.parse(`${date}T${time}`) - Date.now() >= SAME_NAME_MS;
  return far ? ` ${Number(day)} ${words.months[Number(month) - 1]}` : '';
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
