import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { hours as words } from '../../words/hours.ts';
import { problemWords, useHours } from './hours.ts';

/** What is not saved yet, and what became of saving it. It never covers what it is about: it stands below. */
export function SaveBar() {
  const { page } = useHours();
  const changed = page.changed.value;
  const said = page.said.value;
  const problems = page.problems.value;
  const hasFocus = useSignal(false);
  const bar = useRef<HTMLDivElement>(null);
  // a window that she leaves for another one takes the focus from the button, and keeps it for her there
  const follow = () => (hasFocus.value = bar.current?.contains(document.activeElement) === true);
  // an idle bar hides its buttons, and not the one that has the focus [D38]
  const isIdle = !changed && !said && problems.length === 0 && !hasFocus.value;
  return (
    <div class={isIdle ? 'save-bar save-bar-idle' : 'save-bar'} ref={bar} onFocusIn={follow} onFocusOut={follow}>
      <div class="save-words">
        <p role="status">{said ? words.save[said] : changed ? words.save.changed : ''}</p>
        <div role="alert">
          {problems.length > 0 && (
            <>
              <p>{words.save.refused}</p>
              <ul>
                {problems.map((problem) => (
                  <li key={problem.path}>{problemWords(problem)}</li>
                ))}
              </ul>
            </>
          )}
        </div>
      </div>
      <div class="save-buttons">
        <button
          type="button"
          class="button button-plain button-small"
          aria-disabled={!changed || page.saving.value}
          onClick={() => {
            if (!page.changed.peek() || page.saving.peek()) return;
            document.getElementById('page-title')?.focus(); // the bar goes
            page.undo();
          }}
        >
          {words.save.undo}
        </button>
        <button
          type="button"
          class="button button-primary button-small"
          aria-disabled={!changed || page.saving.value || page.clash.value !== null}
          onClick={() => {
            if (!page.changed.peek() || page.clash.peek()) return;
            void page.save();
            if (page.said.peek() === 'fields') toField();
          }}
        >
          {page.saving.value ? words.save.saving : words.save.save}
        </button>
      </div>
    </div>
  );
}

/** To the first field that refuses, out of what it is folded in [U32]. */
function toField() {
  const field = document.querySelector<HTMLElement>('#page [aria-invalid="true"]');
  const folded = field?.closest('details');
  if (folded) folded.open = true;
  field?.focus();
}
