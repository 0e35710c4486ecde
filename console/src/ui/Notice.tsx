import { nl } from '../words/nl.ts';
import { useConsole } from './console.ts';
import { Icon } from './Icon.tsx';
import { titleKeepsFocus } from './keepsFocus.ts';

/** One sentence about what just could not be done, in a row of its own [D39]. Stays until it is read away or something succeeds. */
export function Notice() {
  const { notice } = useConsole().workspace;
  return (
    <div role="status" aria-live="polite">
      {notice.value && (
        <div class="notice">
          <Icon name="info" />
          <span>{notice.value}</span>
          <button
            type="button"
            class="icon-button"
            aria-label={nl.close}
            onClick={() => {
              notice.value = null;
              titleKeepsFocus({ preventScroll: true }); // on a page nobody else looks after it
            }}
          >
            <Icon name="x" />
          </button>
        </div>
      )}
    </div>
  );
}
