import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Outcome } from '../../model/sites/page.ts';
import type { Site } from '../../model/sites/site.ts';
import { sites as words } from '../../words/sites.ts';

interface Props {
  /** undefined: it was to go */
  mine: Site | undefined;
  clash: Extract<Outcome, { is: 'clash' }>;
  onTake(): void;
}

/** Both versions of one school beside each other: nothing was written over unseen [U38]. */
export function ClashNote({ mine, clash: { theirs, by }, onTake }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  const row = (says: string, site: Site | undefined) => (
    <>
      <dt>{says}</dt>
      <dd>
        {site ? (
          <>
            {site.name}
            <br />
            {site.origins.join(', ')}
          </>
        ) : (
          words.clash.gone
        )}
      </dd>
    </>
  );
  return (
    <section class="note-warn site-clash" aria-labelledby="site-clash-title">
      <h2 id="site-clash-title" ref={heading} tabIndex={-1}>
        {words.clash.title(by)}
      </h2>
      <dl>
        {row(words.clash.mine, mine)}
        {row(words.clash.theirs(by), theirs)}
      </dl>
      <p class="small">{words.clash.lead}</p>
      <button type="button" class="button button-plain button-small" onClick={onTake}>
        {words.clash.take}
      </button>
    </section>
  );
}
