import { useContext } from 'preact/hooks';
import { DEMO_STAFF, type Who } from '../model/session.ts';
import { initials } from '../model/naming.ts';
import { nl } from '../words/nl.ts';
import { Demonstration } from './Brand.tsx';
import { CenterCard } from './CenterCard.tsx';
import { Icon } from './Icon.tsx';

interface Props {
  problem: string | null;
  busy: Who | null;
  onChoose(who: Who): void;
  /** null where nobody has a passkey */
  onPasskey: (() => Promise<void>) | null;
}

/** Who may come in. One-click people exist in the demonstration alone [I16]. */
export function SignIn({ problem, busy, onChoose, onPasskey }: Props) {
  const isDemo = useContext(Demonstration);
  return (
    <CenterCard sub={nl.signIn.sub} title={nl.signIn.title}>
      {problem && (
        <div class="note note-danger" role="alert">
          <Icon name="circle-alert" />
          <span>{problem}</span>
        </div>
      )}
      {isDemo && <p>{nl.signIn.lead}</p>}
      {(isDemo ? DEMO_STAFF : []).map(({ who, name }) => (
        <button
          key={who}
          type="button"
          class="button button-plain button-big"
          aria-disabled={busy !== null}
          onClick={() => onChoose(who)}
        >
          <span class="avatar avatar-small" aria-hidden="true">
            {initials(name)}
          </span>
          {busy === who ? (
            nl.signIn.busy
          ) : (
            <span>
              <span class="hidden-text">{nl.signIn.as} </span>
              {name}
            </span>
          )}
        </button>
      ))}
      {onPasskey && (
        <button type="button" class="button button-plain" onClick={() => void onPasskey()}>
          {nl.signIn.passkey}
        </button>
      )}
      {isDemo && (
        <>
          <p class="small muted">{nl.signIn.note}</p>
          <p class="small">
            <a href="#opzetten">{nl.signIn.setup}</a>
          </p>
        </>
      )}
    </CenterCard>
  );
}
