import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { DevicesField, DevicesPage } from '../../model/team/devices.ts';
import type { AskShown } from '../../model/team/devicesShown.ts';
import { devices as words } from '../../words/devices.ts';
import { Fingerprint } from '../Fingerprint.tsx';
import { Problem } from '../signin/Problem.tsx';
import { keepsFocus } from '../keepsFocus.ts';
import { troubleOf, type Part } from './devicesPart.ts';
import { Trouble } from './MakeIssuer.tsx';

/** Who asks for a computer: its numbers are compared, and it is signed [O27]. */
export function DeviceAsks({ page, shown }: Part) {
  const signed = useSignal('');
  const pressed = useSignal<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  // it is of her last press alone
  useEffect(() => {
    if (page.busy.value) signed.value = '';
  }, [page.busy.value, signed]);
  const trouble = troubleOf(page, { sign: words.signLost });
  return (
    <section aria-labelledby="devices-asks">
      <h2 id="devices-asks" ref={heading} tabIndex={-1}>
        {words.asks}
      </h2>
      {shown.asks.length === 0 && <p>{words.noAsks}</p>}
      <Problem says={shown.asks.some(({ id }) => id === pressed.value) ? null : trouble} keeps={page.busy.value} />
      {shown.asks.length > 0 && <p class="muted">{words.compare}</p>}
      <ul class="devices-asks">
        {shown.asks.map((one) => (
          <li key={one.id}>
            <Ask
              page={page}
              one={one}
              mine={pressed.value === one.id}
              onPress={() => (pressed.value = one.id)}
              trouble={pressed.value === one.id ? trouble : null}
              onDone={(isSigned) => {
                if (isSigned) signed.value = words.signed;
                keepsFocus(heading);
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
  /** of its button */
  trouble: string | null;
  onDone(isSigned: boolean): void;
}
function Ask({ page, one, mine, onPress, trouble, onDone }: AskProps) {
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
        void page.sign(one.id, { name: text('name'), site: text('site') }).then(onDone);
      }}
    >
      <h3>{who}</h3>
      <Fingerprint label={words.fingerprint(who)} groups={one.fingerprint} />
      {field('name', words.name, one.name)}
      {field('site', words.site, one.site)}
      <button type="submit" class="button button-primary" aria-disabled={page.busy.value}>
        {page.busy.value ? words.busy : words.sign}
      </button>
      <Problem says={trouble} keeps={page.busy.value} />
    </form>
  );
}
