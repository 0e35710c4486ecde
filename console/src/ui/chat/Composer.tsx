import type { DeskTalk } from '@clbchat/shared/client/views';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { nickOf } from '../../model/naming.ts';
import { createSending } from '../../model/sending.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { hasKeyboard } from '../hasKeyboard.ts';
import { Icon } from '../Icon.tsx';

export function Composer({ talk }: { talk: DeskTalk }) {
  const { workspace, clock } = useConsole();
  const sending = useMemo(() => createSending(workspace, talk, clock), [workspace, talk, clock]);
  const box = useRef<HTMLTextAreaElement>(null);
  const nick = nickOf(talk);
  const blocked = sending.blocked.value;
  const hint = sending.hint.value;
  useLayoutEffect(() => {
    if (hasKeyboard()) box.current?.focus();
  }, []);
  const answer = (yes: boolean) => {
    sending.answer(yes);
    box.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    // an input method uses Enter for itself (229 is how older browsers say so)
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    sending.submit();
  };
  return (
    <div class="composer">
      <div class="composer-line">
        <bdi class="composer-to">{nl.composer.to(nick)}</bdi>
        <span id="composer-hint" class={hint?.bad ? 'bad' : ''}>
          {hint?.text ?? blocked ?? ''}
        </span>
        <span class="only-wide enter-hint">
          <kbd>Enter</kbd> {nl.composer.enter}
        </span>
      </div>
      {sending.asks.value && (
        <div class="ask" role="alertdialog" aria-label={nl.composer.guard(nick)}>
          <b>{nl.composer.guard(nick)}</b>
          <button type="button" class="button button-primary button-small" onClick={() => answer(true)}>
            {nl.composer.guardYes}
          </button>
          <button type="button" class="button button-plain button-small" onClick={() => answer(false)}>
            {nl.composer.guardNo}
          </button>
        </div>
      )}
      <form
        class="composer-form"
        onSubmit={(event) => {
          event.preventDefault();
          sending.submit();
        }}
      >
        <textarea
          ref={box}
          class="input"
          rows={1}
          aria-label={nl.composer.label(nick)}
          aria-describedby="composer-hint"
          placeholder={nl.composer.placeholder}
          value={workspace.drafts.of(talk.visitId)}
          autocomplete="off"
          spellcheck={false}
          translate={false}
          data-gramm="false"
          onInput={(event) => sending.write(event.currentTarget.value)}
          onKeyDown={press}
        />
        <button type="submit" class="send" aria-label={nl.composer.send} aria-disabled={blocked !== null}>
          <Icon name="send-horizontal" size={24} />
        </button>
      </form>
    </div>
  );
}
