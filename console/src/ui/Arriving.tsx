import { Icon } from './Icon.tsx';

interface Props {
  /** of what a page shows: it is on its way, did not come, or is there */
  is: string;
  words: { readonly loading: string; readonly failed: string; readonly again: string };
  onAgain(): unknown;
}

/** The button goes with what failed: what comes is read from the page's title on, and where it fails again that is said. */
const toTitle = () => document.getElementById('page-title')?.focus();

/** What stands on a page until what it shows has come, and where it did not. */
export const Arriving = ({ is, words, onAgain }: Props) => (
  <>
    {is === 'loading' && <p role="status">{words.loading}</p>}
    {is === 'failed' && (
      <div class="note note-danger" role="alert">
        <Icon name="circle-alert" />
        <span>{words.failed}</span>
        <button
          type="button"
          class="button button-plain button-small"
          onClick={() => {
            toTitle();
            void onAgain();
          }}
        >
          {words.again}
        </button>
      </div>
    )}
  </>
);
