import { tc } from '../../words/nlChat.ts';
import { useArrival } from '../arrival.ts';
import { BackFoot } from './BackFoot.tsx';
import type { At } from './inside.ts';
import { lengthToldMin } from './lengthTold.ts';

export function How({ widget, room }: At<'waiting'>) {
  useArrival();
  const lines = [
    tc('how.1'),
    tc('how.2'),
    tc('how.3'),
    tc('how.4'),
    tc('how.5', { n: lengthToldMin(widget.facts.facts.value) }),
  ];
  return (
    <>
      <div class="bd">
        <h1 tabIndex={-1}>{tc('how.title')}</h1>
        <ol class="steps">
          {lines.map((line) => (
            <li>{line}</li>
          ))}
        </ol>
      </div>
      <BackFoot room={room} />
    </>
  );
}
