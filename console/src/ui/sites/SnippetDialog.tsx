import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { frameOf, snippetOf, type SnippetFacts } from '../../model/sites/snippet.ts';
import { sites as words } from '../../words/sites.ts';
import { Dialog } from '../Dialog.tsx';

/** What a webmaster pastes, ready to be copied. */
export function SnippetDialog({
  facts,
  id,
  name,
  onClose,
}: {
  facts: SnippetFacts;
  id: string;
  name: string;
  onClose(): void;
}) {
  return (
    <Dialog title={words.code.title(name)} onClose={onClose}>
      <p>{words.code.lead}</p>
      <Code says={words.code.tag} text={snippetOf(facts, id)} />
      <Code says={words.code.frame} text={frameOf(facts, id)} />
      <div class="dialog-actions">
        <button type="button" class="button button-secondary button-small" onClick={onClose}>
          {words.code.close}
        </button>
      </div>
    </Dialog>
  );
}

function Code({ says, text }: { says: string; text: string }) {
  const told = useSignal('');
  const area = useRef<HTMLTextAreaElement>(null);
  const copy = async () => {
    // chosen first: where the browser refuses to copy, a key does it
    area.current?.select();
    told.value = await navigator.clipboard.writeText(text).then(
      () => words.code.copied,
      () => words.code.notCopied,
    );
  };
  return (
    <div class="form-field">
      <label class="site-code">
        <span class="form-name">{says}</span>
        <textarea ref={area} class="input site-lines" rows={4} readOnly spellcheck={false} value={text} />
      </label>
      <div class="page-actions">
        <button
          type="button"
          class="button button-plain button-small"
          aria-label={`${words.code.copy}: ${says}`}
          onClick={() => void copy()}
        >
          {words.code.copy}
        </button>
        <span role="status" class="small">
          {told}
        </span>
      </div>
    </div>
  );
}
