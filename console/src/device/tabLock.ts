/**
 * One working tab per person and browser profile, by a Web Lock that the tab keeps until it closes.
 *
 * @returns false when another tab has it and `steal` is off. `onStolen` runs once, when another tab takes it.
 */
export function takeTabLock(
  locks: LockManager,
  name: string,
  { steal, onStolen }: { steal: boolean; onStolen: () => void },
): Promise<boolean> {
  return new Promise((resolve) => {
    let mine = false;
    const kept = locks.request(name, steal ? { steal } : { ifAvailable: true }, (lock) => {
      mine = lock !== null;
      resolve(mine);
      // held until the tab goes: a promise that never settles
      return mine ? new Promise<void>(() => undefined) : undefined;
    });
    kept.catch(() => {
      if (mine) onStolen();
      else resolve(false);
    });
  });
}
