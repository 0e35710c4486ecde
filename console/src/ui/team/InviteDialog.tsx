import { useSignal } from '@preact/signals';
import { NAME_CHARS_MAX } from '@clbchat/shared/names';
import { useEffect, useRef } from 'preact/hooks';
import type { MadeLink, Team, Why } from '../../model/team/team.ts';
import { asMoment, rolesOf, team as words, type RoleChoice as Choice } from '../../words/team.ts';
import { Dialog } from '../Dialog.tsx';
import { Problem } from '../signin/Problem.tsx';
import { RoleChoice } from './RoleChoice.tsx';
import { useAskBeforeLosing } from '../loses.ts';

const AT_NAME: readonly Why[] = ['name_unread', 'name_long'];

interface Props {
  team: Team;
  onClose(): void;
  onLate(says: string): void;
}
/** From a choice of roles to a link that is shown once. */
export function InviteDialog({ team, onClose, onLate }: Props) {
  const chosen = useSignal<Choice>('counsellor');
  const name = useSignal('');
  const busy = useSignal(false);
  const problem = useSignal<Why | null>(null);
  const who = useRef<HTMLInputElement>(null);
  const made = useSignal<MadeLink | null>(null);
  const make = async (event: Event) => {
    event.preventDefault();
    if (busy.peek()) return;
    busy.value = true;
    problem.value = null;
    const answer = await team.invite(rolesOf(chosen.peek()), name.peek().trim());
    busy.value = false;
    if (typeof answer === 'string') problem.value = answer;
    else made.value = answer;
    const says = typeof answer === 'string' ? words.problems[answer] : words.invite.unseen;
    onLate(words.late(words.invitation.title(name.peek().trim()), says));
  };
  const says = problem.value && words.problems[problem.value];
  const isAtName = problem.value !== null && AT_NAME.includes(problem.value);
  useEffect(() => {
    if (isAtName) who.current?.focus();
  }, [problem.value]);
  if (made.value) return <LinkDialog made={made.value} onClose={onClose} />;
  return (
    <Dialog key="ask" title={words.invite.title} onClose={onClose}>
      <form class="team-form" noValidate onSubmit={(event) => void make(event)}>
        <p>{words.invite.lead}</p>
        <RoleChoice legend={words.invite.roles} chosen={chosen} />
        <div class="team-field">
          <label for="team-who">{words.invite.who}</label>
          <input
            ref={who}
            id="team-who"
            class="input"
            type="text"
            autocomplete="off"
            maxLength={NAME_CHARS_MAX}
            aria-describedby="team-who-problem team-who-help"
            aria-invalid={isAtName}
            value={name.value}
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
          {(isAtName || busy.value) && (
            <Problem id="team-who-problem" says={isAtName ? says : null} keeps={busy.value} />
          )}
          <small id="team-who-help">{words.invite.whoHelp}</small>
        </div>
        {!isAtName && <Problem says={says} keeps={busy.value} />}
        <div class="dialog-actions">
          <button type="button" class="button button-plain button-small" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" class="button button-primary button-small" aria-disabled={busy.value}>
            {busy.value ? words.busy : words.invite.make}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function LinkDialog({ made, onClose }: { made: MadeLink; onClose(): void }) {
  const said = useSignal('');
  const field = useRef<HTMLInputElement>(null);
  const { link: say } = words;
  // nobody shows it again: a reload or Back asks first
  useAskBeforeLosing();
  const copy = async () => {
    const copied = await navigator.clipboard.writeText(made.link).then(
      () => true,
      () => false,
    );
    said.value = copied ? say.copied : say.notCopied;
    if (!copied) field.current?.select();
  };
  return (
    <Dialog key="link" title={say.title} onClose={onClose}>
      <p>{say.lead(asMoment(made.endMs))}</p>
      <div class="team-field">
        <label for="team-link">{say.label}</label>
        <input
          ref={field}
          id="team-link"
          class="input"
          type="text"
          readOnly
          value={made.link}
          onFocus={(event) => event.currentTarget.select()}
        />
      </div>
      <p>{say.next}</p>
      <p class="small muted">{say.once}</p>
      <p role="status" class="small">
        {said.value}
      </p>
      <div class="dialog-actions">
        <button type="button" class="button button-primary button-small" onClick={() => void copy()}>
          {say.copy}
        </button>
        <button type="button" class="button button-secondary button-small" onClick={onClose}>
          {say.done}
        </button>
      </div>
    </Dialog>
  );
}
