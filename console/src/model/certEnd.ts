import { computed, effect, type ReadonlySignal } from '@preact/signals';
import { isHeld } from './ends.ts';
import type { Session } from './session.ts';
import type { Workspace } from './workspace.ts';

/** Whether this computer's certificate ended: nobody comes here any more [O28]. */
export const certEnded = (
  { certEndsMs }: Pick<Session, 'certEndsMs'>,
  nowMs: ReadonlySignal<number>,
): ReadonlySignal<boolean> => computed(() => certEndsMs.value !== null && certEndsMs.value <= nowMs.value);

/**
 * Once she holds nobody at such a computer she is on a break there: nothing on her screen says that somebody comes [O68]. Who was put
 * on it by that is available again once the certificate was renewed. @returns how to stop
 */
export function restsOnceEnded(workspace: Workspace, isEnded: ReadonlySignal<boolean>): () => void {
  const { desk } = workspace;
  let putOnIt = false;
  return effect(() => {
    const status = desk.status.value;
    const isHere = desk.view.value.is === 'here';
    const isIdle = isHere && !desk.talks.value.some(isHeld);
    if (isEnded.value && isIdle && status === 'available') {
      putOnIt = true;
      void workspace.setStatus('paused');
    } else if (!isEnded.value && isHere && putOnIt) {
      putOnIt = false;
      if (status === 'paused') void workspace.setStatus('available');
    }
  });
}
