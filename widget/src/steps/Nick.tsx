import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Icon } from '../frame/Icon.tsx';
import { quiet } from '../frame/typing.ts';
import { shuffle } from './icons.ts';
import type { Intro } from './intro.ts';
import { Msg } from './Msg.tsx';
import { nickProblem, suggestNick } from './nick.ts';
import { ts } from './words.ts';

/** A name to be called by; may stay empty. Looked at when the visitor leaves the field, and on starting. */
export function Nick({ intro }: { intro: Intro }) {
  const role = intro.role.value;
  const field = useRef<HTMLInputElement>(null);
  const looked = useSignal(false);
  const problem = looked.value ? nickProblem(intro.nick.value) : null;
  const bad = problem !== null && problem !== 'capitals';

  return (
    <div class="field">
      <label for="nick">
        {ts('name.label')} <span class="muted">{ts('name.optional')}</span>
      </label>
      <p class="hint sm muted" id="nick-hint">
        {ts('name.hint', { role })}
      </p>
      <input
        {...quiet}
        class="inp"
        id="nick"
        ref={field}
        value={intro.nick.value}
        aria-invalid={bad}
        aria-describedby={problem ? 'nick-hint nick-problem' : 'nick-hint'}
        onInput={(event) => {
          looked.value = false;
          intro.nick.value = event.currentTarget.value;
        }}
        onBlur={() => (looked.value = true)}
      />
      {problem && (
        <Msg id="nick-problem" soft={!bad}>
          {ts(`name.err.${problem}`)}
        </Msg>
      )}
      <button type="button" class="btn t small" onClick={() => (intro.nick.value = suggestNick(intro.nick.value))}>
        <Icon d={shuffle} size="s" />
        {ts('name.shuffle')}
      </button>
    </div>
  );
}
