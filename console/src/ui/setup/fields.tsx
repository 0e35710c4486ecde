import { useSignal } from '@preact/signals';
import type { Setup } from '../../model/setup.ts';
import type { SetupField } from '../../model/setupSteps.ts';
import { setupWords as words } from '../../words/setup.ts';
import { Icon } from '../Icon.tsx';

interface Place {
  readonly setup: Setup;
  readonly field: SetupField;
  readonly label: string;
  readonly hint?: string;
}

/** What is wrong with a field, said where it stands. */
export function Trouble({ setup, field }: Pick<Place, 'setup' | 'field'>) {
  const problem = setup.state.value.problems[field];
  return problem ? (
    <p id={`${field}-problem`} class="setup-problem" role="alert">
      <Icon name="circle-alert" />
      <span>{words.problems[problem]}</span>
    </p>
  ) : null;
}

function described({ setup, field, hint }: Omit<Place, 'label'>) {
  const problem = setup.state.value.problems[field];
  const by = [hint && `${field}-hint`, problem && `${field}-problem`].filter(Boolean).join(' ');
  return { id: field, 'aria-invalid': problem ? ('true' as const) : undefined, 'aria-describedby': by || undefined };
}

const Hint = ({ field, hint }: Pick<Place, 'field' | 'hint'>) =>
  hint ? (
    <p id={`${field}-hint`} class="small muted">
      {hint}
    </p>
  ) : null;

/** `secret` hides what is typed, and hands it to no spelling checker in any case. */
export function TextField({ secret, ...place }: Place & { secret?: boolean }) {
  return (
    <div class="setup-field">
      <label for={place.field}>{place.label}</label>
      <Hint {...place} />
      <input
        {...described(place)}
        class="input"
        name={place.field}
        {...(secret ? { type: 'password' } : { type: 'text' })}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
      />
      <Trouble {...place} />
    </div>
  );
}

export function FileField(place: Place) {
  const name = useSignal('');
  return (
    <div class="setup-field">
      <span id={`${place.field}-label`} class="setup-label">
        {place.label}
      </span>
      <label class="setup-file">
        <input
          {...described(place)}
          class="hidden-text"
          name={place.field}
          type="file"
          aria-labelledby={`${place.field}-label`}
          onKeyDown={(event) => {
            // it looks like a button, and would send the form
            if (event.key !== 'Enter') return;
            event.preventDefault();
            event.currentTarget.click();
          }}
          onChange={({ currentTarget }) => (name.value = currentTarget.files?.[0]?.name ?? '')}
        />
        <span class="button button-plain button-small" aria-hidden="true">
          {words.check.choose}
        </span>
        <span class="setup-name" aria-hidden="true">
          {name.value || words.check.none}
        </span>
      </label>
      <Trouble {...place} />
    </div>
  );
}

/** What a form holds when it is sent; a file for a field of files. */
export const entriesOf = (form: HTMLFormElement) => {
  const data = new FormData(form);
  return {
    text(field: SetupField): string {
      const found = data.get(field);
      return typeof found === 'string' ? found : '';
    },
    /** nothing chosen is a file without a name */
    file(field: SetupField): File | undefined {
      const found = data.get(field);
      return found instanceof File && found.name !== '' ? found : undefined;
    },
  };
};

/** The one button that goes on. While something is made it says so, and takes no second press. */
export function Onward({ setup, children }: { setup: Setup; children: string }) {
  const { busy } = setup.state.value;
  return (
    <>
      <button type="submit" class="button button-primary" aria-disabled={busy}>
        {busy ? words.busy : children}
      </button>
      <span role="status" class="hidden-text">
        {busy && words.busy}
      </span>
    </>
  );
}

export const Fingerprint = ({ label, groups }: { label: string; groups: readonly string[] }) => (
  <div class="setup-print">
    <h2>{label}</h2>
    <ol aria-label={label}>
      {groups.map((group, at) => (
        <li key={at}>{group}</li>
      ))}
    </ol>
  </div>
);

export function Copyable({ setup, text, label }: { setup: Setup; text: string; label: string }) {
  const said = useSignal('');
  return (
    <div class="setup-copy">
      <code>{text}</code>
      <button
        type="button"
        class="button button-plain button-small"
        aria-label={`${words.copy}: ${label}`}
        onClick={() => void setup.copy(text).then((done) => (said.value = done ? words.copied : words.notCopied))}
      >
        {words.copy}
      </button>
      <span role="status" class="small muted">
        {said.value}
      </span>
    </div>
  );
}
