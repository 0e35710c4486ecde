import type { ComponentChildren } from 'preact';
import { hours as words } from '../../words/hours.ts';

interface Props {
  problem: string | null;
  /** on the button that sends the form */
  yes: string;
  onClose(): void;
  /** what else may be done here, before the two */
  children?: ComponentChildren;
}

/** The end of a window with fields: what is wrong with them, and the two ways out. */
export function FormFoot({ problem, yes, onClose, children }: Props) {
  return (
    <>
      <p role="alert" class="form-problem">
        {problem}
      </p>
      <div class="dialog-actions">
        {children}
        <button type="button" class="button button-plain button-small" onClick={onClose}>
          {words.block.cancel}
        </button>
        <button type="submit" class="button button-primary button-small">
          {yes}
        </button>
      </div>
    </>
  );
}
