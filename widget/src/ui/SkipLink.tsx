import type { Widget } from '../model/widget.ts';
import { ts } from '../words/nlSteps.ts';

/** On a page of its own: the first stop of the keyboard also tells of the three presses on Shift. */
export const SkipLink = ({ widget }: { widget: Widget }) => (
  <a
    class="skip"
    href={widget.exitUrl.value}
    rel="noreferrer nofollow"
    onClick={(event) => {
      event.preventDefault();
      widget.leave();
    }}
  >
    {ts('exit.skip')}
  </a>
);
