import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Brand } from './Brand.tsx';

/** A whole screen of one card: signing in, working elsewhere. The heading takes the focus. */
export function CenterCard({ sub, title, children }: { sub?: string; title: string; children?: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), [title]);
  return (
    <div class="backdrop">
      <main class="card">
        <Brand {...(sub ? { sub } : {})} />
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </main>
    </div>
  );
}
