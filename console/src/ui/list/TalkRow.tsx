import type { DeskTalk, Item } from '@clbchat/shared/client/views';
import { goneOf, initials, nickOf, personOf } from '../../model/naming.ts';
import { asClock, asDuration, asTimeOfDay, wholeMinutes } from '../../model/times.ts';
import { LATE_ANSWER_MS, unansweredSince } from '../../model/waiting.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Icon } from '../Icon.tsx';
import type { IconName } from '../icons.ts';
import { useOnceAFrame } from '../useOnceAFrame.ts';

interface Line {
  icon?: IconName;
  text: string;
  late?: boolean;
  typing?: boolean;
  /** it is the counsellor's turn */
  waits?: boolean;
  aloud?: string;
}

/** The small third line: the most pressing of what is going on. */
function stateOf(talk: DeskTalk, items: readonly Item[], nowMs: number, overMs: number, online: boolean): Line {
  const stage = talk.stage.value;
  if (stage.is === 'opening') return { icon: 'lock', text: nl.talks.opening };
  if (stage.is === 'released') return { icon: 'info', text: nl.talks.released };
  if (stage.is === 'ended') {
    const text = nl.talks.over(asTimeOfDay(overMs), asDuration(overMs - talk.startedMs));
    return { icon: 'check', text, aloud: `${nl.talks.ended}, ${text}` };
  }
  if (talk.talk.peerSilent.value) return { icon: 'wifi-off', text: nl.talks.silent };
  const busy = nl.talks.busy(wholeMinutes(nowMs - talk.startedMs));
  if (online && talk.talk.peerTyping.value) return { text: `${nl.talks.typing} · ${busy}`, typing: true };
  const since = unansweredSince(items);
  if (since !== null) {
    const waitedMs = Math.max(0, nowMs - since);
    const line = {
      waits: true,
      text: nl.talks.waits(asClock(waitedMs)),
      aloud: nl.talks.waitsAloud(wholeMinutes(waitedMs)),
    };
    return waitedMs >= LATE_ANSWER_MS ? { ...line, icon: 'clock-alert', late: true } : { ...line, icon: 'clock' };
  }
  return { text: busy };
}

/** The last message, shortened by the sheet. Only the screen sees it: nothing announces it. */
function preview(talk: DeskTalk, items: readonly Item[]): { text: string; time: string } {
  const stage = talk.stage.value;
  if (stage.is === 'ended') return { text: nl.endings[stage.reason](personOf(talk)), time: '' };
  const last = items.findLast((item) => item.is === 'text');
  if (last?.is !== 'text') return { text: nl.topics[talk.topic], time: '' };
  return { text: last.from === 'me' ? nl.talks.me + last.text : last.text, time: asTimeOfDay(last.atMs) };
}

export function TalkRow({ talk }: { talk: DeskTalk }) {
  const { workspace } = useConsole();
  const over = workspace.overMs.value.get(talk.visitId);
  const nick = over === undefined ? nickOf(talk) : talk.nick.value || goneOf(talk);
  const items = useOnceAFrame(talk.talk.items);
  const unread = useOnceAFrame(talk.talk.unread);
  const current = workspace.openTalk.value === talk;
  const state = stateOf(talk, items, workspace.nowMs.value, over ?? 0, workspace.desk.connection.value.is === 'online');
  const hasDraft = workspace.drafts.of(talk.visitId) !== '';
  const looks = ['talk-row', unread > 0 && 'unread', state.waits && 'waits', state.late && 'late-row'];
  const { text, time } = preview(talk, items);
  const name = [
    nick,
    ...(nick.startsWith(nl.roles[talk.role]) ? [] : [nl.roles[talk.role].toLowerCase()]),
    ...(unread > 0 ? [nl.talks.unread(unread)] : []),
    ...(hasDraft ? [nl.talks.draft] : []),
    state.aloud ?? state.text,
  ];
  return (
    <li>
      <button
        type="button"
        class={looks.filter(Boolean).join(' ')}
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
        <span
          class={['talk-state', state.late && 'late', state.typing && 'types'].filter(Boolean).join(' ')}
          aria-hidden="true"
        >
          {state.icon && <Icon name={state.icon} size={16} />}
          <span class="state-text">{state.text}</span>
          {hasDraft && (
            <span class="draft">
              <Icon name="pencil-line" size={16} />
              {nl.talks.draft}
            </span>
          )}
        </span>
      </button>
    </li>
  );
}
