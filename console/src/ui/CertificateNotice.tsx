import type { ReadonlySignal } from '@preact/signals';
import type { Session } from '../model/session.ts';
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
  /** opens the console anew: who holds nobody comes to where this computer is asked for again [O45] */
  onAgain?(): void;
}

/** That this computer's certificate ends, from five days before, and that nothing new rings once it has [O28]. */
export function CertificateNotice({ session, isEnded, clock, holds, onAgain = () => location.reload() }: Props) {
  const endsMs = session.certEndsMs.value;
  const leftMs = endsMs === null ? null : endsMs - clock.value;
  const isOver = isEnded.value;
  return (
    <div role="status" aria-live="polite">
      {leftMs !== null && leftMs <= WARN_MS && (
        <div class="notice">
          <Icon name="clock-alert" />
          <span>{isOver ? words.ended(holds) : words.ends(Math.ceil(leftMs / DAY_MS))}</span>
          {isOver && !holds && (
            <button type="button" class="button button-secondary button-small" onClick={onAgain}>
              {words.again}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
