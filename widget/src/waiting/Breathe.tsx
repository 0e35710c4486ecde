import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useArrival } from '../frame/arrival.ts';
import { tcalm } from './calmWords.ts';

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
      <h1 tabIndex={-1}>{tcalm('breathe.title')}</h1>
      <div class={inward ? 'pic lake breath in' : 'pic lake breath'}>
        <div>
          <span>{inward ? tcalm('breathe.in') : tcalm('breathe.out')}</span>
          <span>{COUNT - (second.value % COUNT)}</span>
        </div>
      </div>
      <p class="muted sm">
        {tcalm('breathe.how')}
        <br />
        {tcalm('breathe.place')}
      </p>
    </div>
  );
}
