import { useEffect } from 'preact/hooks';
import type { Linked, Provider } from '../../model/provider.ts';
import { asDay } from '../../model/times.ts';
import { provider as words } from '../../words/provider.ts';
import { ProviderCame } from './ProviderSignIn.tsx';

interface Props {
  provider: Provider;
  byPasskey: boolean;
  coordinator: boolean;
}

/** Of what a provider calls an account for itself: enough to tell two apart. */
const SUBJECT_CHARS_SHOWN = 24;
const hostOf = (issuer: string) => (URL.canParse(issuer) ? new URL(issuer).host : issuer);

/** Before the button goes that has the focus [D38]. */
const toHeading = () => document.querySelector<HTMLElement>('main h1')?.focus();

/** Her account elsewhere, and for a coordinator those of all; nothing where there is no provider. */
export function ProviderBox({ provider, byPasskey, coordinator }: Props) {
  const [name, link, busy] = [provider.name.value, provider.link.value, provider.busy.value];
  // whose link it is was not known before she was in
  useEffect(() => void provider.look(), [provider]);
  useEffect(() => {
    if (coordinator && name !== null) void provider.lookAtLinks();
  }, [coordinator, name, provider]);
  if (name === null) return null;
  const links = coordinator ? provider.links.value : null;
  return (
    <>
      <h2>{words.title(name)}</h2>
      <ProviderCame provider={provider} at="linking" />
      <p>{words[link ?? 'none'](name)}</p>
      {link === null && !byPasskey && <p class="small muted">{words.byPasskeyFirst}</p>}
      {link === null && byPasskey && (
        <button
          type="button"
          class="button button-plain"
          aria-disabled={busy}
          onClick={() => void provider.goTo('link')}
        >
          {words.link(name)}
        </button>
      )}
      {link !== null && (
        <button
          type="button"
          class="button button-plain"
          aria-disabled={busy}
          onClick={() => {
            toHeading();
            void provider.unlink();
          }}
        >
          {words.unlink}
        </button>
      )}
      <p class="small muted">{words.onlyHere(name)}</p>
      {links && links.length > 0 && (
        <>
          <h3>{words.others}</h3>
          <ul class="own-keys">
            {links.map((one) => (
              <Row key={one.id} provider={provider} one={one} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Row({ provider, one }: { provider: Provider; one: Linked }) {
  const name = one.name ?? words.former;
  const button = (confirmed: boolean) => (
    <button
      type="button"
      class="button button-plain button-small"
      aria-label={confirmed ? words.confirmOf(name) : words.removeOf(name)}
      aria-disabled={provider.busy.value}
      onClick={() => {
        toHeading();
        void provider.judge(one.id, confirmed);
      }}
    >
      {confirmed ? words.confirm : words.remove}
    </button>
  );
  return (
    <li>
      <span>
        {`${name} · ${words.since(asDay(one.made), one.confirmed)}`}
        <br />
        <small class="muted">
          {words.which(one.called ?? one.subject.slice(0, SUBJECT_CHARS_SHOWN), hostOf(one.issuer))}
        </small>
      </span>
      <span>
        {!one.confirmed && button(true)} {button(false)}
      </span>
    </li>
  );
}
