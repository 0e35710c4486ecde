import type { DeskTalk } from '@clbchat/shared/client/views';
import { goneOf, initials, nickOf } from '../../model/naming.ts';
import { wholeMinutes } from '../../model/times.ts';
import { isHeld } from '../../model/ends.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Icon } from '../Icon.tsx';
import { RoleChip } from '../list/RoleChip.tsx';

export function ChatHead({ talk }: { talk: DeskTalk }) {
  const { workspace } = useConsole();
  const over = workspace.overMs.value.get(talk.visitId);
  const nick = over === undefined ? nickOf(talk) : talk.nick.value || goneOf(talk);
  return (
    <div class="chat-head">
      <button type="button" class="icon-button only-phone" aria-label={nl.chat.back} onClick={() => workspace.close()}>
        <Icon name="arrow-left" />
      </button>
      <span class={`avatar avatar-${talk.role}`} aria-hidden="true">
        {initials(nick)}
      </span>
      <div class="chat-title">
        <h1 tabIndex={-1}>
          <bdi>{nick}</bdi>
        </h1>
        <span class="facts-row">
          <RoleChip role={talk.role} />
          <span class="tiny muted">
            {nl.chat.minutes(wholeMinutes((over ?? workspace.nowMs.value) - talk.startedMs))}
          </span>
        </span>
      </div>
      <div class="chat-actions">
        {isHeld(talk) && (
          <button
            type="button"
            class="button button-secondary button-small"
            aria-keyshortcuts="Alt+R"
            onClick={() => (workspace.dialog.value = 'end')}
          >
            <Icon name="check" size={16} />
            {nl.chat.end}
          </button>
        )}
        <button
          type="button"
          class="icon-button only-narrow"
          aria-label={nl.chat.panel}
          aria-expanded={workspace.contextOpen.value}
          onClick={() => (workspace.contextOpen.value = !workspace.contextOpen.value)}
        >
          <Icon name="panel-right" />
        </button>
      </div>
    </div>
  );
}
