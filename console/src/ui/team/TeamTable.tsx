import type { ComponentChildren } from 'preact';
import type { Invitation, Person, TeamList } from '../../model/team/team.ts';
import { asMoment, roleName, team as words } from '../../words/team.ts';
import type { Opened } from './opened.ts';
import { State } from './State.tsx';

interface Props {
  list: TeamList;
  onOpen(which: Opened): void;
}

/** A row for each account, and for each that waits for somebody to make it. */
export function TeamTable({ list, onOpen }: Props) {
  const { people, invitations, me, names } = list;
  return (
    <div class="team-box">
      <table class="team-table">
        <caption class="hidden-text">{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.role}</th>
            <th scope="col">{words.account}</th>
            <th scope="col">{words.last}</th>
            <th scope="col">
              <span class="hidden-text">{words.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.toSorted(byName).map((person) => (
            <Row
              key={person.id}
              name={person.name}
              aside={person.id === me && <span class="chip chip-you">{words.you}</span>}
              role={roleName(person.roles)}
              state={<State of={person} />}
              last={words.lastIn[person.lastIn]}
              onOpen={() => onOpen({ is: 'person', id: person.id })}
            />
          ))}
          {invitations.map((invitation) => (
            <Row
              key={invitation.id}
              name={words.invitationFor(invitation.name)}
              aside={<small>{words.invitedBy(names[invitation.by] ?? '', asMoment(invitation.endMs))}</small>}
              role={roleName(invitation.roles)}
              state={<State of={null} />}
              last={words.lastIn.never}
              onOpen={() => onOpen({ is: 'invitation', id: invitation.id })}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const byName = (a: Pick<Person, 'name'>, b: Pick<Person, 'name'>) => a.name.localeCompare(b.name, 'nl');

interface RowProps {
  name: Invitation['name'];
  aside: ComponentChildren;
  role: string;
  state: ComponentChildren;
  last: string;
  onOpen(): void;
}

function Row({ name, aside, role, state, last, onOpen }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <b>{name}</b>
        {aside}
      </th>
      <td>{role}</td>
      <td>{state}</td>
      <td>
        <span class="team-label" aria-hidden="true">
          {words.last}:{' '}
        </span>
        {last}
      </td>
      <td>
        <button
          type="button"
          class="button button-plain button-small"
          aria-label={words.manageOf(name)}
          onClick={onOpen}
        >
          {words.manage}
        </button>
      </td>
    </tr>
  );
}
