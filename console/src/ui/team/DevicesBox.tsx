import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useSignal, type Signal } from '@preact/signals';
import type { DevicesPage } from '../../model/team/devices.ts';
import type { DeviceShown } from '../../model/team/devicesShown.ts';
import { asDay } from '../../model/times.ts';
import { devices as words } from '../../words/devices.ts';
import { Arriving } from '../Arriving.tsx';
import { Fingerprint } from '../Fingerprint.tsx';
import { Icon } from '../Icon.tsx';
import { DeviceAsks } from './DeviceAsks.tsx';
import { MakeIssuer } from './MakeIssuer.tsx';
import { OfflineIssuer } from './OfflineIssuer.tsx';
import { Problem } from '../signin/Problem.tsx';
import { keepsFocus } from '../keepsFocus.ts';
import { troubleOf, type Part } from './devicesPart.ts';
import { TakeAwayDialog } from './TakeAwayDialog.tsx';

const dayOf = (ms: number) => asDay(new Date(ms).toISOString().slice(0, 10));

/** Which computers may chat, who asks for one, and who can sign. For a page of the coordinator. */
export function DevicesBox({ page }: { page: DevicesPage }) {
  const state = page.state.value;
  useEffect(() => void page.open(), [page]);
  const problem = page.problem.value;
  useEffect(() => {
    if (problem) document.getElementById(`devices-${problem.at}`)?.focus();
  }, [problem]);
  if (state.is !== 'ready') return <Arriving is={state.is} words={words} onAgain={() => page.open()} />;
  const { shown } = state;
  return (
    <div class="devices">
      {shown.isIdle && (
        <div class="note note-danger">
          <Icon name="circle-alert" />
          <span>{words.isIdle}</span>
        </div>
      )}
      <DeviceAsks page={page} shown={shown} />
      <Signed page={page} shown={shown} />
      <Issuers page={page} shown={shown} />
    </div>
  );
}

/** Its button may be gone with the row; what lies under an open window takes no focus [D38]. */
function closes<One>(asking: Signal<One | null>, one: One, heading: RefObject<HTMLElement | null>): void {
  if (asking.peek() !== one) return; // she gave it up, and asks of another by now
  asking.value = null;
  keepsFocus(heading);
}

function Signed({ page, shown }: Part) {
  const heading = useRef<HTMLHeadingElement>(null);
  const asking = useSignal<DeviceShown | null>(null);
  /** whose row she pressed last */
  const pressed = useSignal<string | null>(null);
  const { value: asked } = asking;
  const trouble = troubleOf(page, { anew: words.signLost, remove: words.takeAway.device.lost });
  return (
    <section aria-labelledby="devices-list">
      <h2 id="devices-list" ref={heading} tabIndex={-1}>
        {words.list}
      </h2>
      {shown.devices.length === 0 && <p>{words.none}</p>}
      <Problem says={shown.devices.some(({ id }) => id === pressed.value) ? null : trouble} keeps={page.busy.value} />
      <ul class="devices-list">
        {shown.devices.map((one) => (
          <li key={one.id}>
            <Device one={one} />
            <div class="page-actions">
              {one.waits && shown.issuer && (
                <button
                  type="button"
                  class="button button-plain button-small"
                  aria-label={words.anewLong(one.who ?? words.somebody, one.id.slice(0, 6))}
                  aria-disabled={page.busy.value}
                  onClick={() => {
                    if (page.busy.peek()) return; // what goes wrong with the one that runs stays at its row
                    pressed.value = one.id;
                    void page.signAnew(one.id).then(() => keepsFocus(heading));
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
            </div>
            <Problem says={pressed.value === one.id && asked !== one ? trouble : null} keeps={page.busy.value} />
          </li>
        ))}
      </ul>
      {asked && (
        <TakeAwayDialog
          page={page}
          what="device"
          who={asked.who ?? words.somebody}
          onClose={() => closes(asking, asked, heading)}
          onYes={() => {
            pressed.value = asked.id;
            return page.remove(asked.id);
          }}
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

const standing = ({ endMs, revoked, otherPins }: { endMs: number; revoked: boolean; otherPins: boolean }) => {
  if (revoked) return words.revokedOne;
  return otherPins ? words.otherRootsOne : words.until(dayOf(endMs)).split(',', 1)[0];
};

function Issuers({ page, shown }: Part) {
  const heading = useRef<HTMLHeadingElement>(null);
  const asking = useSignal<{ id: string; who: string } | null>(null);
  const pressed = useSignal<string | null>(null);
  const { value: asked } = asking;
  const trouble = troubleOf(page, { revoke: words.takeAway.issuer.lost });
  const { issuer, inHerName } = shown;
  const toHeading = () => heading.current?.focus(); // the form goes with its button [D38]
  const ending = issuer !== null && Date.now() >= issuer.warnFrom * 1_000;
  return (
    <section aria-labelledby="devices-issuers">
      <h2 id="devices-issuers" ref={heading} tabIndex={-1}>
        {words.issuers}
      </h2>
      <ul class="devices-list">
        {shown.issuers.map(({ id, name, endMs, revoked, otherPins = false, mine }) => (
          <li key={id}>
            <div>
              <b>{`${name ?? words.somebody}${mine ? ` (${words.mine})` : ''}`}</b>
              <p class="small muted">
                <code>{id.slice(0, 6)}</code> · {standing({ endMs, revoked, otherPins })}
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
            <Problem says={pressed.value === id && asked?.id !== id ? trouble : null} keeps={page.busy.value} />
          </li>
        ))}
      </ul>
      {asked && (
        <TakeAwayDialog
          page={page}
          what="issuer"
          who={asked.who}
          onClose={() => closes(asking, asked, heading)}
          onYes={() => {
            pressed.value = asked.id;
            return page.revoke(asked.id);
          }}
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
