import type { Provider } from '../../model/provider.ts';
import { provider as words } from '../../words/provider.ts';
import { Icon } from '../Icon.tsx';
import { Problem } from './Problem.tsx';

/** What came of going to the provider: said beside the passkey, which is there in any case. */
export function ProviderCame({ provider, at }: { provider: Provider; at: 'came' | 'linking' }) {
  const came = provider.came.value;
  const says = (came && words[at][came]?.(provider.name.value ?? words.unnamed)) ?? null;
  if (came === null && provider.name.value === null) return null;
  const isGood = came === 'passkey' || came === 'linked';
  return (
    <>
      <Problem says={isGood ? null : says} />
      <div role="status">
        {isGood && says && (
          <div class="note">
            <Icon name="info" />
            <span>{says}</span>
          </div>
        )}
      </div>
    </>
  );
}

/** Its button; nothing where there is none. */
export function ProviderSignIn({ provider }: { provider: Provider }) {
  const name = provider.name.value;
  if (name === null) return null;
  return (
    <button
      type="button"
      class="button button-plain"
      aria-disabled={provider.busy.value}
      onClick={() => void provider.goTo('begin')}
    >
      {provider.busy.value ? words.busy : words.signIn(name)}
    </button>
  );
}
