import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { VisitView } from '@clbchat/shared/client/views';

const HERE = new Set<VisitView['is']>(['opening', 'choosing', 'talking']);
const unseen = signal(false);

/**
 * Whether it is the turn of this page's visitor, who has not looked at the chat since. Keys are agreed in a moment, so who
 * looks away would read something else before they could see it.
 */
export const turnUnseen: ReadonlySignal<boolean> = unseen;

/** @returns how to stop */
export function watchTurn(view: ReadonlySignal<VisitView>, minimised: ReadonlySignal<boolean>): () => void {
  let here = false;
  return effect(() => {
    const before = here;
    here = HERE.has(view.value.is);
    if (!here || !minimised.value) unseen.value = false;
    else if (!before) unseen.value = true;
  });
}
