import { useArrival } from '../frame/arrival.ts';
import { tcalm } from './calmWords.ts';

export function How({ minutes }: { minutes: number }) {
  useArrival();
  const lines = [tcalm('how.1'), tcalm('how.2'), tcalm('how.3'), tcalm('how.4'), tcalm('how.5', { n: minutes })];
  return (
    <div class="bd">
      <h1 tabIndex={-1}>{tcalm('how.title')}</h1>
      <ol class="steps">
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ol>
    </div>
  );
}
