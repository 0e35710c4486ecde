import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { RarePages, WithWidget } from '../widget.ts';
import { t } from './words.ts';

export const Loading = () => <p class="loading">{t('loading')}</p>;

/** A page that few people want: fetched when it is first shown. Nothing may be one that must show without a connection. */
export function Rare({ widget, show }: WithWidget & { show: (pages: RarePages) => ComponentChildren }) {
  const pages = widget.rare.part.value;
  useEffect(() => void widget.rare.bring(), []);
  return <>{pages ? show(pages) : <Loading />}</>;
}
