import type { DeskTalk } from '@clbchat/shared/client/views';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { nickOf } from '../../model/naming.ts';
import { createSending, type Sending } from '../../model/sending.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { answers as words } from '../../words/answers.ts';
import { hasKeyboard } from '../hasKeyboard.ts';
import { Icon } from '../Icon.tsx';
import { AnswerList, idOf, LIST } from './AnswerList.tsx';
import { useAnswers } from './useAnswers.ts';

export function Composer({ talk }: { talk: DeskTalk }) {
  const { workspace, clock } = useConsole();
  const sending = useMemo(() => createSending(workspace, talk, clock), [workspace, talk, clock]);
  const box = useRef<HTMLTextAreaElement>(null);
  const canned = useAnswers(talk, box, sending);
  const found = canned.answering.shown.value;
  const picked = found?.answers[found.at];
  const nick = nickOf(talk);
  const blocked = sending.blocked.value;
  const hint = sending.hint.value;
  useLayoutEffect(() => {
    if (hasKeyboard()) box.current?.focus();
  }, []);
  /** What is not filled in yet is what she types over next. */
  const selectUnfilled = () => {
    const place = sending.unfilled.peek();
    if (place) canned.select(place);
  };
  const submit = () => {
    sending.submit();
    selectUnfilled();
  };
  const answer = (yes: boolean) => {
    sending.answer(yes);
    box.current?.focus();
    selectUnfilled();
  };
  const press = (event: KeyboardEvent) => {
    if (canned.press(event)) return;
    // an input method uses Enter for itself (229 is how older browsers say so)
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  };
  return (
    <div class="composer">
      {found && <AnswerList found={found} onPick={canned.pick} />}
      <ComposerLine nick={nick} hint={hint} blocked={blocked} isOpen={found !== null} onAnswers={canned.toggle} />
      {sending.asks.value && <Guard nick={nick} onAnswer={answer} />}
      <form
        class="composer-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <textarea
          ref={box}
          class="input"
          rows={1}
          aria-label={nl.composer.label(nick)}
          aria-describedby="composer-hint"
          aria-haspopup="listbox"
          aria-autocomplete="list"
          aria-controls={found ? LIST : undefined}
          aria-activedescendant={picked && idOf(picked)}
          placeholder={hasKeyboard() ? words.placeholder : nl.composer.placeholder}
          value={workspace.drafts.of(talk.visitId)}
          autocomplete="off"
          spellcheck={false}
          translate={false}
          data-gramm="false"
          onInput={({ currentTarget }) => {
            sending.write(currentTarget.value);
            canned.follow(currentTarget);
          }}
          onBlur={canned.answering.close}
          onKeyDown={press}
        />
        <button type="submit" class="send" aria-label={nl.composer.send} aria-disabled={blocked !== null}>
          <Icon name="send-horizontal" size={24} />
        </button>
      </form>
    </div>
  );
}

interface LineProps {
  nick: string;
  hint: Sending['hint']['value'];
  blocked: string | null;
  /** the canned answers are */
  isOpen: boolean;
  onAnswers(): void;
}

/** To whom, what is to be said of the text, and the way to the canned answers. */
function ComposerLine({ nick, hint, blocked, isOpen, onAnswers }: LineProps) {
  return (
    <div class="composer-line">
      <bdi class="composer-to">{nl.composer.to(nick)}</bdi>
      <span id="composer-hint" class={hint?.bad ? 'bad' : ''}>
        {hint?.text ?? blocked ?? ''}
      </span>
      <button
        type="button"
        class="answers-open"
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        onMouseDown={(event) => event.preventDefault()}
        onClick={onAnswers}
      >
        / {words.open}
      </button>
      <span class="only-wide enter-hint">
        <kbd>Enter</kbd> {nl.composer.enter}
      </span>
    </div>
  );
}

function Guard({ nick, onAnswer }: { nick: string; onAnswer: (yes: boolean) => void }) {
  return (
    <div class="ask" role="alertdialog" aria-label={nl.composer.guard(nick)}>
      <b>{nl.composer.guard(nick)}</b>
      <button type="button" class="button button-primary button-small" onClick={() => onAnswer(true)}>
        {nl.composer.guardYes}
      </button>
      <button type="button" class="button button-plain button-small" onClick={() => onAnswer(false)}>
        {nl.composer.guardNo}
      </button>
    </div>
  );
}
