import { Firm } from '../frame/Firm.tsx';
import type { WithWidget } from '../widget.ts';

interface Answer {
  words: string;
  /** primary or plain */
  look: 'p' | 'g';
  onClick: () => unknown;
  /** cannot be taken back */
  firm?: true;
}

/** A question above the composer. It waits; the text that is being written stays. The safe answer comes last. */
export const Ask = ({ widget, words, answers }: WithWidget & { words: string; answers: readonly Answer[] }) => (
  <div class="ask warn sm stack" role="alert">
    <p>{words}</p>
    <div class="row">
      {answers.map(({ words: said, look, onClick, firm }) =>
        firm ? (
          <Firm widget={widget} class={`btn ${look}`} onClick={onClick}>
            {said}
          </Firm>
        ) : (
          <button type="button" class={`btn ${look}`} onClick={onClick}>
            {said}
          </button>
        ),
      )}
    </div>
  </div>
);
