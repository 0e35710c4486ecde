import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { RarePages, WithWidget } from '../widget.ts';
import { Missing } from './Missing.tsx';
import { t } from './words.ts';

/** Something is on its way: a part of the page, or the service's first word. */
export const Loading = ({ widget: { steps, rare, start } }: WithWidget) => (
  <div class="loading">{[steps, rare, start].some(({ lost }) => lost.value > 1) ? <Missing /> : t('loading')}</div>
);

/** A page that few people want: fetched when it is first shown. Nothing may be one that must show without a connection. */
export function Rare({ widget, show }: WithWidget & { show: (pages: RarePages) => ComponentChildren }) {
  const pages = widget.rare.part.value;
  useEffect(() => void widget.rare.bring(), []);
  return <>{pages ? show(pages) : <Loading widget={widget} />}</>;
}
