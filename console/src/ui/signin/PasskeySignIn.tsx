import { useSignal } from '@preact/signals';
import { useContext } from 'preact/hooks';
import type { GettingIn } from '../../model/gettingIn.ts';
import type { Provider } from '../../model/provider.ts';
import { gettingIn as words } from '../../words/gettingIn.ts';
import { Demonstration } from '../Brand.tsx';
import { CenterCard } from '../CenterCard.tsx';
import { Field } from './Field.tsx';
import { PasswordForm } from './Password.tsx';
import { Problem } from './Problem.tsx';
import { ProviderCame, ProviderSignIn } from './ProviderSignIn.tsx';

type Way = 'passkey' | 'code' | 'password';

/** By passkey, without a name; by a code or a password when it is not at hand. One way stands out at a time. */
export function PasskeySignIn({ model, provider }: { model: GettingIn; provider: Provider }) {
  const { signIn } = words;
  const by = useSignal<Way>('passkey');
  /** the way that she tried last: what went wrong with one is said of no other, and marks no field of another */
  const tried = useSignal<Way | null>(null);
  const isDemo = useContext(Demonstration);
  const [busy, problem] = [model.busy.value, model.problem.value];
  const isOfField = by.value !== 'passkey' && tried.value === by.value;
  const ofField = isOfField ? problem : null;
  const keeps = busy || provider.busy.value;
  const choose = (way: Way) => {
    model.to('sign_in'); // which takes away what was said
    provider.passOver();
    by.value = way;
  };
  const tries = (way: Way, send: () => Promise<void>) => {
    tried.value = way;
    provider.passOver();
    void send();
  };
  return (
    <CenterCard sub={words.sub} title={signIn.title}>
      {(!isOfField || keeps) && <Problem says={isOfField ? null : problem} keeps={keeps} />}
      <ProviderCame provider={provider} came={provider.came.value} at="came" keeps={keeps} />
      <button
        type="button"
        class={`button ${by.value === 'passkey' ? 'button-primary' : 'button-secondary'}`}
        aria-disabled={busy}
        onClick={() => tries('passkey', () => model.withPasskey())}
      >
        {busy ? words.busy : signIn.passkey}
      </button>
      <ProviderSignIn provider={provider} />
      {by.value === 'code' && (
        <Field
          label={signIn.label}
          help={signIn.help}
          autocomplete="one-time-code"
          charsMax={64}
          problem={ofField}
          busy={busy}
          button={signIn.code}
          cameByPress
          onSend={(text) => tries('code', () => model.withCode(text))}
        />
      )}
      {by.value === 'password' && (
        <PasswordForm
          kind="current-password"
          help={words.password.after}
          button={words.password.send}
          problem={ofField}
          busy={busy}
          onSend={(login, password) => tries('password', () => model.withPassword(login, password))}
        />
      )}
      {by.value === 'password' && <p class="small">{words.password.forgot}</p>}
      {by.value !== 'code' && (
        <button type="button" class="button button-plain" onClick={() => choose('code')}>
          {signIn.other}
        </button>
      )}
      {model.passwords.value && by.value !== 'password' && (
        <button type="button" class="button button-plain" onClick={() => choose('password')}>
          {words.password.other}
        </button>
      )}
      {isDemo && <a href=".">{signIn.toNames}</a>}
    </CenterCard>
  );
}

/** Who came by a code gets no further without a new passkey. */
export function NewPasskey({ model, full }: { model: GettingIn; full: boolean }) {
  const { newPasskey } = words;
  return (
    <CenterCard sub={words.sub} title={newPasskey.title}>
      <Problem says={model.problem.value} keeps={model.busy.value} />
      <p>{newPasskey.lead}</p>
      {full && <p>{newPasskey.full}</p>}
      <button
        type="button"
        class="button button-primary"
        aria-disabled={model.busy.value}
        onClick={() => void model.add()}
      >
        {newPasskey.make}
      </button>
      <button type="button" class="button button-plain" onClick={() => void model.signOut()}>
        {words.home.signOut}
      </button>
    </CenterCard>
  );
}
