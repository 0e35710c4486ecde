import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { setupWords as words } from '../../words/setup.ts';
import { Brand } from '../Brand.tsx';

/** In the place of the set-up: it makes nothing. */
function Instead({ title, children }: { title: string; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <div class="backdrop">
      <main class="card setup">
        <Brand demo={false} sub={words.sub} />
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
        <p>
          <a href="/console/">{words.real.away}</a>
        </p>
      </main>
    </div>
  );
}

/** Where the centre has keys. */
export const HasKeys = () => (
  <Instead title={words.had.title}>
    <p>{words.had.lead}</p>
    <p>{words.had.next}</p>
    <p class="small muted">{words.had.lost}</p>
  </Instead>
);

/** Where nobody said whether it has: other ones beside them would be for nothing. */
export const MayHaveKeys = ({ onAgain }: { onAgain(): void }) => (
  <Instead title={words.unheard.title}>
    <p>{words.unheard.lead}</p>
    <button type="button" class="button button-primary" onClick={onAgain}>
      {words.unheard.again}
    </button>
  </Instead>
);
