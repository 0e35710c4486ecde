import type { DeskTalk } from '@clbchat/shared/client/views';
import { initials, nickOf, personOf } from '../../model/naming.ts';
import { asClock, asTimeOfDay, wholeMinutes } from '../../model/times.ts';
import { LATE_ANSWER_MS, unansweredSince } from '../../model/waiting.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Icon } from '../Icon.tsx';
import type { IconName } from '../icons.ts';

interface Line {
  icon?: IconName;
  text: string;
  late?: boolean;
  aloud?: string;
}

/** The small third line: the most pressing of what is going on. */
function stateOf(talk: DeskTalk, nowMs: number, hasDraft: boolean): Line {
  const stage = talk.stage.value;
  if (stage.is === 'opening') return { icon: 'lock', text: nl.talks.opening };
  if (stage.is === 'released') return { icon: 'info', text: nl.talks.released };
  if (stage.is === 'ended') return { icon: 'check', text: nl.talks.ended };
  if (talk.talk.peerSilent.value) return { icon: 'wifi-off', text: nl.talks.silent };
  const busy = nl.talks.busy(wholeMinutes(nowMs - talk.startedMs));
  if (talk.talk.peerTyping.value) return { icon: 'pencil-line', text: `${nl.talks.typing} · ${busy}` };
  const since = unansweredSince(talk.talk.items.value);
  if (since !== null) {
    const waitedMs = Math.max(0, nowMs - since);
    const line = { text: nl.talks.waits(asClock(waitedMs)), aloud: nl.talks.waitsAloud(wholeMinutes(waitedMs)) };
    return waitedMs >= LATE_ANSWER_MS ? { ...line, icon: 'clock-alert', late: true } : { ...line, icon: 'clock' };
  }
  return hasDraft ? { icon: 'pencil-line', text: `${nl.talks.draft} · ${busy}` } : { text: busy };
}

/** The last message, shortened by the sheet. Only the screen sees it: nothing announces it. */
function preview(talk: DeskTalk): { text: string; time: string } {
  const stage = talk.stage.value;
  if (stage.is === 'ended') return { text: nl.endings[stage.reason](personOf(talk)), time: '' };
  const last = talk.talk.items.value.findLast((item) => item.is === 'text');
  if (last?.is !== 'text') return { text: nl.topics[talk.topic], time: '' };
  return { text: last.from === 'me' ? nl.talks.me + last.text : last.text, time: asTimeOfDay(last.atMs) };
}

export function TalkRow({ talk }: { talk: DeskTalk }) {
  const { workspace } = useConsole();
  const nick = nickOf(talk);
  const unread = talk.talk.unread.value;
  const current = workspace.openTalk.value === talk;
  const state = stateOf(talk, workspace.nowMs.value, workspace.drafts.of(talk.visitId) !== '');
  const { text, time } = preview(talk);
  const name = [
    nick,
    nl.roles[talk.role].toLowerCase(),
    ...(unread > 0 ? [nl.talks.unread(unread)] : []),
    state.aloud ?? state.text,
  ];
  return (
    <li>
      <button
        type="button"
        class={unread > 0 ? 'talk-row unread' : 'talk-row'}
        aria-current={current ? 'true' : undefined}
        onClick={() => workspace.open(talk.visitId)}
      >
        <span class="hidden-text">{name.join(', ')}</span>
        <span class={`avatar avatar-${talk.role}`} aria-hidden="true">
          {initials(nick)}
        </span>
        <bdi class="talk-name" aria-hidden="true">
          {nick}
        </bdi>
        {unread > 0 ? (
          <span class="unread-badge" aria-hidden="true">
            {unread}
          </span>
        ) : (
          <span class="tiny muted talk-time" aria-hidden="true">
            {time}
          </span>
        )}
        <span class="preview" aria-hidden="true">
          {text}
        </span>
        <span class={state.late ? 'talk-state late' : 'talk-state'} aria-hidden="true">
          {state.icon && <Icon name={state.icon} size={16} />}
          {state.text}
        </span>
      </button>
    </li>
  );
}
