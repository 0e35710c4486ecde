import { shortcutFor } from '../model/shortcuts.ts';
import type { Console } from './console.ts';

/** F6 goes round the parts of the screen that are shown. @returns false when there is none */
function focusNextRegion(page: Document, backwards: boolean): boolean {
  const regions = [...page.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (one) => one.checkVisibility?.() ?? true,
  );
  if (regions.length === 0) return false;
  const at = regions.findIndex((one) => one.contains(page.activeElement));
  const next =
    at < 0 ? (backwards ? regions.length - 1 : 0) : (at + (backwards ? -1 : 1) + regions.length) % regions.length;
  regions[next]?.focus();
  return true;
}

type Keys = Pick<Console, 'workspace' | 'prefs' | 'certEnded'>;

/** Alt and F6 for the whole workspace. While a dialog is open its own keys hold. @returns how to stop */
export function listenToKeys(page: Document, { workspace, prefs, certEnded }: Keys): () => void {
  const press = (event: KeyboardEvent) => {
    if (workspace.dialog.value !== null || event.isComposing) return;
    if (event.code === 'F6' && focusNextRegion(page, event.shiftKey)) return event.preventDefault();
    if (!prefs.shortcuts.value) return;
    const altGraph = event.getModifierState?.('AltGraph') ?? false;
    const { code, altKey, ctrlKey, metaKey, shiftKey } = event;
    const run = shortcutFor({ code, altKey, ctrlKey, metaKey, shiftKey, altGraph }, workspace, certEnded.value);
    if (!run) return;
    event.preventDefault();
    run();
  };
  page.addEventListener('keydown', press);
  return () => page.removeEventListener('keydown', press);
}
