import { effect, untracked } from '@preact/signals';
import type { Clock, Page, Timers } from '@clbchat/shared/client/ports';
import type { VisitId } from '@clbchat/shared/ids';
import { nl } from '../words/nl.ts';
import type { Bell } from './bell.ts';
import { nickOf } from './naming.ts';
import type { PrefsModel } from './prefs.ts';
import { isHeld } from './ends.ts';
import { type Workspace } from './workspace.ts';

const RING_EVERY_MS = 3_000;
/** News of messages elsewhere is said and heard no more often than this. */
const NEWS_EVERY_MS = 5_000;

export interface AttentionPorts {
  bell: Bell;
  prefs: PrefsModel;
  clock: Clock;
  timers: Timers;
  page: Page;
  /** the tab's title; gets a dot, never a name, a number or a text */
  setTitle(title: string): void;
}

/** What makes a counsellor look: the bell, the dot in the title, a polite word. @returns how to stop */
export function watchAttention(workspace: Workspace, ports: AttentionPorts): () => void {
  const { desk, announcer } = workspace;
  const { bell, prefs } = ports;
  const said = new Set<number>();
  const counted = new Map<VisitId, number>();
  let newsAtMs = -Infinity;
  let silence: (() => void) | null = null;

  const news = (sentence: string) => {
    const nowMs = ports.clock.nowMs();
    if (nowMs - newsAtMs < NEWS_EVERY_MS) return;
    newsAtMs = nowMs;
    announcer.say(sentence);
    if (untracked(() => prefs.soundMessage.value)) bell.tick();
  };
  const markRead = () => {
    const open = workspace.openTalk.value;
    if (open && open.talk.unread.value > 0 && ports.page.visible()) open.talk.markRead();
  };

  const stops = [
    effect(() => {
      const rings = desk.view.value.is === 'here' && desk.rings.value.length > 0 && prefs.soundVisitor.value;
      if (rings && !silence) {
        bell.ring();
        silence = ports.timers.every(RING_EVERY_MS, () => bell.ring());
      } else if (!rings && silence) {
        silence();
        silence = null;
      }
    }),
    effect(() => {
      for (const ring of desk.rings.value) {
        if (said.has(ring.offerNo)) continue;
        said.add(ring.offerNo);
        announcer.say(nl.offer.announce(nl.roles[ring.role], nl.topics[ring.topic]));
      }
    }),
    effect(() => {
      for (const talk of desk.talks.value) {
        // not what is unread: after a reload that may have been told of before [D44]
        const came = talk.news.value;
        const before = counted.get(talk.visitId) ?? 0;
        counted.set(talk.visitId, came);
        if (came <= before) continue;
        const open = untracked(() => workspace.openTalk.value) === talk;
        news(open ? nl.talks.newHere : nl.talks.newMessage(untracked(() => nickOf(talk))));
      }
    }),
    effect(markRead),
    ports.page.onVisible(markRead),
    effect(() => {
      const here = desk.view.value.is === 'here';
      const calls =
        here && (desk.rings.value.length > 0 || desk.talks.value.some((talk) => talk.talk.unread.value > 0));
      ports.setTitle(calls ? `● ${nl.brand}` : nl.brand);
    }),
    () => silence?.(),
  ];
  return () => stops.forEach((stop) => stop());
}

/** True while closing the tab would leave somebody alone. */
export const holdsSomebody = (workspace: Workspace): boolean => workspace.desk.talks.value.some(isHeld);
