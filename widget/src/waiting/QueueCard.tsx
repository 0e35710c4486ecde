import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Rich } from '../frame/Rich.tsx';
import { estimateWords, placeWords, type Waiting } from './wait.ts';
import { tw } from './words.ts';

const AROUND = 2 * Math.PI * 41;
const TICK_MS = 15_000;

/** Minutes since joining, going on between two words of the service. */
function useWaitedMin(waitedMs: number): number {
  const extraMs = useSignal(0);
  useEffect(() => {
    extraMs.value = 0;
    const since = performance.now();
    const timer = setInterval(() => (extraMs.value = performance.now() - since), TICK_MS);
    return () => clearInterval(timer);
  }, [waitedMs]);
  return Math.floor((waitedMs + extraMs.value) / 60_000);
}

/** The place, as it is now; the ring shows how far from the first place, and has no meaning in time. */
export function QueueCard({ view, instead }: { view: Waiting; instead: string | null }) {
  const farthest = useRef(0);
  farthest.current = Math.max(farthest.current, view.ahead);
  const done = view.ahead === 0 ? 1 : (farthest.current - view.ahead + 1) / (farthest.current + 2);
  const waitedMin = useWaitedMin(view.waitedMs);
  return (
    <div class="card q">
      <div class="pic lake large" aria-hidden="true">
        <svg class="ring" viewBox="0 0 88 88">
          <circle cx="44" cy="44" r="41" />
          <circle
            cx="44"
            cy="44"
            r="41"
            stroke-dasharray={`${done * AROUND} ${AROUND}`}
            transform="rotate(-90 44 44)"
          />
        </svg>
        <span class="place" key={view.ahead}>
          {view.ahead + 1}
        </span>
      </div>
      <div>
        <p>
          <b>{placeWords(view.ahead)}</b>
        </p>
        <p>
          <Rich text={view.ringing ? tw('wait.ringing') : estimateWords(view)} />
        </p>
        <p class="xs muted">{instead ?? (waitedMin < 1 ? tw('wait.just') : tw('wait.since', { n: waitedMin }))}</p>
      </div>
    </div>
  );
}
