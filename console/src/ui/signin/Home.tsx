import { useSignal } from '@preact/signals';
import type { GettingIn, Stand } from '../../model/gettingIn.ts';
import type { OwnKeys } from '../../model/gettingInPorts.ts';
import type { Provider } from '../../model/provider.ts';
import { asDay } from '../../model/times.ts';
import { gettingIn as words } from '../../words/gettingIn.ts';
import { nl } from '../../words/nl.ts';
import { sessions as places } from '../../words/signedIn.ts';
import { CenterCard } from '../CenterCard.tsx';
import { Firm } from '../Firm.tsx';
import { losesSomething } from '../loses.ts';
import type { Pages } from '../PagesScreen.tsx';
import { StaySignedIn } from '../StaySignedIn.tsx';
import { Unsaved } from '../Unsaved.tsx';
import { Asked } from './Asked.tsx';
import { Enrolling, OwnComputers, type EnrollingProps } from './Enrolling.tsx';
import { Problem } from './Problem.tsx';
import { ProviderBox } from './ProviderBox.tsx';

/** Before the button goes that has the focus [D38]; nothing moves under a second tap [D40]. */
const toHeading = () => document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });

/** What tells one of her passkeys from the others [G46]. */
function whichOf(key: OwnKeys['passkeys'][number], { passkeys }: OwnKeys): string {
  const alike = passkeys.filter(({ made, kind }) => made === key.made && kind === key.kind);
  return words.home.which(asDay(key.made), key.kind, alike.length > 1 ? alike.indexOf(key) + 1 : null);
}

interface Props {
  model: GettingIn;
  at: Extract<Stand, { is: 'home' }>;
  session: Pages['session'];
  nowMs: Pages['nowMs'];
  enrolling: EnrollingProps;
  provider: Provider;
}

/** Who is in on a computer that may not chat yet, or looks at what is her own: that, and what is her own. */
export function Home({ model, at, session, nowMs, enrolling, provider }: Props) {
  const { home } = words;
  const { me, keys, sessions, password } = at;
  const [chats, coordinates] = [me.roles.includes('counsellor'), me.roles.includes('coordinator')];
  const is = enrolling.enrolment.found.value?.is ?? null;
  const stands = is === 'unsure' ? null : is; // of what nobody said it claims nothing
  const isSigned = stands === 'signed';
  const pressed = useSignal('top');
  const trouble = (spot: string) => (pressed.value === spot ? model.problem.value : null);
  const said = (spot: string) => <Problem says={trouble(spot)} keeps={model.busy.value} />;
  /**
   * What went wrong is said where she pressed [U91]; at the top where that button may go, after the focus went there. While another
   * press runs it does nothing, and what goes wrong with that one stays at its place; signing out waits for nothing.
   */
  const press = (spot: string, act: () => Promise<void>) => {
    if (model.busy.peek() && spot !== 'out') return;
    pressed.value = spot;
    if (spot === 'top') toHeading();
    void act();
  };
  return (
    <CenterCard sub={words.sub} title={stands && (chats || isSigned) ? home.titles[stands] : home.titleNoChat}>
      {said('top')}
      <StaySignedIn session={session} clock={nowMs} />
      <p>{(!chats || !stands ? home.leadNoChat : isSigned ? home.leadSigned : home.lead)(me.name)}</p>
      {chats && <Enrolling enrolment={enrolling.enrolment} />}
      {coordinates && (
        // who chats, too, has another button that stands out [U55]
        <button
          type="button"
          class={`button ${chats ? 'button-secondary' : 'button-primary'}`}
          onClick={() => model.toPages()}
        >
          {home.pages}
        </button>
      )}
      <h2>{home.passkeys}</h2>
      <OwnPasskeys
        keys={keys}
        busy={model.busy.value}
        trouble={trouble}
        onRemove={(id) => press(id, () => model.remove(id))}
      />
      <Firm class="button button-plain" onClick={() => press('add', model.add)}>
        {home.add}
      </Firm>
      {said('add')}
      <p>{home.codesLeft(keys.codesLeft)}</p>
      <Firm class="button button-plain" onClick={() => press('codes', model.newCodes)}>
        {home.newCodes}
      </Firm>
      {said('codes')}
      {password && (
        <OwnPassword
          login={password.login}
          onMake={() => model.to('new_password')}
          busy={model.busy.value}
          trouble={trouble('password')}
          onRemove={() => press('password', model.removePassword)}
        />
      )}
      <ProviderBox provider={provider} coordinator={coordinates} />
      <OwnComputers {...enrolling} />
      <h2>{places.title}</h2>
      <ul class="own-keys">
        {sessions.map(({ id, made, here }) => (
          <li key={id}>{`${here ? places.here : places.other} · ${places.since(asDay(made))}`}</li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <button type="button" class="button button-plain" onClick={() => press('top', model.endOthers)}>
          {places.endOthers}
        </button>
      )}
      <SignOut onLeave={() => press('out', model.signOut)} />
      {said('out')}
    </CenterCard>
  );
}

interface OwnPasskeysProps {
  keys: OwnKeys;
  busy: boolean;
  trouble(id: string): string | null;
  onRemove(id: string): void;
}
function OwnPasskeys({ keys, busy, trouble, onRemove }: OwnPasskeysProps) {
  const { home } = words;
  return (
    <ul class="own-keys">
      {keys.passkeys.map((key) => (
        <li key={key.id}>
          <Asked
            says={home.removeShort}
            long={home.remove(whichOf(key, keys))}
            question={home.removeAsk(whichOf(key, keys))}
            yes={home.removeYes}
            busy={busy}
            trouble={trouble(key.id)}
            onYes={() => onRemove(key.id)}
          >
            <span>{home.made(whichOf(key, keys))}</span>
          </Asked>
        </li>
      ))}
    </ul>
  );
}

/** Asks first where hours on another page are not saved [U46]. */
function SignOut({ onLeave }: { onLeave(): void }) {
  const asks = useSignal(false);
  const leave = () => {
    if (!asks.value && losesSomething()) asks.value = true;
    else onLeave();
  };
  if (!asks.value)
    return (
      <button type="button" class="button button-plain" onClick={leave}>
        {words.home.signOut}
      </button>
    );
  return (
    <>
      <Unsaved />
      <Firm class="button button-plain" onClick={leave}>
        {nl.top.signOutAnyway}
      </Firm>
    </>
  );
}

interface OwnPasswordProps {
  login: string | null;
  busy: boolean;
  trouble: string | null;
  onMake(): void;
  onRemove(): void;
}
function OwnPassword({ login, busy, trouble, onMake, onRemove }: OwnPasswordProps) {
  const { own } = words.password;
  return (
    <>
      <h2>{own.title}</h2>
      <p>{login === null ? own.none : own.has(login)}</p>
      <Firm class="button button-plain" onClick={onMake}>
        {login === null ? own.make : own.change}
      </Firm>
      {login !== null && (
        <Asked
          says={own.remove}
          question={own.removeAsk}
          yes={words.home.removeYes}
          busy={busy}
          trouble={trouble}
          onYes={onRemove}
        />
      )}
    </>
  );
}
