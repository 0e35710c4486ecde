import { useSignal } from '@preact/signals';
import type { Team, TeamList } from '../../model/team/team.ts';
import { asMoment, roleName, team as words } from '../../words/team.ts';
import { Dialog } from '../Dialog.tsx';
import { Firm } from '../Firm.tsx';
import { Problem } from '../signin/Problem.tsx';

interface Props {
  team: Team;
  id: string;
  list: TeamList;
  onClose(done?: string): void;
  onLate(says: string): void;
}

/** An invitation that nobody used yet: what it gives, and the way to take it back. */
export function InvitationDialog({ team, id, list, onClose, onLate }: Props) {
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  // as it stood when the window opened: it may be used meanwhile
  const { value: invitation } = useSignal(list.invitations.find((one) => one.id === id));
  const withdraw = async () => {
    if (busy.peek()) return;
    busy.value = true;
    const why = await team.withdraw(id);
    busy.value = false;
    if (why === null) return onClose(words.done.withdrawn);
    problem.value = words.problems[why];
    onLate(words.late(words.invitation.title(invitation?.name ?? ''), words.problems[why]));
  };
  if (!invitation) return null;
  const { name, by, roles, endMs } = invitation;
  return (
    <Dialog title={words.invitation.title(name)} onClose={() => onClose()}>
      <p>{words.invitation.says(list.names[by] ?? by, roleName(roles))}</p>
      <p>{words.invitation.until(asMoment(endMs))}</p>
      <Problem says={problem.value} />
      <div class="dialog-actions">
        <Firm class="button button-danger button-small" aria-disabled={busy.value} onClick={() => void withdraw()}>
          {busy.value ? words.busy : words.invitation.withdraw}
        </Firm>
        <button type="button" class="button button-plain button-small" onClick={() => onClose()}>
          {words.close}
        </button>
      </div>
    </Dialog>
  );
}
