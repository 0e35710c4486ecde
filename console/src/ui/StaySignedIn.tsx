import { useSignal, type ReadonlySignal } from '@preact/signals';
import type { Session } from '../model/session.ts';
import { asTimeOfDay } from '../model/times.ts';
import { nl } from '../words/nl.ts';
import { Icon } from './Icon.tsx';
import { titleKeepsFocus } from './keepsFocus.ts';

const WARN_MS = 1_800_000;
/** The answer stays where the button was: who taps twice must not meet what would move up there [D20]. */
const ANSWERED_MS = 8_000;

interface Props {
  session: Pick<Session, 'endsMs' | 'renew'>;
  /** runs each second */
  clock: ReadonlySignal<number>;
}

/** That the session ends, half an hour before, and how it goes on [A12 D40]. A moment, not a countdown: it is read out once. */
export function StaySignedIn({ session, clock }: Props) {
  const asking = useSignal(false);
  const answer = useSignal<{ ok: boolean; atMs: number } | null>(null);
  const nowMs = clock.value;
  const endsMs = session.endsMs.value;
  const fresh = answer.value && nowMs - answer.value.atMs < ANSWERED_MS ? answer.value : null;
  const warns = endsMs !== null && endsMs - nowMs <= WARN_MS;

  const stay = async () => {
    if (asking.peek()) return;
    asking.value = true;
    const ok = await session.renew();
    asking.value = false;
    // who gave up was refused nothing, and may press again [G65]
    answer.value = ok === null ? null : { ok, atMs: clock.peek() };
    titleKeepsFocus({ preventScroll: true }); // the answer has the place of the button
  };
  const sentence = () => {
    if (fresh) return fresh.ok ? nl.stay.stays : nl.stay.failed;
    return endsMs !== null && endsMs > nowMs ? nl.stay.at(asTimeOfDay(endsMs)) : nl.stay.due;
  };
  return (
    <div role="status" aria-live="polite">
      {(warns || fresh) && (
        <div class="stay notice">
          <Icon name="clock" />
          <span>{sentence()}</span>
          {!fresh?.ok && (
            <button
              type="button"
              class="button button-secondary button-small"
              aria-disabled={asking.value}
              onClick={() => void stay()}
            >
              {nl.stay.stay}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
