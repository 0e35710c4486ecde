import type { Signal } from '@preact/signals';
import { ROLE_CHOICES, team as words, type RoleChoice as Choice } from '../../words/team.ts';

/** Which of the three; never none. */
export function RoleChoice({ legend, chosen }: { legend: string; chosen: Signal<Choice> }) {
  return (
    <fieldset class="team-roles">
      <legend>{legend}</legend>
      {ROLE_CHOICES.map((choice) => (
        <label key={choice} class="check">
          <input
            type="radio"
            name="team-role"
            checked={chosen.value === choice}
            onChange={() => (chosen.value = choice)}
          />
          <span>
            <b>{words.roles[choice]}</b> <small>{words.roleHelp[choice]}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
