import { readFileSync } from 'node:fs';
import * as cookies from '@clbchat/server/accounts/cookie.rules';
import { bounds, defaultRules } from '@clbchat/server/centre/bounds.rules';
import type { DeskRow, KeptVisit } from '@clbchat/shared/client/ports';
import { describe, expect, test } from 'vitest';
import { openDatabase, type StoreName } from '../console/src/device/database.ts';
import type { Prefs } from '../console/src/model/prefs.ts';
import { namedAt, onTheDevice } from './support/onTheDevice.ts';

/** What may lie there. A field more in the program, and this does not compile before it stands here and, by the test, in the page. */
const visit: Record<keyof KeptVisit, readonly string[]> = {
  ...{ visitId: ['visitId'], proof: ['proof'], token: ['token'], next: ['next'], vnonce: ['vnonce'] },
  ...{ vault: ['vault.rid', 'vault.w'], sealedMax: ['sealedMax'], sinceMs: ['sinceMs'], life: ['life'] },
  ...{ alive: ['alive.atMs', 'alive.talking'], goneMs: ['goneMs'] },
};
const row: Record<keyof DeskRow | 'who', string> = {
  ...{ who: 'who', visitId: 'visitId', rid: 'rid', wrap: 'wrap', hold: 'hold', epoch: 'epoch', met: 'met' },
  ...{ links: 'links', sinceMs: 'sinceMs' },
};
const prefs: Record<keyof Prefs, string> = {
  ...{ soundVisitor: 'soundVisitor', soundMessage: 'soundMessage', shortcuts: 'shortcuts' },
};

/** The stores that a new profile gets, whatever release it is of. */
async function storesMade(): Promise<string[]> {
  const made: string[] = [];
  const result = { createObjectStore: (name: string) => made.push(name), close: () => undefined };
  const opening = { result } as unknown as IDBOpenDBRequest;
  const opened = openDatabase({ open: () => opening } as unknown as IDBFactory);
  opening.onupgradeneeded?.({ oldVersion: 0 } as IDBVersionChangeEvent);
  opening.onsuccess?.({} as Event);
  await opened;
  return made.toSorted();
}
const namesOf = (place: string) => [...new Set(namedAt(place).map(({ name }) => name))].toSorted();
/** All names that begin like a cookie of ours. */
const cookiesNamed = onTheDevice().flatMap(({ what }) => what.filter(({ name }) => /^clb(-|$)/.test(name)));

describe('[P11] the table of what lies on the device', () => {
  test('names each cookie that the program can make, and no other', () => {
    const [, probe = ''] = /const PROBE = '([\w-]+)=/.exec(readFileSync('console/src/device/browser.ts', 'utf8')) ?? [];
    const made = [...Object.values(cookies).flat(), probe].filter((one): one is string => typeof one === 'string');
    expect(made.length).toBeGreaterThan(10);
    expect(made.filter((name) => !cookiesNamed.some(({ fits }) => fits.test(name)))).toEqual([]);
    expect(cookiesNamed.filter(({ fits }) => !made.some((name) => fits.test(name)))).toEqual([]);
  });

  test('has a row for each store of the console', async () => {
    const stores: readonly StoreName[] = ['people', 'rows', 'prefs', 'issuers'];
    expect(await storesMade()).toEqual(stores.toSorted());
    const named = onTheDevice().flatMap(({ where }) => where);
    expect((await storesMade()).filter((store) => !named.some(({ fits }) => fits.test(store)))).toEqual([]);
  });

  test('names each field of a visit that a tab keeps, and no other', () => {
    expect(namesOf('visit')).toEqual(Object.values(visit).flat().toSorted());
  });

  test('names each field of a visit that a console keeps, and no other', () => {
    expect(namesOf('rows')).toEqual(Object.values(row).toSorted());
  });

  test('names each choice that a console keeps, and no other', () => {
    expect(namesOf('console')).toEqual(Object.values(prefs).toSorted());
  });
});

test('[P11] docs/privacy.md says how long a place is kept as the rules do, and how far a coordinator may change that', () => {
  const page = readFileSync('docs/privacy.md', 'utf8');
  const [least, most] = bounds.unloadKeepMs;
  const { unloadKeepMs, waitingKeepMs, talkingKeepMs } = defaultRules;
  const words: Readonly<Record<number, string>> = { 30_000: 'half a minute', 120_000: 'two minutes', 600_000: 'ten' };
  expect(page).toContain(`${words[unloadKeepMs]} after its page went the service ends it`);
  expect(page).toContain(`a coordinator may set from ${words[least]} to ${words[most]}`);
  const [waiting, talking] = [waitingKeepMs, talkingKeepMs].map((ms) => ms / 60_000);
  const longest = Math.max(bounds.waitingKeepMs[1], bounds.talkingKeepMs[1]) / 60_000;
  expect(page).toContain(
    `(${waiting} minutes while waiting, ${talking} in a conversation, unless a coordinator set another, of ${longest} minutes at most)`,
  );
});
