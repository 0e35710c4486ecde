import { useSignal } from '@preact/signals';
import { pageOf } from '../../model/sites/check.ts';
import type { Site } from '../../model/sites/site.ts';
import { CHECK, judgeSource, type Found, type SnippetFacts } from '../../model/sites/snippet.ts';
import { sites as words } from '../../words/sites.ts';
import { Dialog } from '../Dialog.tsx';

interface Props {
  facts: SnippetFacts;
  id: string;
  site: Site;
  onClose(): void;
}

/** Two ways to see whether a page carries the snippet; neither asks for the page from here or from the service [U39]. */
export function CheckDialog({ facts, id, site, onClose }: Props) {
  const plain = site.origins.find((origin) => !origin.includes('*'));
  const address = useSignal(plain === undefined ? '' : `${plain}/`);
  const source = useSignal('');
  const found = useSignal<Found | null>(null);
  const page = pageOf(address.value, site);
  return (
    <Dialog title={words.checking.title(site.name ?? id)} onClose={onClose}>
      <p>{words.checking.lead}</p>
      <div class="form-field">
        <label class="form-name" for="check-address">
          {words.checking.address}
        </label>
        <input
          id="check-address"
          class="input"
          type="url"
          value={address}
          aria-invalid={page === null}
          aria-describedby="check-address-wrong"
          onInput={(event) => (address.value = event.currentTarget.value)}
        />
        <p id="check-address-wrong" role="alert" class="form-problem">
          {page === null ? words.checking.notThere : ''}
        </p>
      </div>
      {page !== null && (
        <p>
          <a
            class="button button-primary button-small"
            href={`${page}${CHECK}`}
            target="_blank"
            rel="noopener noreferrer"
          >
            {words.checking.open}
          </a>
        </p>
      )}
      <p class="small muted">{words.checking.silent}</p>
      <div class="form-field">
        <label class="form-name" for="check-source">
          {words.checking.paste}
        </label>
        <textarea
          id="check-source"
          class="input site-lines"
          rows={4}
          spellcheck={false}
          value={source}
          aria-describedby="check-source-hint"
          onInput={(event) => {
            source.value = event.currentTarget.value;
            found.value = null;
          }}
        />
        <p id="check-source-hint" class="small muted">
          {words.checking.pasteHint}
        </p>
      </div>
      <div role="status">{found.value && <Verdict found={found.value} />}</div>
      <div class="dialog-actions">
        <button
          type="button"
          class="button button-plain button-small"
          onClick={() => (found.value = judgeSource(source.value, facts, id))}
        >
          {words.checking.judge}
        </button>
        <button type="button" class="button button-secondary button-small" onClick={onClose}>
          {words.code.close}
        </button>
      </div>
    </Dialog>
  );
}

function Verdict({ found }: { found: Found }) {
  if (!('wrong' in found)) return <p class="form-problem">{words.checking.found[found.is]}</p>;
  return (
    <>
      {found.wrong.length === 0 ? (
        <p class="site-right">{words.checking.found[found.is]}</p>
      ) : (
        <>
          <p class="form-problem">{words.checking.found.wrong}</p>
          <ul class="site-wrong">
            {found.wrong.map((one) => (
              <li key={one}>{words.checking.wrong[one]}</li>
            ))}
          </ul>
        </>
      )}
      {found.integrity && <p class="small">{words.checking.integrity}</p>}
    </>
  );
}
