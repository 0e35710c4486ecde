import { isHeld } from './ends.ts';
import type { Workspace } from './workspace.ts';

/** What a key press says. `code` is the key's place, because on Belgian AZERTY the digits need Shift. */
export interface KeyPress {
  code: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  /** Alt Gr, which Windows reports as Ctrl+Alt and others as Alt: it types @ and #, and is never ours */
  altGraph: boolean;
}

/**
 * @param nobodyComes where this computer's certificate ended: no key does what no button there does [O68]
 * @returns what to do, or null when the key is not ours
 */
export function shortcutFor(press: KeyPress, workspace: Workspace, nobodyComes: boolean): (() => void) | null {
  if (!press.altKey || press.ctrlKey || press.metaKey || press.shiftKey || press.altGraph) return null;
  const { desk } = workspace;
  const number = /^(?:Digit|Numpad)([1-3])$/.exec(press.code)?.[1]; // ours: keys as a browser names them
  if (number) {
    return () => {
      const talk = desk.talks.value[Number(number) - 1];
      if (talk) workspace.open(talk.visitId);
    };
  }
  switch (press.code) {
    case 'KeyN':
      return () => void (nobodyComes || workspace.takeNext());
    case 'ArrowDown':
      return () => workspace.step(1);
    case 'ArrowUp':
      return () => workspace.step(-1);
    case 'KeyJ':
      return () => workspace.openOldestUnanswered();
    case 'KeyM':
      return () => {
        const next = desk.status.value === 'available' ? 'paused' : 'available';
        if (next === 'paused' || !nobodyComes) void workspace.setStatus(next);
      };
    case 'KeyR':
      return () => {
        const stage = workspace.openTalk.value?.stage.value.is;
        if (stage === 'talking' || stage === 'opening') workspace.dialog.value = 'end';
      };
    case 'KeyA':
    case 'KeyQ': // where AZERTY has its A
      return () => {
        const talk = workspace.openTalk.value;
        if (talk && isHeld(talk)) workspace.answersFor.value = talk.visitId;
      };
    case 'KeyS':
      return () => (workspace.dialog.value = 'shortcuts');
    default:
      return null;
  }
}
