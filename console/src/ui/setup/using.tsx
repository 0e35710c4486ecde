import type { Setup } from '../../model/setup.ts';
import { setupWords as words } from '../../words/setup.ts';
import { Copyable, entriesOf, Fingerprint, Onward, TextField } from './fields.tsx';

/** The pages on which what was made is written down and used. */

export function PinsPage({ setup }: { setup: Setup }) {
  const shown = setup.shown.value;
  if (!shown) return null;
  return (
    <form
      class="setup-page"
      onSubmit={(event) => {
        event.preventDefault();
        setup.on();
      }}
    >
      <p>{words.pins.lead}</p>
      {shown.fingerprints.map((groups, at) => (
        <Fingerprint key={at} label={words.pins.of(at + 1)} groups={groups} />
      ))}
      <p class="small muted">{words.pins.why}</p>
      <h2>{words.pins.operator}</h2>
      <p class="small">{words.pins.operatorHint}</p>
      <Copyable setup={setup} text={shown.configuration} label={words.pins.operator} />
      <h2>{words.pins.school}</h2>
      <p class="small">{words.pins.schoolHint}</p>
      <Copyable setup={setup} text={shown.attribute} label={words.pins.school} />
      <Onward setup={setup}>{words.on}</Onward>
    </form>
  );
}

export function Sign({ setup, real }: { setup: Setup; real: boolean }) {
  const line = setup.lacksPins.value && setup.shown.value?.configuration;
  return (
    <form
      class="setup-page"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const { text } = entriesOf(event.currentTarget);
        void setup.sign({ org: text('org'), name: text('name'), site: text('site') });
      }}
    >
      <p>{words.sign.lead}</p>
      {!real && <p class="small muted">{words.sign.example}</p>}
      {line && <Copyable setup={setup} text={line} label={words.real.line} />}
      <TextField setup={setup} field="org" label={words.sign.org} />
      <TextField setup={setup} field="site" label={words.sign.site} hint={words.sign.hint} />
      <TextField setup={setup} field="name" label={words.sign.name} hint={words.sign.hint} />
      <Onward setup={setup}>{words.sign.make}</Onward>
    </form>
  );
}

const day = new Intl.DateTimeFormat('nl-BE', { day: 'numeric', month: 'long', year: 'numeric' });

export function Done({ setup, real }: { setup: Setup; real: boolean }) {
  const signed = setup.signed.value;
  if (!signed) return null;
  return (
    <div class="setup-page">
      <p>{words.done.lead(signed.name, signed.site)}</p>
      <p>{words.done.ends(day.format(signed.endsMs))}</p>
      <p>{words.done.warns(day.format(signed.warnsMs))}</p>
      <Fingerprint label={words.done.device} groups={signed.fingerprint} />
      <p class="small muted">{words.done.compare}</p>
      <p>
        <b>{words.done.second}</b>
      </p>
      <p class="small muted">{real ? words.real.next : words.done.example}</p>
      <a class="button button-primary" href="/console/">
        {real ? words.real.away : words.away}
      </a>
    </div>
  );
}
