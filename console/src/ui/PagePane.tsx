import { useLayoutEffect, useRef } from 'preact/hooks';
import { places as words } from '../words/places.ts';
import type { ShownPlaces } from './console.ts';
import { Icon } from './Icon.tsx';

/** The title of the page that comes has the focus, unless she is elsewhere by then: no key goes where she did not aim it [U16]. */
function useTitle(places: ShownPlaces): void {
  const shown = places.shown.value;
  const View = shown?.is === 'here' ? shown.View : null;
  const asking = useRef<Element | null>(null);
  useLayoutEffect(() => void (asking.current = document.activeElement), [places.at.value]);
  useLayoutEffect(() => {
    const now = document.activeElement;
    if (View && (now === document.body || now === asking.current)) document.getElementById('page-title')?.focus();
  }, [View]);
}

/** The page of the coordinator that stands here, or that it is on its way. */
export function PagePane({ places }: { places: ShownPlaces }) {
  useTitle(places);
  const shown = places.shown.value;
  if (!shown) return null;
  if (shown.is === 'here') return <shown.View />;
  return (
    <main class="page" id="page" data-region tabIndex={-1}>
      {shown.is === 'loading' ? (
        <p role="status">{words.pages.loading}</p>
      ) : (
        <div class="note note-danger" role="alert">
          <Icon name="circle-alert" />
          <span>{words.pages[shown.is]}</span>
          <button
            type="button"
            class="button button-plain button-small"
            onClick={() => {
              document.getElementById('page')?.focus(); // the button goes; a page that comes has its heading for it
              places.again();
            }}
          >
            {shown.is === 'renewed' ? words.pages.anew : words.pages.again}
          </button>
        </div>
      )}
    </main>
  );
}
