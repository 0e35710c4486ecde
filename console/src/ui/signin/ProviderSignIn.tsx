import type { Came, Provider } from '../../model/provider.ts';
import { provider as words } from '../../words/provider.ts';
import { Firm } from '../Firm.tsx';
import { Icon } from '../Icon.tsx';
import { Problem, usePlace } from './Problem.tsx';

interface CameProps {
  provider: Provider;
  /** null where there is nothing to say, or it is said elsewhere */
  came: Came | null;
  at: 'came' | 'linking';
  /** something runs that may change it [D40] */
  keeps: boolean;
}

/** What came of going to the provider: said beside the passkey, which is there in any case. */
export function ProviderCame({ provider, came, at, keeps }: CameProps) {
  const says = (came && words[at][came]?.(provider.name.value ?? words.unnamed)) ?? null;
  const isGood = came === 'passkey' || came === 'linked';
  const good = isGood ? says : null;
  const { note, heightPx } = usePlace(good, keeps);
  if (came === null && provider.name.value === null) return null;
  return (
    <>
      <Problem says={isGood ? null : says} keeps={keeps} />
      <div role="status">
        {good && (
          <div class="note" ref={note}>
            <Icon name="info" />
            <span>{good}</span>
          </div>
        )}
        {heightPx !== undefined && <div ref={note} style={{ height: `${heightPx}px` }} />}
      </div>
    </>
  );
}

/** Its button, which comes later than the card, where something else was about to be pressed; nothing where there is none. */
export function ProviderSignIn({ provider }: { provider: Provider }) {
  const name = provider.name.value;
  if (name === null) return null;
  return (
    <Firm class="button button-plain" aria-disabled={provider.busy.value} onClick={() => provider.goTo('begin')}>
      {provider.busy.value ? words.busy : words.signIn(name)}
    </Firm>
  );
}
