import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { hours as words } from '../../words/hours.ts';

interface Props {
  /** where it stands at no field above */
  problem?: string | null | undefined;
  /** on the button that sends the form */
  yes: string;
  onClose(): void;
  /** what else may be done here, before the two */
  children?: ComponentChildren;
}

/** What is wrong in a window with fields. A field that it is about is marked and tied to it [U92]. */
export const FormProblem = ({ says }: { says: string | null }) => (
  <p id="form-problem" role="alert" class="form-problem">
    {says}
  </p>
);

/** Of a field that is wrong, or not. */
export const wrongField = (is: boolean) =>
  is && ({ 'aria-invalid': true, 'aria-describedby': 'form-problem' } as const);

/** A window whose fields were judged anew gives the focus to the first that is wrong. @param judged another object each time */
export function useToWrong(judged: object | null) {
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    if (judged) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [judged]);
  return form;
}

/** The end of a window with fields: what is wrong with them, and the two ways out. */
export function FormFoot({ problem, yes, onClose, children }: Props) {
  return (
    <>
      {problem !== undefined && <FormProblem says={problem} />}
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
