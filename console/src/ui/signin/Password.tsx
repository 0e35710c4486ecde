import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { GettingIn } from '../../model/gettingIn.ts';
import type { Seed } from '../../model/gettingInPorts.ts';
import { gettingIn as words } from '../../words/gettingIn.ts';
import { CenterCard } from '../CenterCard.tsx';
import { Field } from './Field.tsx';
import { Problem } from './Problem.tsx';
import { SeedCode } from './SeedCode.tsx';

interface Props {
  /** `new-password` where she makes one */
  kind: 'current-password' | 'new-password';
  loginHelp?: string;
  help: string;
  button: string;
  problem: string | null;
  /** which field it is about: it is said there, and that one takes the focus */
  at?: 'login' | 'password';
  busy: boolean;
  onSend(login: string, password: string): void;
}

/** Name and password. What is wrong puts the focus on the field to fill; all stays but a password that did not let her in. */
export function PasswordForm({ kind, loginHelp, help, button, problem, at = 'login', busy, onSend }: Props) {
  const shows = useSignal(false);
  const how = shows.value ? ({ type: 'text' } as const) : ({ type: 'password' } as const);
  const login = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const signsIn = kind === 'current-password';
    const isWrong = problem === words.problems.refused;
    if (signsIn && isWrong && password.current) password.current.value = '';
    // of what nobody judged all stays: she tries again where she was, or fills in what is still empty
    const isNamed = signsIn && !isWrong && login.current?.value.trim() !== '';
    (problem && (at === 'password' || isNamed) ? password : login).current?.focus();
  }, [problem, kind, at]);
  const send = (event: Event) => {
    event.preventDefault();
    onSend(login.current?.value ?? '', password.current?.value ?? '');
  };
  // what a new one has to be is read before the button; of one that is there, what comes after it
  const helps = <p id="password-help">{help}</p>;
  return (
    <form class="field" onSubmit={send} noValidate>
      <label for="login-field">{words.password.login}</label>
      <input
        ref={login}
        id="login-field"
        class="input"
        type="text"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        maxLength={60}
        aria-invalid={problem !== null && at === 'login'}
        aria-describedby={loginHelp ? 'login-problem login-help' : 'login-problem'}
      />
      {at === 'login' && <Problem id="login-problem" says={problem} keeps={busy} />}
      {loginHelp && <p id="login-help">{loginHelp}</p>}
      <label for="password-field">{words.password.password}</label>
      <div class="password">
        <input
          ref={password}
          id="password-field"
          class="input"
          {...how}
          autocomplete={kind}
          spellcheck={false}
          maxLength={128}
          aria-invalid={problem !== null && at === 'password'}
          aria-describedby="password-problem password-help"
        />
        <button
          type="button"
          class="button button-plain button-small"
          aria-pressed={shows.value}
          onClick={() => (shows.value = !shows.value)}
        >
          {words.password.show}
        </button>
      </div>
      {at === 'password' && <Problem id="password-problem" says={problem} keeps={busy} />}
      {kind === 'new-password' && helps}
      <button type="submit" class="button button-primary" aria-disabled={busy}>
        {busy ? words.busy : button}
      </button>
      {kind === 'current-password' && helps}
    </form>
  );
}

/** The six digits of her app, after her password. */
export function Totp({ model }: { model: GettingIn }) {
  const { code } = words.password;
  const problem = model.problem.value;
  return (
    <CenterCard sub={words.sub} title={code.title}>
      <p>{code.lead}</p>
      <Field
        label={code.label}
        help={code.help}
        autocomplete="one-time-code"
        charsMax={12}
        problem={problem}
        busy={model.busy.value}
        button={code.send}
        digits
        cameByPress
        onSend={(text) => void model.withTotp(text)}
      />
      <button type="button" class="button button-plain" onClick={() => model.to('sign_in')}>
        {code.back}
      </button>
    </CenterCard>
  );
}

/** What is wrong with the name, and not with the password. */
const OF_LOGIN: readonly (string | null)[] = [words.problems.login, words.problems.taken];

export function NewPassword({ model }: { model: GettingIn }) {
  const { made } = words.password;
  const at = OF_LOGIN.includes(model.problem.value) ? 'login' : 'password';
  return (
    <CenterCard sub={words.sub} title={made.title}>
      <p>{made.lead}</p>
      <PasswordForm
        kind="new-password"
        loginHelp={made.loginHelp}
        help={made.help}
        button={made.send}
        problem={model.problem.value}
        at={at}
        busy={model.busy.value}
        onSend={(login, password) => void model.beginPassword(login, password)}
      />
      <button type="button" class="button button-plain" onClick={() => void model.toHome()}>
        {made.cancel}
      </button>
    </CenterCard>
  );
}

const GROUP = /.{1,4}/g; // ours: 32 characters

/** What goes into her app, once, and the first code that it makes. */
export function SeedShown({ model, seed }: { model: GettingIn; seed: Seed }) {
  const { seed: said, made } = words.password;
  return (
    <CenterCard sub={words.sub} title={said.title}>
      <p>{said.lead}</p>
      <SeedCode uri={seed.uri} />
      <p>{said.typed}</p>
      <p class="seed">{(seed.secret.match(GROUP) ?? []).join(' ')}</p>
      <p>
        <a href={seed.uri}>{said.open}</a>
      </p>
      <Field
        label={said.label}
        help={said.help}
        autocomplete="one-time-code"
        charsMax={12}
        problem={model.problem.value}
        busy={model.busy.value}
        button={said.send}
        digits
        onSend={(text) => void model.confirmPassword(text)}
      />
      <button type="button" class="button button-plain" onClick={() => void model.toHome()}>
        {made.cancel}
      </button>
    </CenterCard>
  );
}
