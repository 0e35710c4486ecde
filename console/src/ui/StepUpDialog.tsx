import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Asked, NotShown, Showing, StepUp } from '../model/stepUp.ts';
import { stepUp as words } from '../words/stepUp.ts';
import { Dialog } from './Dialog.tsx';
import { Problem } from './signin/Problem.tsx';

const sentenceOf = (problem: NotShown) =>
  typeof problem === 'string' ? words.problems[problem] : words.tooFast(Math.ceil(problem.waitMs / 1_000));

/** The window of one `StepUp`, for whichever page may need it: nothing while nothing is asked. */
export function StepUpDialog({ stepUp }: { stepUp: StepUp }) {
  const asked = stepUp.asked.value;
  // it goes with its page, and what she pressed there has nowhere to ask any more
  useEffect(() => stepUp.leave, [stepUp]);
  if (!asked) return null;
  const { ways, by, problem, busy } = asked;
  const others = (ways ?? []).filter((way) => way !== by);
  return (
    <Dialog title={words.title} onClose={() => stepUp.giveUp()}>
      {by && <p>{words.lead[by]}</p>}
      {ways?.length === 0 && words.none.map((sentence) => <p key={sentence}>{sentence}</p>)}
      <Problem says={problem && sentenceOf(problem)} keeps={busy} />
      {by === 'password' && <Typed asked={asked} onSend={(showing) => void stepUp.show(showing)} />}
      <div class="dialog-actions">
        {by && by !== 'password' && (
          <Button asked={asked} says={words.show[by]} onPress={() => void stepUp.show({ by })} />
        )}
        {!ways && <Button asked={asked} says={words.again} onPress={() => void stepUp.look()} />}
        {others.map((way) => (
          <button
            key={way}
            type="button"
            class="button button-plain button-small"
            aria-disabled={busy}
            onClick={() => {
              // before the button goes that has the focus [D38]
              document.getElementById('dialog-title')?.focus({ preventScroll: true });
              stepUp.choose(way);
            }}
          >
            {words.other[way]}
          </button>
        ))}
        <button type="button" class="button button-plain button-small" onClick={() => stepUp.giveUp()}>
          {words.cancel}
        </button>
      </div>
    </Dialog>
  );
}

function Button({ asked: { busy }, says, onPress }: { asked: Asked; says: string; onPress(): void }) {
  return (
    <button type="button" class="button button-primary button-small" aria-disabled={busy} onClick={onPress}>
      {busy ? words.busy : says}
    </button>
  );
}

/** Password and code in one step. After a wrong one the focus is on the password, and the code, which counts once, is gone. */
function Typed({ asked, onSend }: { asked: Asked; onSend(showing: Showing): void }) {
  const password = useRef<HTMLInputElement>(null);
  const code = useRef<HTMLInputElement>(null);
  const { problem, busy } = asked;
  useLayoutEffect(() => password.current?.focus(), []);
  useEffect(() => {
    if (!problem) return;
    password.current?.select();
    if (code.current) code.current.value = '';
  }, [problem]);
  const send = (event: Event) => {
    event.preventDefault();
    onSend({ by: 'password', password: password.current?.value ?? '', code: code.current?.value ?? '' });
  };
  const invalid = { 'aria-invalid': problem === 'wrong' };
  return (
    <form class="field" noValidate onSubmit={send}>
      <label for="step-up-password">{words.password}</label>
      <input
        ref={password}
        id="step-up-password"
        class="input"
        type="password"
        autocomplete="current-password"
        maxLength={128}
        {...invalid}
      />
      <label for="step-up-code">{words.code}</label>
      <input
        ref={code}
        id="step-up-code"
        class="input"
        type="text"
        inputMode="numeric"
        autocomplete="one-time-code"
        spellcheck={false}
        maxLength={12}
        aria-describedby="step-up-help"
        {...invalid}
      />
      <p id="step-up-help">{words.codeHelp}</p>
      <button type="submit" class="button button-primary" aria-disabled={busy}>
        {busy ? words.busy : words.show.password}
      </button>
    </form>
  );
}
