import type { VisitId } from '@clbchat/shared/ids';
import { createDeskRow } from '@clbchat/shared/client/desk/row';
import { createKeyring } from '@clbchat/shared/client/talk/keyring';
import { emptyTalk } from '@clbchat/shared/client/talk/ports';
import type { DeskRow } from '@clbchat/shared/client/ports';
import { expect, test, vi } from 'vitest';

const VISIT = 'AAAAAAAAAAAAAAAAAAAAAA' as VisitId;

/** Turns of the loop: many more than one wrap takes. */
const TURNS = 5_000;

/** A disk that writes in the order in which it is asked, as IndexedDB does. */
function disk() {
  let rows: DeskRow[] = [];
  return {
    rows: () => Promise.resolve(rows),
    write: (row: DeskRow) => Promise.resolve(void (rows = [row])),
    remove: () => Promise.resolve(void (rows = [])),
  };
}

test('[K3 E71] the row that stays is that of the newest save: an older one that was slower to wrap does not take a key away', async () => {
  const keep = disk();
  const ring = createKeyring(VISIT);
  const row = createDeskRow(keep, VISIT, ring, 0);
  await ring.hold(1, new Uint8Array(32).fill(1));
  row.own(1);
  // a text is written down, and wrapping it takes a moment; meanwhile the next epoch's key is opened and written down
  let go: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => (go = resolve));
  const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'encrypt').mockImplementationOnce(async (...args: Parameters<typeof encrypt>) => {
    const done = await encrypt(...args);
    await slow;
    return done;
  });
  row.talk = { ...emptyTalk(), waiting: [{ mid: 'm', text: 'dag', person: 'v' }] };
  const text = row.save(1, 1);
  await vi.waitFor(() => expect(crypto.subtle.encrypt).toHaveBeenCalledTimes(1));
  await ring.hold(2, new Uint8Array(32).fill(2));
  row.own(2);
  const key = row.save(1, 2); // kept: from then on the epoch may be confirmed
  // a save that waits for nobody gets its turns, and is done
  let kept = false;
  void key.then(() => (kept = true));
  for (let turn = 0; turn < TURNS && !kept; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  go();
  await key;
  await text;

  const after = createKeyring(VISIT);
  const reloaded = createDeskRow(keep, VISIT, after, 0);
  expect(await reloaded.unlock(row.share)).toBe(true);
  expect(after.epochs()).toEqual([1, 2]);
});

test('[E71] the same by nothing but a long text and a short one', async () => {
  let older = 0;
  for (let n = 0; n < 50; n += 1) {
    const keep = disk();
    const ring = createKeyring(VISIT);
    const row = createDeskRow(keep, VISIT, ring, 0);
    const waiting = Array.from({ length: 200 }, (_, mid) => ({ mid: `${mid}`, text: 'x'.repeat(2_000), person: 'v' }));
    row.talk = { ...emptyTalk(), waiting };
    const long = row.save(1, 1);
    row.talk = emptyTalk();
    const short = row.save(1, 2);
    await Promise.all([long, short]);
    if ((await keep.rows())[0]?.epoch === 1) older += 1;
  }
  expect(older).toBe(0);
});
