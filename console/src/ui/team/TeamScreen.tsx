import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { StepUp } from '../../model/stepUp.ts';
import type { Team, TeamList } from '../../model/team/team.ts';
import { team as words } from '../../words/team.ts';
import { AbovePage } from '../AbovePage.tsx';
import { Arriving } from '../Arriving.tsx';
import { Icon } from '../Icon.tsx';
import { StepUpDialog } from '../StepUpDialog.tsx';
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
  const open = useSignal<Opened | null>(null);
  const said = useSignal('');
  const state = news.state.value;
  useEffect(() => void news.open(), [news]);
  useEffect(() => heading.current?.focus(), []);
  const close = (done?: string) => {
    open.value = null;
    said.value = done ?? '';
    // what opened it may be gone
    requestAnimationFrame(() => {
      if (document.activeElement === document.body || !document.activeElement) heading.current?.focus();
    });
  };
  const at = open.value;
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
            onClick={() => (open.value = { is: 'invite' })}
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
            {said.value}
          </p>
          <TeamTable list={list} onOpen={(which) => (open.value = which)} />
          <div class="note team-note">
            <Icon name="info" />
            <span>{words.note}</span>
          </div>
        </>
      )}
      {/* before the window that it stands over: both are named by their own heading, and the first counts */}
      <StepUpDialog stepUp={stepUp} />
      {/* what she does in a window stays, whatever becomes of the page: a link is shown once */}
      {at && last.current && <OpenDialog at={at} team={team} list={last.current} onClose={close} />}
    </main>
  );
}

interface DialogProps {
  at: Opened;
  team: Team;
  list: TeamList;
  onClose(done?: string): void;
}
function OpenDialog({ at, ...rest }: DialogProps) {
  if (at.is === 'invite') return <InviteDialog team={rest.team} onClose={rest.onClose} />;
  if (at.is === 'person') return <PersonDialog {...rest} id={at.id} />;
  return <InvitationDialog {...rest} id={at.id} />;
}
