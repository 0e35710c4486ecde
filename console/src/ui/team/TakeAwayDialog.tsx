import { useSignal } from '@preact/signals';
import { isLost } from '../../model/devices.ts';
import type { DevicesPage } from '../../model/team/devices.ts';
import { devices as words } from '../../words/devices.ts';
import { Dialog } from '../Dialog.tsx';
import { Firm } from '../Firm.tsx';
import { Problem } from '../signin/Problem.tsx';

interface Props {
  page: DevicesPage;
  /** a computer on which somebody chats, or what a coordinator signs with */
  what: keyof typeof words.takeAway;
  who: string;
  /** @returns whether it is gone */
  onYes(): Promise<boolean>;
  /** she gave it up, or it is gone */
  onClose(): void;
}

/** What puts somebody out at once is asked first: a second press of a hand would take what came to stand there [O26]. What went wrong is said here, and is of this window alone. */
export function TakeAwayDialog({ page, what, who, onYes, onClose }: Props) {
  const { title, lead, yes, lost } = words.takeAway[what];
  const trouble = useSignal<string | null>(null);
  const { value: why } = trouble;
  const goes = async () => {
    if (page.busy.peek()) return;
    trouble.value = null;
    if (await onYes()) return onClose();
    trouble.value = page.problem.peek()?.why ?? null;
  };
  return (
    <Dialog title={title(who)} onClose={onClose}>
      <p>{lead}</p>
      <Problem
        says={why === null ? null : isLost({ ok: false, why }) ? lost : words.problemOf(why)}
        keeps={page.busy.value}
      />
      <div class="dialog-actions">
        <Firm class="button button-danger button-small" aria-disabled={page.busy.value} onClick={goes}>
          {page.busy.value ? words.busy : yes}
        </Firm>
        <button type="button" class="button button-plain button-small" onClick={onClose}>
          {words.cancel}
        </button>
      </div>
    </Dialog>
  );
}
