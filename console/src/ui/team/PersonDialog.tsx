import { useSignal } from '@preact/signals';
import type { Person, Team, TeamList, Why } from '../../model/team/team.ts';
import { choiceOf, roleName, rolesOf, team as words } from '../../words/team.ts';
import { Dialog } from '../Dialog.tsx';
import { Firm } from '../Firm.tsx';
import { Problem } from '../signin/Problem.tsx';
import { RoleChoice } from './RoleChoice.tsx';
import { State } from './State.tsx';

interface Props {
  team: Team;
  id: string;
  list: TeamList;
  onClose(done?: string): void;
  onLate(says: string): void;
}

/** One account: what she may do, and whether she may get in. Each is one request that counts at once. */
export function PersonDialog({ team, id, list, onClose, onLate }: Props) {
  // what was last known of who is gone by now
  const { value: first } = useSignal(list.people.find((one) => one.id === id));
  const person = list.people.find((one) => one.id === id) ?? first;
  const chosen = useSignal(choiceOf(person?.roles ?? []));
  const asking = useSignal(false);
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  if (!person) return null;
  const { name } = person;
  const isMe = id === list.me;

  async function does(ask: () => Promise<Why | null>, done: string): Promise<void> {
    if (busy.peek()) return;
    busy.value = true;
    problem.value = null;
    const why = await ask();
    busy.value = false;
    if (why === null) return onClose(done);
    problem.value = words.problems[why];
    onLate(words.late(name, words.problems[why]));
    asking.value = false;
  }
  const save = (event: Event) => {
    event.preventDefault();
    const roles = rolesOf(chosen.peek());
    void does(() => team.setRoles(person, roles), words.done.roles(name, roleName(roles)));
  };
  const setDisabled = (disabled: boolean) =>
    void does(() => team.setDisabled(person, disabled), words.done[disabled ? 'blocked' : 'enabled'](name));

  if (asking.value)
    return (
      <Dialog key="block" title={words.person.blockTitle(name)} onClose={() => onClose()}>
        <p>{words.person.blockLead(name)}</p>
        <div class="dialog-actions">
          <Firm class="button button-danger button-small" aria-disabled={busy.value} onClick={() => setDisabled(true)}>
            {busy.value ? words.busy : words.person.blockYes}
          </Firm>
          <button type="button" class="button button-plain button-small" onClick={() => (asking.value = false)}>
            {words.cancel}
          </button>
        </div>
      </Dialog>
    );
  return (
    <Dialog key="person" title={name} onClose={() => onClose()}>
      <Now person={person} />
      <form class="team-form" noValidate onSubmit={save}>
        <RoleChoice legend={words.person.roles(name)} chosen={chosen} />
        {isMe && <p class="small muted">{words.person.own}</p>}
        {person.disabled && <p>{words.person.blocked}</p>}
        <Problem says={problem.value} keeps={busy.value} />
        <div class="dialog-actions">
          {!isMe && !person.disabled && (
            <button type="button" class="button button-danger button-small" onClick={() => (asking.value = true)}>
              {words.person.block}
            </button>
          )}
          {person.disabled && (
            <button type="button" class="button button-secondary button-small" onClick={() => setDisabled(false)}>
              {words.person.enable}
            </button>
          )}
          <button type="button" class="button button-plain button-small" onClick={() => onClose()}>
            {words.cancel}
          </button>
          <button type="submit" class="button button-primary button-small" aria-disabled={busy.value}>
            {busy.value ? words.busy : words.person.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** What stands: also what somebody else changed while the window was open. */
function Now({ person }: { person: Person }) {
  return (
    <p class="team-now">
      {words.person.now} {roleName(person.roles)} <State of={person} />
    </p>
  );
}
