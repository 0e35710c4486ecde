import { useEffect, useRef } from 'preact/hooks';
import type { StepUp } from '../../model/stepUp.ts';
import type { Team, TeamList } from '../../model/team/team.ts';
import { team as words } from '../../words/team.ts';
import { AbovePage } from '../AbovePage.tsx';
import { Arriving } from '../Arriving.tsx';
import { Icon } from '../Icon.tsx';
import { Problem } from '../signin/Problem.tsx';
import { StepUpDialog } from '../StepUpDialog.tsx';
import { useWindows } from '../windows.ts';
import type { Opened } from './opened.ts';
import { InvitationDialog } from './InvitationDialog.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { PersonDialog } from './PersonDialog.tsx';
import { TeamNewsStrip } from './TeamNewsStrip.tsx';
import { TeamTable } from './TeamTable.tsx';

/** Who works here, and what she may do. Nothing here says how much or how well somebody works. */
export function TeamScreen({ team, stepUp }: { team: Team; stepUp: StepUp }) {
  const { news } = team;
  const heading = useRef<HTMLHeadingElement>(null);
  const windows = useWindows<Opened>(heading, stepUp.leave, team);
  const state = news.state.value;
  useEffect(() => void news.open(), [news]);
  const at = windows.open.value;
  const list = state.is === 'ready' ? state.list : null;
  const last = useRef(list);
  if (list) last.current = list;
  return (
    <main class="page team" id="page" data-region tabIndex={-1} aria-labelledby="page-title">
      <AbovePage />
      <div class="team-head">
        <h1 id="page-title" ref={heading} tabIndex={-1}>
          {words.title}
        </h1>
        {list && (
          <button
            type="button"
            class="button button-primary button-small"
            onClick={() => windows.opens({ is: 'invite' })}
          >
            <Icon name="user-plus" />
            {words.invite.title}
          </button>
        )}
      </div>
      <Arriving is={state.is} words={words} onAgain={() => news.open()} />
      {list && (
        <>
          <TeamNewsStrip news={news} names={list.names} onSeen={() => heading.current?.focus()} />
          <p role="status" class="team-said">
            {windows.said.value}
          </p>
          {windows.late.value !== null && <Problem says={windows.late.value} />}
          <TeamTable list={list} onOpen={windows.opens} />
          <div class="note team-note">
            <Icon name="info" />
            <span>{words.note}</span>
          </div>
        </>
      )}
      {/* before the window that it stands over: both are named by their own heading, and the first counts */}
      <StepUpDialog stepUp={stepUp} />
      {/* what she does in a window stays, whatever becomes of the page: a link is shown once */}
      {at && last.current && (
        <OpenDialog
          at={at}
          team={team}
          list={last.current}
          onClose={(done) => windows.closes(at, done)}
          onLate={(says) => windows.tells(at, says)}
        />
      )}
    </main>
  );
}

interface DialogProps {
  at: Opened;
  team: Team;
  list: TeamList;
  onClose(done?: string): void;
  /** where this window is there no more, the page says it */
  onLate(says: string): void;
}
function OpenDialog({ at, ...rest }: DialogProps) {
  if (at.is === 'invite') return <InviteDialog team={rest.team} onClose={() => rest.onClose()} onLate={rest.onLate} />;
  if (at.is === 'person') return <PersonDialog {...rest} id={at.id} />;
  return <InvitationDialog {...rest} id={at.id} />;
}
