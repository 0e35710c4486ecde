/** What the set-up asks of its browser tab. */

/** Gives a file to whoever sits there; where it goes is the browser's business. */
export function saveFile(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  link.download = name;
  link.click();
  // some browsers read it later than they are told to
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER_MS);
}
const REVOKE_AFTER_MS = 60_000;

export const copyText = (text: string): Promise<boolean> =>
  navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );

/** A page that is loaded anew finds this in its own entry of the history: no store has to be written for one word. */
const UNDER_WAY = 'setup under way';
export const wasUnderWay = (): boolean => history.state === UNDER_WAY;

const ask = (event: BeforeUnloadEvent) => event.preventDefault();

/** While a reload would lose something, the browser asks before it. */
export function markUnderWay(is: boolean): void {
  if (is === wasUnderWay()) return;
  history.replaceState(is ? UNDER_WAY : null, '');
  if (is) addEventListener('beforeunload', ask);
  else removeEventListener('beforeunload', ask);
}
