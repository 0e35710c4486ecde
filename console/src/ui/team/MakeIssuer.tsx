import type { DevicesPage } from '../../model/team/devices.ts';
import { devices as words } from '../../words/devices.ts';
import { Icon } from '../Icon.tsx';
import { Problem } from '../signin/Problem.tsx';
import { troubleOf } from './devicesPart.ts';

/** What is wrong with a field, said where it stands. */
export const Trouble = ({ why }: { why: string | null }) => (
  <div role="alert">
    {why !== null && (
      <p class="devices-problem">
        <Icon name="circle-alert" />
        <span>{words.problemOf(why)}</span>
      </p>
    )}
  </div>
);

interface Props {
  page: DevicesPage;
  mayBegin: boolean;
  onMade(): void;
}

/** A root file and its passphrase make what she signs with. */
export function MakeIssuer({ page, mayBegin, onMade }: Props) {
  const problem = page.problem.value;
  const at = (field: 'file' | 'passphrase' | 'org') => (problem?.at === field ? problem.why : null);
  const input = (field: 'passphrase' | 'org', label: string, isSecret: boolean) => (
    <div class="field">
      <label for={`devices-${field}`}>{label}</label>
      <input
        id={`devices-${field}`}
        class="input"
        name={field}
        {...(isSecret ? { type: 'password' } : { type: 'text' })}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        aria-invalid={at(field) !== null}
      />
      <Trouble why={at(field)} />
    </div>
  );
  return (
    <form
      class="devices-make"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const file = data.get('file');
        const chosen = file instanceof File && file.name !== '' ? file : undefined;
        const text = (name: string) => String(data.get(name) as string);
        void page.make(chosen, text('passphrase'), text('org')).then((is) => is && onMade());
      }}
    >
      <p class="muted">{words.makeLead}</p>
      {mayBegin && (
        <p>
          <a href="#sleutels" onClick={() => setTimeout(() => location.reload())}>
            {words.ceremony}
          </a>
        </p>
      )}
      <div class="field">
        <label for="devices-file">{words.file}</label>
        <input id="devices-file" class="input" name="file" type="file" aria-invalid={at('file') !== null} />
        <Trouble why={at('file')} />
      </div>
      {input('passphrase', words.passphrase, true)}
      {input('org', words.org, false)}
      <button type="submit" class="button button-primary" aria-disabled={page.busy.value}>
        {page.busy.value ? words.busy : words.make}
      </button>
      <Problem says={troubleOf(page, { make: null })} keeps={page.busy.value} />
    </form>
  );
}
