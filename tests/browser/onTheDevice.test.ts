import { expect, test } from 'vitest';
import { fieldsOf, namedAt, onTheDevice } from '../support/onTheDevice.ts';
import { counsellor, pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';

/** What a row of the database is known by, and what lies in it: what JSON cannot say, such as a key, is an empty record. */
interface Lying {
  readonly store: string;
  readonly key: string;
  readonly value: unknown;
}
const readDatabase = `new Promise((resolve) => {
  const opening = indexedDB.open('clbchat');
  opening.onsuccess = () => {
    const found = [];
    const reading = opening.result.transaction([...opening.result.objectStoreNames]);
    for (const store of opening.result.objectStoreNames)
      reading.objectStore(store).openCursor().onsuccess = ({ target: { result } }) => {
        if (!result) return;
        found.push({ store, key: String(result.key), value: JSON.parse(JSON.stringify(result.value)) });
        result.continue();
      };
    reading.oncomplete = () => { opening.result.close(); resolve(found); };
  };
})`;
const isNamed = (named: ReturnType<typeof namedAt>, name: string) => named.some(({ fits }) => fits.test(name));

test(
  '[P11] what lies in the browsers of two who talk stands in the table of docs/privacy.md, field by field',
  scene(async (stage) => {
    const lien = await counsellor(stage);
    const fox = await pupil(stage, { where: 'window' });
    await fox.start({ nick: 'Blauwe Vos', first: 'hallo' });
    await lien.accepts();
    await lien.hears('hallo');
    await lien.says('vertel maar');
    await fox.hears('vertel maar');

    const kept: unknown = JSON.parse(await fox.page.evaluate<string>('JSON.stringify({ ...sessionStorage })'));
    expect(Object.keys(kept as object)).toEqual(['visit']);
    const visit: unknown = JSON.parse((kept as { visit: string }).visit);
    expect(fieldsOf(visit)).toContain('alive.talking');
    expect(fieldsOf(visit).filter((field) => !isNamed(namedAt('visit'), field))).toEqual([]);

    const lying = await lien.page.evaluate<Lying[]>(readDatabase);
    expect(new Set(lying.map(({ store }) => store))).toEqual(new Set(['people', 'prefs', 'rows']));
    const strange = lying.flatMap(({ store, key, value }) => {
      const named = namedAt(store === 'prefs' ? key : store);
      const fields = fieldsOf(value).filter((field) => !field.startsWith('keys.'));
      return fields.filter((field) => !isNamed(named, field)).map((field) => `${store} ${key}: ${field}`);
    });
    expect(strange, 'lies there, and in no row of docs/privacy.md').toEqual([]);

    const all = onTheDevice().flatMap(({ what }) => what);
    const cookies = (await lien.context.cookies()).map(({ name }) => name);
    expect(cookies).toContain('clb');
    expect(cookies.filter((name) => !isNamed(all, name))).toEqual([]);
    expect(await fox.context.cookies()).toEqual([]);
    for (const { page } of [fox, lien]) expect(await page.evaluate('localStorage.length')).toBe(0);
  }),
);
