import type { ReadonlySignal } from '@preact/signals';
import type { Session } from '../model/session.ts';
import { certificate as words } from '../words/signedIn.ts';
import { Icon } from './Icon.tsx';

const DAY_MS = 86_400_000;
/** So long before its end a certificate ought to have been renewed by itself. */
const WARN_MS = 5 * DAY_MS;

interface Props {
  session: Pick<Session, 'certEndsMs'>;
  /** runs each second */
  clock: ReadonlySignal<number>;
}

/** That this computer's certificate ends, from five days before, and that nothing new rings once it has [O28]. */
export function CertificateNotice({ session, clock }: Props) {
  const endsMs = session.certEndsMs.value;
  const leftMs = endsMs === null ? null : endsMs - clock.value;
  return (
    <div role="status" aria-live="polite">
      {leftMs !== null && leftMs <= WARN_MS && (
        <div class="notice">
          <Icon name="clock-alert" />
          <span>{leftMs > 0 ? words.ends(Math.ceil(leftMs / DAY_MS)) : words.ended}</span>
        </div>
      )}
    </div>
  );
}
