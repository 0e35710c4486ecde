import { wholeMinutes } from '../../model/times.ts';
import { longestWait } from '../../model/waiting.ts';
import { holdsSomebody } from '../../model/attention.ts';
import { isHeld } from '../../model/ends.ts';
import { door as words } from '../../words/door.ts';
import { nl } from '../../words/nl.ts';
import { Brand } from '../Brand.tsx';
import { useConsole } from '../console.ts';
import { Icon } from '../Icon.tsx';
import { losesSomething } from '../loses.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { SoundMenu } from './SoundMenu.tsx';
import { StatusMenu } from './StatusMenu.tsx';

export function TopBar() {
  const { workspace, session, ownKeys, door } = useConsole();
  const { desk } = workspace;
  const me = desk.me.value;
  const longest = longestWait(desk.queue.value, workspace.nowMs.value);
  return (
    <header class="top" aria-label={nl.regions.status} data-region tabIndex={-1}>
      <Brand demo={me?.demo ?? false} />
      <span class="fact fact-queue">
        <Icon name="hourglass" size={16} />
        {nl.top.queue} <b>{desk.queue.value.length}</b>
      </span>
      <span class="fact fact-longest">
        <Icon name="clock" size={16} />
        {nl.top.longest} <b>{longest === null ? '–' : nl.top.minutes(wholeMinutes(longest))}</b>
      </span>
      <span class="fact fact-colleagues">
        <Icon name="users" size={16} />
        {nl.top.colleagues} <b>{desk.colleagues.value}</b>
      </span>
      <span class="spring" />
      <span class="fact fact-chats">
        {nl.top.chats} <b>{nl.top.of(desk.talks.value.filter(isHeld).length, desk.slots.value)}</b>
      </span>
      {desk.hours.value?.is === 'open' && (
        <button
          type="button"
          class="icon-button only-wide"
          aria-label={words.shutHint}
          title={words.shutHint}
          onClick={() => void door.set(true)}
        >
          <Icon name="lock" />
        </button>
      )}
      <StatusMenu />
      <SoundMenu />
      <button
        type="button"
        class="icon-button only-wide"
        aria-label={nl.top.shortcuts}
        aria-keyshortcuts="Alt+S"
        onClick={() => (workspace.dialog.value = 'shortcuts')}
      >
        <Icon name="keyboard" />
      </button>
      {me && (
        <AccountMenu
          me={me}
          {...(ownKeys && { ownKeys })}
          loses={() => !holdsSomebody(workspace) && losesSomething()}
          onLeave={() => {
            if (holdsSomebody(workspace)) workspace.notice.value = nl.problems.has_conversations;
            else void session.signOut().then((is) => is && (workspace.notice.value = nl.top.stillIn));
          }}
          onSessions={() => (workspace.dialog.value = 'sessions')}
        />
      )}
    </header>
  );
}
