import { useRef } from 'preact/hooks';
import { Icon } from '../frame/Icon.tsx';
import { quiet } from '../frame/typing.ts';
import type { At } from '../inside.ts';
import { finePointer } from './finePointer.ts';
import { HeldNote } from './HeldNote.tsx';
import { sendHorizontal } from './icons.ts';
import { Notes } from './Notes.tsx';
import { tc } from './words.ts';

/** The field and its button. No form: a sandbox without forms must not stop a chat. */
export function Composer(props: At<'talking'>) {
  const { composer } = props.room;
  const field = useRef<HTMLTextAreaElement>(null);
  const empty = composer.draft.value.trim() === '';
  const toField = () => field.current?.focus();

  function onKeyDown(event: KeyboardEvent) {
    // 229: the key belongs to the writing aid that is composing, whatever the browser says of it
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing || !finePointer()) return;
    event.preventDefault();
    composer.send();
  }

  return (
    <div class="cmp">
      <Notes {...props} />
      <HeldNote widget={props.widget} composer={composer} onDone={toField} />
      <div class="row">
        <label class="vh" for="msg">
          {tc('chat.label')}
        </label>
        <textarea
          {...quiet}
          class="inp"
          id="msg"
          rows={1}
          ref={field}
          placeholder={tc('chat.ph')}
          enterkeyhint={finePointer() ? 'send' : 'enter'}
          value={composer.draft.value}
          aria-invalid={composer.held.value.is === 'too_long'}
          onInput={(event) => composer.write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          class="btn p send"
          aria-label={tc('chat.send')}
          aria-disabled={empty}
          onClick={() => {
            if (empty) return;
            if (composer.send()) toField();
          }}
        >
          <Icon d={sendHorizontal} size="l" />
        </button>
      </div>
    </div>
  );
}
