import { useEffect } from 'preact/hooks';
import { ta } from '../../words/nlAside.ts';
import { useArrival } from '../arrival.ts';
import { useSignal } from '../useSignal.ts';

const COUNT = 4;

/** Four counts in, four counts out. Where motion is unwanted, the counts alone do it. */
export function Breathe() {
  const second = useSignal(0);
  useArrival();
  useEffect(() => {
    const timer = setInterval(() => second.value++, 1_000);
    return () => clearInterval(timer);
  }, []);
  const inward = Math.floor(second.value / COUNT) % 2 === 0;
  return (
    <div class="bd middle">
      <h1 tabIndex={-1}>{ta('breathe.title')}</h1>
      <div class={inward ? 'breath in' : 'breath'}>
        <div>
          <span>{inward ? ta('breathe.in') : ta('breathe.out')}</span>
          <span>{COUNT - (second.value % COUNT)}</span>
        </div>
      </div>
      <p class="muted sm">
        {ta('breathe.how')}
        <br />
        {ta('breathe.place')}
      </p>
    </div>
  );
}
