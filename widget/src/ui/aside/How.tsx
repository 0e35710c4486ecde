import { ta } from '../../words/nlAside.ts';
import { useArrival } from '../arrival.ts';

export function How({ minutes }: { minutes: number }) {
  useArrival();
  const lines = [ta('how.1'), ta('how.2'), ta('how.3'), ta('how.4'), ta('how.5', { n: minutes })];
  return (
    <div class="bd">
      <h1 tabIndex={-1}>{ta('how.title')}</h1>
      <ol class="steps">
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ol>
    </div>
  );
}
