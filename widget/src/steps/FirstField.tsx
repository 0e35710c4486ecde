import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { agreed } from '@clbchat/shared/agreed';
import type { Role } from '@clbchat/shared/ids';
import { quiet } from '../frame/typing.ts';
import { Msg } from './Msg.tsx';
import { ts } from './words.ts';

/** Characters that do not fit; 0 or less: all do. */
export const tooLong = (text: string): number => text.length - agreed.textUnitsMax;

interface Props {
  text: Signal<string>;
  role: Role;
  rows: number;
  /** beside the label */
  beside?: ComponentChildren;
  /** under the field, and read with it */
  hint?: string;
}

/** The first question, before or while waiting. */
export function FirstField({ text, role, rows, beside, hint }: Props) {
  const over = tooLong(text.value);
  return (
    <div class="field">
      <label for="first">
        {ts('first.label')} {beside}
      </label>
      <textarea
        {...quiet}
        class="inp"
        id="first"
        rows={rows}
        placeholder={ts('first.ph', { role })}
        value={text.value}
        aria-invalid={over > 0}
        aria-describedby={hint && 'first-hint'}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      {over > 0 && <Msg role="status">{ts('first.toolong', { n: over })}</Msg>}
      {hint && (
        <p class="xs muted above" id="first-hint">
          {hint}
        </p>
      )}
    </div>
  );
}
