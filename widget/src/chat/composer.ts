import { computed, effect, signal } from '@preact/signals';
import { agreed } from '@clbchat/shared/agreed';
import type { Talk } from '@clbchat/shared/client/views';
import { personalData } from '../steps/personalData.ts';

const COUNT_FROM = 1_800;

/** Why the text is still in the field. */
export type Held =
  | { is: 'no' }
  | { is: 'personal' }
  | { is: 'too_long'; by: number }
  | { is: 'surrogate' }
  /** written before the person at the other side changed: sent by a new press only */
  | { is: 'returned' };

/** The text being written. It leaves by `send` and by nothing else, and stays on every refusal. */
export function createComposer(talk: Talk) {
  const draft = signal('');
  const held = signal<Held>({ is: 'no' });

  const stop = effect(() => {
    const returned = talk.returned.value;
    if (returned === '') return;
    draft.value = [returned, draft.peek()].filter((text) => text !== '').join('\n');
    held.value = { is: 'returned' };
    talk.clearReturned();
  });

  function deliver(): boolean {
    const text = draft.value;
    const sent = talk.send(text);
    if (sent.ok) {
      draft.value = '';
      held.value = { is: 'no' };
      return true;
    }
    if (sent.why === 'too_long') held.value = { is: 'too_long', by: Math.max(1, text.length - agreed.textUnitsMax) };
    if (sent.why === 'surrogate') held.value = { is: 'surrogate' };
    return false;
  }

  return {
    draft,
    held,
    stop,
    /** characters that are left, once it matters */
    left: computed(() => (draft.value.length < COUNT_FROM ? null : agreed.textUnitsMax - draft.value.length)),
    write(text: string) {
      draft.value = text;
      held.value = { is: 'no' };
      if (text === '') talk.emptied();
      else talk.typed();
    },
    /** @returns true when the text has gone to the engine */
    send(): boolean {
      if (draft.value.trim() === '') return false;
      if (personalData(draft.value)) {
        held.value = { is: 'personal' };
        return false;
      }
      return deliver();
    },
    sendAnyway: deliver,
    change: () => (held.value = { is: 'no' }),
  };
}
export type Composer = ReturnType<typeof createComposer>;
