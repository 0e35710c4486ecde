import { useSignal, type ReadonlySignal } from '@preact/signals';
import type { Session } from '../model/session.ts';
import { asTimeOfDay } from '../model/times.ts';
import { certificate as words } from '../words/signedIn.ts';
import { Icon } from './Icon.tsx';

const DAY_MS = 86_400_000;
/** So long before its end a certificate ought to have been renewed by itself. */
const WARN_MS = 5 * DAY_MS;

interface Props {
  session: Pick<Session, 'certEndsMs'>;
  isEnded: ReadonlySignal<boolean>;
  /** runs each second */
  clock: ReadonlySignal<number>;
  /** whether she has a conversation here, which goes on beyond that end */
  holds: boolean;
  /** opens the console anew: who holds nobody comes to where this computer is asked for again [O45]. @returns whether the service answered */
  onAgain(): Promise<boolean>;
}

/** A day is told by its number, the last one by its hour: who reads of one more day goes home reassured. */
function endsIn(endsMs: number, nowMs: number): string {
  if (endsMs - nowMs > DAY_MS) return words.ends(Math.ceil((endsMs - nowMs) / DAY_MS));
  const isToday = new Date(endsMs).toDateString() === new Date(nowMs).toDateString();
  return words.endsAt(isToday, asTimeOfDay(endsMs));
}

/** That this computer's certificate ends, from five days before, and that nothing new rings once it has [O28]. */
export function CertificateNotice({ session, isEnded, clock, holds, onAgain }: Props) {
  const endsMs = session.certEndsMs.value;
  const leftMs = endsMs === null ? null : endsMs - clock.value;
  const isOver = isEnded.value;
  const unheard = useSignal(false);
  const again = async () => {
    unheard.value = !(await onAgain());
  };
  return (
    <div role="status" aria-live="polite">
      {endsMs !== null && leftMs !== null && leftMs <= WARN_MS && (
        <div class="notice">
          <Icon name="clock-alert" />
          <span>{isOver ? words.ended(holds) : endsIn(endsMs, clock.value)}</span>
          {isOver && !holds && (
            <>
              {unheard.value && <span>{words.unheard}</span>}
              <button type="button" class="button button-secondary button-small" onClick={() => void again()}>
                {words.again}
              </button>
            </>
          )}
        </div>
      )}
    </div>
  );
}
