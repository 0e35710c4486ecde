import { useSignal } from '@preact/signals';
import type { Outcome, SitesPage } from '../../model/sites/page.ts';
import type { Site } from '../../model/sites/site.ts';
import { sites as words } from '../../words/sites.ts';
import { Dialog } from '../Dialog.tsx';
import { Firm } from '../Firm.tsx';
import { ClashNote } from './ClashNote.tsx';

interface Props {
  page: SitesPage;
  id: string;
  site: Site;
  onClose(done?: string): void;
  onLate(says: string): void;
}

/** Asks before a school goes. */
export function RemoveDialog({ page, id, site, onClose, onLate }: Props) {
  const seen = useSignal<Site | undefined>(site);
  const problem = useSignal('');
  const clash = useSignal<Extract<Outcome, { is: 'clash' }> | null>(null);
  const name = site.name ?? id;
  const remove = async () => {
    problem.value = '';
    const outcome = await page.save(id, undefined, seen.peek());
    // what goes is like no other
    if (outcome.is === 'busy' || outcome.is === 'twin') return undefined;
    if (outcome.is === 'saved') return onClose(words.removed(name));
    if (outcome.is === 'clash') {
      seen.value = outcome.theirs;
      clash.value = outcome;
      return onLate(words.late(name, words.clash.late(outcome.by)));
    }
    problem.value = words.problems[outcome.is === 'refused' ? outcome.why : outcome.is];
    return onLate(words.late(name, problem.peek()));
  };
  return (
    <Dialog title={words.removeTitle(name)} onClose={() => onClose()}>
      {clash.value && <ClashNote mine={undefined} clash={clash.value} onTake={() => onClose()} />}
      <p>{words.removeLead}</p>
      <p role="alert" class="form-problem">
        {problem}
      </p>
      <div class="dialog-actions">
        <Firm class="button button-plain button-small" aria-disabled={page.saving.value} onClick={() => void remove()}>
          {page.saving.value ? words.removing : words.removeYes}
        </Firm>
        <button type="button" class="button button-secondary button-small" onClick={() => onClose()}>
          {words.keep}
        </button>
      </div>
    </Dialog>
  );
}
