import { expect, test } from 'vitest';
import { openDatabase, wipeProfile } from '../../console/src/device/database.ts';

/** Storage that answers when it is told to. */
function slowStorage() {
  const waits: Partial<Record<'success' | 'error' | 'blocked', () => void>>[] = [];
  let opened = 0;
  const request = () => {
    const asked = {};
    waits.push(asked);
    return new Proxy(asked, {
      set: (_of, name, run: () => void) => Reflect.set(asked, String(name).slice(2), run),
    });
  };
  const factory = { deleteDatabase: request, open: () => ((opened += 1), request()) } as unknown as IDBFactory;
  return { factory, waits, opened: () => opened };
}

test.each(['error', 'blocked'] as const)(
  '[I19] a computer that is given up is opened no more by what still runs on the page; where that fails (%s) it goes on',
  async (fails) => {
    const { factory, waits, opened } = slowStorage();
    const failing = wipeProfile(factory);
    await expect(openDatabase(factory)).rejects.toThrow('given up');
    waits[0]![fails]!();
    expect(await failing).toBe(false);
    void openDatabase(factory);
    expect(opened()).toBe(1);
    const wiping = wipeProfile(factory);
    waits.at(-1)!.success!();
    expect(await wiping).toBe(true);
    await expect(openDatabase(factory)).rejects.toThrow('given up');
    expect(opened()).toBe(1);
    const again = wipeProfile(factory);
    waits.at(-1)!.error!();
    await again;
  },
);
