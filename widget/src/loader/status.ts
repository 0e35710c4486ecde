import { page } from './page.ts';
import * as words from './words.ts';

/** What `/status/<site>` tells everybody, as far as it keeps its word; `code` when it knows no such site. */
interface Status {
  state?: string;
  nextOpen?: Moment | null;
  code?: string;
}
interface Moment {
  date?: string;
  time?: string;
}

/** From so far on another day of the same name comes first. As in the chat itself. */
const SAME_NAME_MS = 6 * 24 * 3_600_000;
/** An answer younger than this is not asked for again. */
const FRESH_MS = 60_000;
/** A timer cannot wait for longer; it would run at once. */
const TIMER_MS_MAX = 2 ** 31 - 1;

/** "maandag 17", or "maandag 4 jan 17.30" when another Monday comes first. */
function dayAndHour(then: Date, inMs: number): string {
  const [date, month] = inMs < SAME_NAME_MS ? [] : (['numeric', 'short'] as const);
  const day = then.toLocaleDateString('nl', { weekday: 'long', day: date, month });
  const hour = then.getHours();
  const minutes = then.getMinutes();
  return `${day} ${minutes ? (hour + minutes / 100).toFixed(2) : hour}`;
}

function wordsFor(state: string | undefined, then: Date, inMs: number): string {
  if (state === 'open') return words.anonymous;
  if (state === 'busy') return words.busy;
  if (state === 'closed') return inMs < Infinity ? words.opens(dayAndHour(then, inMs)) : words.closed;
  return '';
}

interface Told {
  /** the line under the words; empty when nobody knows */
  sub(text: string): void;
  /** the service knows no such site */
  unknown(): void;
}

/**
 * Asks when somebody looks at the page and the page has nothing else to do: at first, whenever it comes into view again,
 * and when the service opens. Never while hidden. A page that blocks it loses one line.
 */
export function whileLookedAt(address: string, told: Told, signal: AbortSignal): void {
  let askedMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const ask = async (): Promise<void> => {
    if (signal.aborted || page.hidden || Math.abs(Date.now() - askedMs) < FRESH_MS) return;
    askedMs = Date.now();
    clearTimeout(timer);
    // no line, no harm: and no line is better than yesterday's
    const status =
      (await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer', signal })
        .then((answer) => answer.json() as Promise<Status | null>)
        .catch(() => null)) || {};
    if (status.code === 'gone') return told.unknown();
    const { date, time } = status.nextOpen || {};
    const then = new Date(`${date}T${time}`); // by the clock of whoever looks; none when nobody says
    const inMs = +then - Date.now();
    told.sub(wordsFor(status.state, then, inMs));
    // a clock that is ahead hears "closed" once more, and must not ask at once for ever
    if (inMs < Infinity) timer = setTimeout(look, Math.min(Math.max(inMs, FRESH_MS), TIMER_MS_MAX));
  };
  // Safari has no idle callback, so that there markup may bear its name
  const { requestIdleCallback: idle } = window;
  const look = () => (typeof idle === 'function' ? idle : setTimeout)(ask as () => void);

  look();
  page.addEventListener('visibilitychange', look, { signal });
  addEventListener('pageshow', look, { signal });
}
