import { useEffect, useRef } from 'preact/hooks';
import { Problem } from './Problem.tsx';

interface Props {
  label: string;
  help: string;
  autocomplete: string;
  charsMax: number;
  /** what is wrong: it is said at the field, which takes the focus, and keeps what was typed */
  problem: string | null;
  /** something runs that may change that */
  busy: boolean;
  button: string;
  /** digits only: a phone shows them */
  digits?: boolean;
  /** it came where the button was that had the focus */
  cameByPress?: boolean;
  onSend(text: string): void;
}

/** One field with its label, and the button that sends it. */
export function Field({
  label,
  help,
  autocomplete,
  charsMax,
  problem,
  busy,
  button,
  digits = false,
  cameByPress = false,
  onSend,
}: Props) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (problem || cameByPress) input.current?.focus();
  }, [problem, cameByPress]);
  const send = (event: Event) => {
    event.preventDefault();
    onSend(input.current?.value ?? '');
  };
  return (
    <form class="field" onSubmit={send} noValidate>
      <label for="signin-field">{label}</label>
      <input
        ref={input}
        id="signin-field"
        class="input"
        type="text"
        autocomplete={autocomplete}
        spellcheck={false}
        {...(digits && { inputMode: 'numeric' as const })}
        maxLength={charsMax}
        aria-describedby="signin-problem signin-help"
        aria-invalid={problem !== null}
      />
      <Problem id="signin-problem" says={problem} keeps={busy} />
      <p id="signin-help">{help}</p>
      <button type="submit" class="button button-primary">
        {button}
      </button>
    </form>
  );
}
