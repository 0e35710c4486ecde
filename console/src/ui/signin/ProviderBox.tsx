import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Linked, Provider } from '../../model/provider.ts';
import { asDay } from '../../model/times.ts';
import { provider as words } from '../../words/provider.ts';
import { Asked } from './Asked.tsx';
import { Problem } from './Problem.tsx';
import { ProviderCame } from './ProviderSignIn.tsx';

interface Props {
  provider: Provider;
  coordinator: boolean;
}

/** Of what a provider calls an account for itself: enough to tell two apart. */
const SUBJECT_CHARS_SHOWN = 24;
const hostOf = (issuer: string) => (URL.canParse(issuer) ? new URL(issuer).host : issuer);

/** Her account elsewhere, and for a coordinator those of all; nothing where there is no provider. */
export function ProviderBox({ provider, coordinator }: Props) {
  /** what she takes away or confirms, where what went wrong is said [U91] */
  const taking = useSignal<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [name, link, busy] = [provider.name.value, provider.link.value, provider.busy.value];
  // whose link it is was not known before she was in
  useEffect(() => void provider.look(), [provider]);
  useEffect(() => {
    if (coordinator && name !== null) void provider.lookAtLinks();
  }, [coordinator, name, provider]);
  if (name === null) return null;
  const links = coordinator ? provider.links.value : null;
  const came = provider.came.value;
  // the row that she pressed in is another by then, and its question with it
  const isOvertaken = came === 'stale' || came === 'gone';
  /** @param lost what it means that nobody answered: that is said of us, the provider was asked nothing */
  const troubleAt = (what: string, lost: string) => {
    if (!came || isOvertaken || taking.value !== what) return null;
    return came === 'unavailable' ? lost : (words.linking[came]?.(name) ?? null);
  };
  /** One at a time: what goes wrong with the one that runs stays at its place [U91]. */
  const does = (what: string | null, act: () => Promise<void>) => {
    if (provider.busy.peek()) return;
    taking.value = what;
    void act();
  };
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        {words.title(name)}
      </h2>
      <Problem says={isOvertaken ? words.linking[came]() : troubleAt('confirm', words.confirmLost)} keeps={busy} />
      <ProviderCame provider={provider} came={taking.value === null ? came : null} at="linking" keeps={busy} />
      <p>{words[link ?? 'none'](name)}</p>
      {link === null && (
        <button
          type="button"
          class="button button-plain"
          aria-disabled={busy}
          onClick={() => does(null, () => provider.goTo('link'))}
        >
          {words.link(name)}
        </button>
      )}
      {link !== null && (
        <Asked
          says={words.unlink}
          question={words.unlinkAsk(name)}
          yes={words.unlinkYes}
          busy={busy}
          trouble={troubleAt('own', words.unlinkLost)}
          onYes={() => does('own', provider.unlink)}
        />
      )}
      <p class="small muted">{words.onlyHere(name)}</p>
      {links && links.length > 0 && (
        <>
          <h3>{words.others}</h3>
          <ul class="own-keys">
            {links.map((one) => (
              <Row
                key={`${one.id} ${one.rev}`}
                one={one}
                busy={busy}
                trouble={troubleAt(one.id, words.removeLost)}
                onConfirm={() => {
                  // before the button goes that has the focus [D38]; nothing moves under a second tap [D40]
                  if (!busy) heading.current?.focus({ preventScroll: true });
                  does('confirm', () => provider.judge(one, true));
                }}
                onRemove={() => does(one.id, () => provider.judge(one, false))}
              />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

interface RowProps {
  one: Linked;
  busy: boolean;
  trouble: string | null;
  onConfirm(): void;
  onRemove(): void;
}
function Row({ one, busy, trouble, onConfirm, onRemove }: RowProps) {
  const name = one.name ?? words.former;
  return (
    <li>
      <Asked
        says={words.remove}
        long={words.removeOf(name)}
        question={words.removeAsk(name)}
        yes={words.removeYes}
        busy={busy}
        trouble={trouble}
        onYes={onRemove}
      >
        <span>
          {`${name} · ${words.since(asDay(one.made), one.confirmed)}`}
          <br />
          <small class="muted">
            {words.which(one.called ?? one.subject.slice(0, SUBJECT_CHARS_SHOWN), hostOf(one.issuer))}
          </small>
        </span>
        {!one.confirmed && (
          <button
            type="button"
            class="button button-plain button-small"
            aria-label={words.confirmOf(name)}
            aria-disabled={busy}
            onClick={onConfirm}
          >
            {words.confirm}
          </button>
        )}
      </Asked>
    </li>
  );
}
