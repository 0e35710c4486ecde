import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { agreed } from '@clbchat/shared/agreed';
import type { Clock } from '@clbchat/shared/client/ports';
import type { DeskTalk } from '@clbchat/shared/client/views';
import { nl } from '../words/nl.ts';
import { answers as words } from '../words/answers.ts';
import { placeIn, type Place } from './filling.ts';
import { nickOf } from './naming.ts';
import { isHeld } from './ends.ts';
import { type Workspace } from './workspace.ts';

/** So soon after switching, Enter was probably meant for the other conversation. */
const WRONG_WINDOW_MS = 1_000;
/** From so few characters left the counter shows. */
const COUNT_FROM = 200;

/** The composer of one conversation. */
export interface Sending {
  /** why nothing can be sent now, as a sentence; null when it can */
  readonly blocked: ReadonlySignal<string | null>;
  /** the counter or the reason of a refusal; `bad` when it must change before sending */
  readonly hint: ReadonlySignal<{ text: string; bad: boolean } | null>;
  /** the question before a message that may be in the wrong window */
  readonly asks: ReadonlySignal<boolean>;
  /** what kept the last message from being sent: a place in it that nobody filled in [D52] */
  readonly unfilled: ReadonlySignal<Place | null>;
  write(text: string): void;
  /** Sends the draft, or asks first, or says why not. What was not sent stays. */
  submit(): void;
  answer(yes: boolean): void;
}

export function createSending(workspace: Workspace, talk: DeskTalk, clock: Clock): Sending {
  const { desk, drafts } = workspace;
  const asks = signal(false);
  const refused = signal<string | null>(null);
  const unfilled = signal<Place | null>(null);
  const draft = computed(() => drafts.of(talk.visitId));
  const blocked = computed(() => {
    if (desk.connection.value.is !== 'online') return nl.composer.offline;
    // the key may be there a moment before the service says that the conversation began
    return talk.stage.value.is === 'talking' || talk.talk.secure.value ? null : nl.composer.notSecure;
  });
  const send = () => {
    unfilled.value = placeIn(draft.value);
    if (unfilled.value) {
      refused.value = words.unfilled(unfilled.value.says);
      return workspace.announcer.say(words.unfilledAloud);
    }
    const sent = talk.talk.send(draft.value);
    if (sent.ok) {
      drafts.wipe(talk.visitId);
      refused.value = null;
    } else if (sent.why === 'surrogate') refused.value = nl.composer.surrogate;
    else if (sent.why === 'too_long')
      refused.value = nl.composer.over(Math.max(1, draft.value.length - agreed.textUnitsMax));
  };
  return {
    blocked,
    asks,
    unfilled,
    hint: computed(() => {
      if (refused.value) return { text: refused.value, bad: true };
      const left = agreed.textUnitsMax - draft.value.length;
      if (left < 0) return { text: nl.composer.over(-left), bad: true };
      return left <= COUNT_FROM ? { text: nl.composer.left(left), bad: false } : null;
    }),
    write(text) {
      refused.value = null;
      unfilled.value = null;
      drafts.write(talk.visitId, text);
      if (text === '') talk.talk.emptied();
      else talk.talk.typed();
    },
    submit() {
      if (draft.value.trim() === '' || !isHeld(talk)) return;
      if (blocked.value) return workspace.announcer.say(blocked.value);
      const switched = workspace.switched.value;
      // words for somebody who is gone, or for whom was just accepted, cannot be in the wrong window
      const before = desk.talks.value.find(({ visitId }) => visitId === switched?.from);
      if (switched && before && isHeld(before) && clock.nowMs() - switched.atMs < WRONG_WINDOW_MS) asks.value = true;
      // while the question stands, only its answer counts
      if (asks.value) return workspace.announcer.say(nl.composer.guard(nickOf(talk)));
      send();
    },
    answer(yes) {
      asks.value = false;
      if (yes && !blocked.value) send();
    },
  };
}
