import { useLayoutEffect, useRef } from 'preact/hooks';
import { setupWords as words } from '../../words/setup.ts';
import { Brand } from '../Brand.tsx';

/** In the place of the set-up, where the centre has keys: it makes none. */
export function HasKeys() {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <div class="backdrop">
      <main class="card setup">
        <Brand demo={false} sub={words.sub} />
        <h1 ref={heading} tabIndex={-1}>
          {words.had.title}
        </h1>
        <p>{words.had.lead}</p>
        <p>{words.had.next}</p>
        <p class="small muted">{words.had.lost}</p>
        <p>
          <a href="/console/">{words.real.away}</a>
        </p>
      </main>
    </div>
  );
}
