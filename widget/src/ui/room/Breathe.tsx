import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { tc } from '../../words/nlChat.ts';
import { useArrival } from '../arrival.ts';
import { BackFoot } from './BackFoot.tsx';
import type { At } from './inside.ts';

const COUNT = 4;

/** Four counts in, four counts out. Where motion is unwanted, the counts alone do it. */
export function Breathe({ room }: At<'waiting'>) {
  const second = useSignal(0);
  useArrival();
  useEffect(() => {
    const timer = setInterval(() => second.value++, 1_000);
    return () => clearInterval(timer);
  }, []);
  const inward = Math.floor(second.value / COUNT) % 2 === 0;
  return (
    <>
      <div class="bd middle">
        <h1 tabIndex={-1}>{tc('breathe.title')}</h1>
        <div class={inward ? 'breath in' : 'breath'}>
          <div>
            <span>{inward ? tc('breathe.in') : tc('breathe.out')}</span>
            <span>{COUNT - (second.value % COUNT)}</span>
          </div>
        </div>
        <p class="muted sm">
          {tc('breathe.how')}
          <br />
          {tc('breathe.place')}
        </p>
      </div>
      <BackFoot room={room} />
    </>
  );
}
