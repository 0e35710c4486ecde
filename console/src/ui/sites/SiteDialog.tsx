import { useComputed, useSignal, type ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { randomToken } from '@clbchat/shared/digest';
import type { Outcome, SitesPage } from '../../model/sites/page.ts';
import { newSiteId, siteTyped, type Site } from '../../model/sites/site.ts';
import { sites as words } from '../../words/sites.ts';
import { Dialog } from '../Dialog.tsx';
import { ClashNote } from './ClashNote.tsx';

interface Props {
  page: SitesPage;
  /** null for a new one */
  id: string | null;
  site: Site | undefined;
  onClose(done?: string): void;
  onLate(says: string): void;
}

type Wrong = { readonly field: 'name' | 'origins' | null; readonly says: string };

/** A school as somebody types it. What is wrong is said at its field, and nothing that was typed is lost. */
export function SiteDialog({ page, id, site, onClose, onLate }: Props) {
  const own = useMemo(() => id ?? newSiteId(randomToken(12)), []);
  const name = useSignal(site?.name ?? id ?? '');
  const origins = useSignal((site?.origins ?? []).join('\n'));
  const seen = useSignal(site);
  const wrong = useSignal<Wrong | null>(null);
  const clash = useSignal<Extract<Outcome, { is: 'clash' }> | null>(null);
  const fields = { name: useRef<HTMLInputElement>(null), origins: useRef<HTMLTextAreaElement>(null) };
  const at = (field: 'name' | 'origins') => useComputed(() => (wrong.value?.field === field ? wrong.value.says : null));
  const [nameWrong, originsWrong] = [at('name'), at('origins')];

  const fail = (field: Wrong['field'], says: string) => {
    wrong.value = { field, says };
    if (field) fields[field].current?.focus();
    onLate(words.late(name.peek(), says));
  };
  const save = async (event: Event) => {
    event.preventDefault();
    const judged = siteTyped(name.value, origins.value, site?.name);
    if (!judged.ok) return fail(judged.field, sentenceFor(judged));
    wrong.value = null;
    const outcome = await page.save(own, judged.site, seen.peek());
    if (outcome.is === 'saved') return onClose(words.saved(judged.site.name ?? own));
    if (outcome.is === 'busy') return undefined;
    if (outcome.is === 'clash') {
      seen.value = outcome.theirs;
      clash.value = outcome;
      return onLate(words.late(name.peek(), words.clash.late(outcome.by)));
    }
    if (outcome.is === 'twin') return fail(outcome.field, words.form[`${outcome.field}_twin`](outcome));
    if (outcome.is === 'refused') return fail(outcome.why === 'clock' ? null : 'origins', words.problems[outcome.why]);
    return fail(null, words.problems[outcome.is]);
  };
  return (
    <Dialog title={id === null ? words.form.addTitle : words.form.changeTitle} onClose={() => onClose()}>
      <form class="form" noValidate onSubmit={(event) => void save(event)}>
        {clash.value && (
          <ClashNote
            mine={{ name: name.value, origins: origins.value.split('\n') }}
            clash={clash.value}
            onTake={() => onClose()}
          />
        )}
        <Labelled id="site-name" label={words.form.name} wrong={nameWrong}>
          <input
            {...{ id: 'site-name', ref: fields.name, class: 'input', autocomplete: 'off', value: name }}
            aria-invalid={nameWrong.value !== null}
            aria-describedby="site-name-wrong"
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
        </Labelled>
        <Labelled id="site-origins" label={words.form.origins} wrong={originsWrong} hint={words.form.hint}>
          <textarea
            {...{ id: 'site-origins', ref: fields.origins, class: 'input site-lines', rows: 3, value: origins }}
            {...{ spellcheck: false, autocapitalize: 'none' }}
            aria-invalid={originsWrong.value !== null}
            aria-describedby="site-origins-hint site-origins-wrong"
            onInput={(event) => (origins.value = event.currentTarget.value)}
          />
        </Labelled>
        <p class="small muted">{words.form.id(own)}</p>
        <p role="alert" class="form-problem">
          {wrong.value?.field === null ? wrong.value.says : ''}
        </p>
        <div class="dialog-actions">
          <button type="button" class="button button-plain button-small" onClick={() => onClose()}>
            {words.form.cancel}
          </button>
          <button type="submit" class="button button-primary button-small" aria-disabled={page.saving.value}>
            {page.saving.value ? words.form.saving : words.form.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface LabelledProps {
  id: string;
  label: string;
  wrong: ReadonlySignal<string | null>;
  hint?: string;
  children: ComponentChildren;
}

/** A field below its name, and below it what is wrong with it. */
function Labelled({ id, label, wrong, hint, children }: LabelledProps) {
  return (
    <div class="form-field">
      <label class="form-name" for={id}>
        {label}
      </label>
      {children}
      {hint !== undefined && (
        <p id={`${id}-hint`} class="small muted">
          {hint}
        </p>
      )}
      <p id={`${id}-wrong`} role="alert" class="form-problem">
        {wrong}
      </p>
    </div>
  );
}

function sentenceFor({ field, why, what }: Extract<ReturnType<typeof siteTyped>, { ok: false }>): string {
  if (field === 'name' && why === 'unread') return words.form.name_unread;
  if (field === 'name') return why === 'empty' ? words.form.name_empty : words.form.name_long;
  if (why === 'origin') return words.form.origins_origin(what);
  return why === 'empty' ? words.form.origins_empty : words.form.origins_many;
}
