import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useSignal, type Signal } from '@preact/signals';
import type { DevicesField, DevicesPage } from '../../model/team/devices.ts';
import type { AskShown, DeviceShown, DevicesShown } from '../../model/team/devicesShown.ts';
import { asDay } from '../../model/times.ts';
import { devices as words } from '../../words/devices.ts';
import { Arriving } from '../Arriving.tsx';
import { Fingerprint } from '../Fingerprint.tsx';
import { Icon } from '../Icon.tsx';
import { MakeIssuer, Trouble } from './MakeIssuer.tsx';
import { OfflineIssuer } from './OfflineIssuer.tsx';
import { Problem } from '../signin/Problem.tsx';
import { TakeAwayDialog } from './TakeAwayDialog.tsx';

const dayOf = (ms: number) => asDay(new Date(ms).toISOString().slice(0, 10));

/** Which computers may chat, who asks for one, and who can sign. For a page of the coordinator. */
export function DevicesBox({ page }: { page: DevicesPage }) {
  const state = page.state.value;
  useEffect(() => void page.open(), [page]);
  const problem = page.problem.value;
  useEffect(() => {
    if (problem && problem.at !== 'page') document.getElementById(`devices-${problem.at}`)?.focus();
  }, [problem]);
  if (state.is !== 'ready') return <Arriving is={state.is} words={words} onAgain={() => page.open()} />;
  const { shown } = state;
  return (
    <div class="devices">
      <div role="alert">
        {problem?.at === 'page' && (
          <div class="note note-danger">
            <Icon name="circle-alert" />
            <span>{words.problemOf(problem.why)}</span>
          </div>
        )}
      </div>
      {shown.isIdle && (
        <div class="note note-danger">
          <Icon name="circle-alert" />
          <span>{words.isIdle}</span>
        </div>
      )}
      <Asks page={page} shown={shown} />
      <Signed page={page} shown={shown} />
      <Issuers page={page} shown={shown} />
    </div>
  );
}

/** Its button may be gone with the row; what lies under an open window takes no focus [D38]. */
function closes<One>(asking: Signal<One | null>, one: One, heading: RefObject<HTMLElement | null>): void {
  if (asking.peek() !== one) return; // she gave it up, and asks of another by now
  asking.value = null;
  requestAnimationFrame(() => {
    if (document.activeElement === document.body || !document.activeElement) heading.current?.focus();
  });
}

interface Part {
  page: DevicesPage;
  shown: DevicesShown;
}

function Asks({ page, shown }: Part) {
  const signed = useSignal('');
  const pressed = useSignal<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  // it is of her last press alone
  useEffect(() => {
    if (page.busy.value) signed.value = '';
  }, [page.busy.value, signed]);
  return (
    <section aria-labelledby="devices-asks">
      <h2 id="devices-asks" ref={heading} tabIndex={-1}>
        {words.asks}
      </h2>
      {shown.asks.length === 0 && <p>{words.noAsks}</p>}
      {shown.asks.length > 0 && <p class="muted">{words.compare}</p>}
      <ul class="devices-asks">
        {shown.asks.map((one) => (
          <li key={one.id}>
            <Ask
              page={page}
              one={one}
              mine={pressed.value === one.id}
              onPress={() => (pressed.value = one.id)}
              onSigned={() => {
                signed.value = words.signed;
                heading.current?.focus(); // its button went with the row [D38]
              }}
            />
          </li>
        ))}
      </ul>
      {shown.asks.length > 0 && <p class="small muted">{words.deny}</p>}
      <p role="status" class="small">
        {signed.value}
      </p>
      <button type="button" class="button button-plain button-small" onClick={() => void page.open()}>
        {words.look}
      </button>
    </section>
  );
}

interface AskProps {
  page: DevicesPage;
  one: AskShown;
  /** her last press was of this one: what went wrong is of it */
  mine: boolean;
  onPress(): void;
  onSigned(): void;
}
function Ask({ page, one, mine, onPress, onSigned }: AskProps) {
  const who = one.who ?? words.somebody;
  const problem = page.problem.value;
  const at = (field: DevicesField) => (mine && problem?.at === field ? problem.why : null);
  const field = (name: 'name' | 'site', label: string, value: string) => (
    <div class="field">
      <label for={mine ? `devices-${name}` : `${name}-${one.id}`}>{label}</label>
      <input
        id={mine ? `devices-${name}` : `${name}-${one.id}`}
        class="input"
        name={name}
        type="text"
        autocomplete="off"
        maxLength={80}
        defaultValue={value}
        aria-invalid={at(name) !== null}
      />
      <Trouble why={at(name)} />
    </div>
  );
  return (
    <form
      class="devices-ask"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const text = (name: string) => String(data.get(name) as string | null);
        if (!page.busy.peek()) onPress();
        void page.sign(one.id, { name: text('name'), site: text('site') }).then((is) => {
          if (is) onSigned();
        });
      }}
    >
      <h3>{who}</h3>
      <Fingerprint label={words.fingerprint(who)} groups={one.fingerprint} />
      {field('name', words.name, one.name)}
      {field('site', words.site, one.site)}
      <button type="submit" class="button button-primary" aria-disabled={page.busy.value}>
        {page.busy.value ? words.busy : words.sign}
      </button>
    </form>
  );
}

function Signed({ page, shown }: Part) {
  const heading = useRef<HTMLHeadingElement>(null);
  const asking = useSignal<DeviceShown | null>(null);
  const anew = useSignal<string | null>(null);
  const { value: asked } = asking;
  const problem = page.problem.value;
  return (
    <section aria-labelledby="devices-list">
      <h2 id="devices-list" ref={heading} tabIndex={-1}>
        {words.list}
      </h2>
      {shown.devices.length === 0 && <p>{words.none}</p>}
      <ul class="devices-list">
        {shown.devices.map((one) => (
          <li key={one.id}>
            <Device one={one} />
            {one.waits && shown.issuer && (
              <button
                type="button"
                class="button button-plain button-small"
                aria-label={words.anewLong(one.who ?? words.somebody, one.id.slice(0, 6))}
                aria-disabled={page.busy.value}
                onClick={() => {
                  anew.value = one.id;
                  void page.signAnew(one.id).then((is) => is && heading.current?.focus()); // its button went [D38]
                }}
              >
                {words.anew}
              </button>
            )}
            <button
              type="button"
              class="button button-plain button-small"
              aria-label={words.removeLong(one.who ?? words.somebody, one.id.slice(0, 6))}
              onClick={() => (asking.value = one)}
            >
              {words.remove}
            </button>
            <Problem says={problem?.at === 'anew' && anew.value === one.id ? words.problemOf(problem.why) : null} />
          </li>
        ))}
      </ul>
      {asked && (
        <TakeAwayDialog
          page={page}
          what="device"
          who={asked.who ?? words.somebody}
          onClose={() => closes(asking, asked, heading)}
          onYes={() => page.remove(asked.id)}
        />
      )}
    </section>
  );
}

function Device({ one }: { one: DeviceShown }) {
  const until = () => {
    if (one.otherRoots) return words.otherRoots;
    if (one.waits) return words.waits;
    if (one.endsMs === null) return words.demo;
    return one.endsMs > Date.now() ? words.until(dayOf(one.endsMs)) : words.ended(dayOf(one.endsMs));
  };
  return (
    <div>
      <b>{one.who ?? words.somebody}</b>
      <p class="small muted">
        <code>{one.id.slice(0, 6)}</code> · {until()}
      </p>
      {one.words && <p class="small">{words.shownAs(one.words.name, one.words.site)}</p>}
      {one.waits && (
        <>
          <Fingerprint label={words.fingerprint(one.who ?? words.somebody)} groups={one.waits.fingerprint} />
          <p class="small">{words.anewOnly}</p>
        </>
      )}
    </div>
  );
}

function Issuers({ page, shown }: Part) {
  const heading = useRef<HTMLHeadingElement>(null);
  const asking = useSignal<{ id: string; who: string } | null>(null);
  const { value: asked } = asking;
  const { issuer, inHerName } = shown;
  const toHeading = () => heading.current?.focus(); // the form goes with its button [D38]
  const ending = issuer !== null && Date.now() >= issuer.warnFrom * 1_000;
  return (
    <section aria-labelledby="devices-issuers">
      <h2 id="devices-issuers" ref={heading} tabIndex={-1}>
        {words.issuers}
      </h2>
      <ul class="devices-list">
        {shown.issuers.map(({ id, name, endMs, revoked, mine }) => (
          <li key={id}>
            <div>
              <b>{`${name ?? words.somebody}${mine ? ` (${words.mine})` : ''}`}</b>
              <p class="small muted">
                <code>{id.slice(0, 6)}</code> ·{' '}
                {revoked ? words.revokedOne : words.until(dayOf(endMs)).split(',', 1)[0]}
              </p>
            </div>
            {!revoked && (
              <button
                type="button"
                class="button button-plain button-small"
                aria-label={words.revokeLong(name ?? words.somebody)}
                onClick={() => (asking.value = { id, who: name ?? words.somebody })}
              >
                {words.revoke}
              </button>
            )}
          </li>
        ))}
      </ul>
      {asked && (
        <TakeAwayDialog
          page={page}
          what="issuer"
          who={asked.who}
          onClose={() => closes(asking, asked, heading)}
          onYes={() => page.revoke(asked.id)}
        />
      )}
      {inHerName && <p>{words.inHerName}</p>}
      {issuer === null && !inHerName && <p>{words.cannot}</p>}
      {ending && <p>{words.warns(dayOf(issuer.exp * 1_000))}</p>}
      {((issuer === null && !inHerName) || ending) && (
        <>
          <MakeIssuer page={page} mayBegin={shown.mayBegin} onMade={toHeading} />
          <OfflineIssuer page={page} asked={shown.asked} onMade={toHeading} />
        </>
      )}
    </section>
  );
}
