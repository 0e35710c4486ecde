import { useContext } from 'preact/hooks';
import { NAME_CHARS_MAX } from '@clbchat/shared/names';
import type { GettingIn } from '../../model/gettingIn.ts';
import { gettingIn as words } from '../../words/gettingIn.ts';
import { Demonstration } from '../Brand.tsx';
import { CenterCard } from '../CenterCard.tsx';
import { useAskBeforeLosing } from '../loses.ts';
import { Field } from './Field.tsx';
import { Problem } from './Problem.tsx';

/** At a one-time address: her name and her first passkey. */
export function Name({ model }: { model: GettingIn }) {
  const { name } = words;
  const busy = model.busy.value;
  return (
    <CenterCard sub={words.sub} title={name.title}>
      <p>{name.lead}</p>
      <Field
        label={name.label}
        help={name.help}
        autocomplete="name"
        charsMax={NAME_CHARS_MAX}
        problem={model.problem.value}
        busy={busy}
        button={busy ? words.busy : name.make}
        onSend={(text) => void model.first(text)}
      />
      <p class="small muted">{name.what}</p>
    </CenterCard>
  );
}

/** What lets her in when she lost the first. */
export function Second({ model }: { model: GettingIn }) {
  const { second } = words;
  // the passkey that she made is kept nowhere yet, and the address is in the address bar no more [G11]
  useAskBeforeLosing();
  const busy = model.busy.value;
  return (
    <CenterCard sub={words.sub} title={second.title}>
      <Problem says={model.problem.value} keeps={busy} />
      <p>{second.lead}</p>
      <button
        type="button"
        class="button button-primary"
        aria-disabled={busy}
        onClick={() => void model.second('codes')}
      >
        {second.codes}
      </button>
      <button
        type="button"
        class="button button-plain"
        aria-disabled={busy}
        onClick={() => void model.second('passkey')}
      >
        {second.passkey}
      </button>
    </CenterCard>
  );
}

/** At a one-time address, or at the sign-in, of a browser in which nobody would stay signed in. */
export function NoCookies({ atAddress }: { atAddress: boolean }) {
  const { name, noCookies, signIn } = words;
  const isDemo = useContext(Demonstration);
  return (
    <CenterCard sub={words.sub} title={atAddress ? name.title : signIn.title}>
      <Problem says={atAddress ? noCookies.atAddress : noCookies.atSignIn} />
      {isDemo && !atAddress && <a href=".">{signIn.toNames}</a>}
    </CenterCard>
  );
}

/** An address that opens nothing. */
export function Gone({ onSignIn }: { onSignIn(): void }) {
  const { gone } = words;
  return (
    <CenterCard sub={words.sub} title={gone.title}>
      <p>{gone.lead}</p>
      <p>{gone.next}</p>
      <button type="button" class="button button-primary" onClick={onSignIn}>
        {gone.signIn}
      </button>
    </CenterCard>
  );
}
