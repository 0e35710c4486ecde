import type { StepUp } from '../model/stepUp.ts';
import { stepUp as words } from '../words/stepUp.ts';
import { Dialog } from './Dialog.tsx';
import { Problem } from './signin/Problem.tsx';

/** The window of one `StepUp`, for whichever page may need it: nothing while nothing is asked. */
export function StepUpDialog({ stepUp }: { stepUp: StepUp }) {
  const asked = stepUp.asked.value;
  if (!asked) return null;
  const { problem, busy } = asked;
  return (
    <Dialog title={words.title} onClose={() => stepUp.giveUp()}>
      <p>{words.lead[stepUp.by]}</p>
      <Problem says={problem && words.problems[problem]} />
      <div class="dialog-actions">
        <button
          type="button"
          class="button button-primary button-small"
          aria-disabled={busy}
          onClick={() => void stepUp.show()}
        >
          {busy ? words.busy : words.show[stepUp.by]}
        </button>
        <button type="button" class="button button-plain button-small" onClick={() => stepUp.giveUp()}>
          {words.cancel}
        </button>
      </div>
    </Dialog>
  );
}
