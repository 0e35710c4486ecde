import { useSignal } from '@preact/signals';
import type { Setup } from '../../model/setup.ts';
import { setupWords as words } from '../../words/setup.ts';
import { Firm } from '../Firm.tsx';
import { Icon } from '../Icon.tsx';
import { entriesOf, FileField, Onward, TextField, Trouble } from './fields.tsx';

/** The pages on which the two files are made, saved and tested. */

export function Explain({ setup }: { setup: Setup }) {
  return (
    <form
      class="setup-page"
      onSubmit={(event) => {
        event.preventDefault();
        setup.on();
      }}
    >
      <p>{words.explain.lead}</p>
      <dl class="setup-why">
        {words.explain.what.map(([question, answer]) => (
          <div key={question}>
            <dt>{question}</dt>
            <dd>{answer}</dd>
          </div>
        ))}
      </dl>
      <p>
        <b>{words.explain.need}</b>
      </p>
      <Onward setup={setup}>{words.explain.begin}</Onward>
      <p class="small muted">
        {words.explain.offline}
        <code>clbchat-keys</code>
        {words.explain.offlineEnd}
      </p>
    </form>
  );
}

function ShowIt({ shown }: { shown: { value: boolean } }) {
  return (
    <label class="check">
      <input type="checkbox" onChange={({ currentTarget }) => (shown.value = currentTarget.checked)} />
      {words.show}
    </label>
  );
}

export function Passphrase({ setup }: { setup: Setup }) {
  const shown = useSignal(false);
  return (
    <form
      class="setup-page"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const { text } = entriesOf(event.currentTarget);
        void setup.make(text('passphrase'), text('again'));
      }}
    >
      <p>{words.passphrase.lead}</p>
      <TextField
        setup={setup}
        field="passphrase"
        label={words.passphrase.field}
        hint={words.passphrase.hint}
        secret={!shown.value}
      />
      <TextField setup={setup} field="again" label={words.passphrase.again} secret={!shown.value} />
      <ShowIt shown={shown} />
      <Onward setup={setup}>{words.passphrase.make}</Onward>
    </form>
  );
}

export function Save({ setup }: { setup: Setup }) {
  const { saved } = setup.state.value;
  const names = setup.shown.value?.names;
  return (
    <form
      class="setup-page"
      onSubmit={(event) => {
        event.preventDefault();
        setup.on();
      }}
    >
      <p>{words.save.lead}</p>
      {(['O', 'O2'] as const).map((kind, at) => (
        <div key={kind} class="setup-save">
          <button
            type="button"
            class="button button-secondary"
            {...(at === 0 && { id: 'save' })}
            aria-describedby={`${kind}-name`}
            onClick={() => setup.save(kind)}
          >
            {words.save.file(at + 1)}
          </button>
          <span id={`${kind}-name`} class="setup-name small muted">
            {names?.[kind]}
          </span>
          <span role="status" class="setup-saved">
            {saved[kind] && (
              <>
                <Icon name="check" size={16} />
                {words.save.saved}
              </>
            )}
          </span>
        </div>
      ))}
      <Trouble setup={setup} field="save" />
      <p class="small muted">{words.save.where}</p>
      <Onward setup={setup}>{words.on}</Onward>
      <Firm class="button button-plain button-small" onClick={() => setup.anew()}>
        {words.save.anew}
      </Firm>
    </form>
  );
}

export function Check({ setup }: { setup: Setup }) {
  const shown = useSignal(false);
  return (
    <form
      class="setup-page"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const { text, file } = entriesOf(event.currentTarget);
        void setup.check(file('first'), file('second'), text('opening'));
      }}
    >
      <p>{words.check.lead}</p>
      <FileField setup={setup} field="first" label={words.check.first} />
      <FileField setup={setup} field="second" label={words.check.second} />
      <TextField
        setup={setup}
        field="opening"
        label={words.check.field}
        hint={words.check.hint}
        secret={!shown.value}
      />
      <ShowIt shown={shown} />
      <Onward setup={setup}>{words.check.test}</Onward>
      <div class="setup-else">
        <button type="button" class="button button-plain button-small" onClick={() => setup.back()}>
          {words.check.back}
        </button>
        <Firm class="button button-plain button-small" onClick={() => setup.anew()}>
          {words.save.anew}
        </Firm>
      </div>
    </form>
  );
}
