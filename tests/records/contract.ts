import { act } from '@clbchat/server/records/acts.store';
import { brokenAt, linkTo, NOTHING_YET, older, readEntry, type Acted } from '@clbchat/server/records/audit.rules';
import { lookedAt, type News, type RecordsStore } from '@clbchat/server/records/records.store';
import { describe, expect, test } from 'vitest';
import { fakeClock, type FakeClock } from '../support/clock.ts';

export type MakeRecords = (clock: FakeClock) => Promise<RecordsStore>;

/** Steps that leave nothing, until they are told: what is written before the line is open nobody hears. @returns how many */
async function untilHeard(records: RecordsStore): Promise<number> {
  let [lines, told] = [0, 0];
  const stop = records.watch((changed) => {
    for (const { id, gone } of changed ?? []) if (gone) told = Number(id);
  });
  const step = async () => {
    const line = { kind: 'team', id: `${(lines += 1)}` } as const;
    const put = await records.write([{ ...line, rev: 0, text: '{}' }], null);
    await records.write([{ ...line, rev: put.is === 'written' ? put.rev : 0, text: null }], null);
    return told;
  };
  await expect.poll(step).toBeGreaterThan(0);
  await expect.poll(() => told).toBe(lines); // and nothing of it comes later
  stop();
  return 2 * lines;
}

const lien = { kind: 'account', id: 'lien' } as const;
const samir = { kind: 'account', id: 'samir' } as const;
const session = { kind: 'session', id: 'aSession' } as const;
const changed: Acted = { by: 'noor', act: 'settings_changed', about: 'centre' };

/** What every store of records does, whichever it is. */
export function recordsContract(name: string, make: MakeRecords): void {
  const opened = async () => {
    const clock = fakeClock();
    const records = await make(clock);
    const put = async (id: string, text: string, rev = 0) => records.write([{ kind: 'account', id, rev, text }], null);
    return { clock, records, put };
  };

  describe(`the records ${name}`, () => {
    test('[A1] a document is kept word by word, beside others of its kind and of other kinds', async () => {
      const { records, put } = await opened();
      const text = '{"list":[],"none":{},"big":12345678901234567890,"é":"\\u0000 \\" 3 4 5"}';
      await put('samir', '"one"');
      await put('lien', text);
      await records.write([{ ...session, rev: 0, text: '2 3 "x"' }], null);
      expect(await records.get(lien)).toEqual({ ...lien, rev: 2, text, endMs: 0 });
      expect((await records.list('account')).map(({ id }) => id)).toEqual(['lien', 'samir']);
      expect((await records.get(session))?.text).toBe('2 3 "x"');
      expect(await records.list('settings')).toEqual([]);
      expect(await records.get({ kind: 'settings', id: 'lien' })).toBeNull();
    });

    test('[A1] who changes what another has changed meanwhile is told, and nothing is written', async () => {
      const { records, put } = await opened();
      const first = await put('lien', '1');
      expect(first).toEqual({ is: 'written', rev: 1 });
      expect(await put('lien', '2', 1)).toEqual({ is: 'written', rev: 2 });
      expect(await put('lien', 'late', 1)).toEqual({ is: 'stale', at: 0 });
      expect(await put('lien', 'new')).toEqual({ is: 'stale', at: 0 });
      expect(await put('nobody', 'changed', 7)).toEqual({ is: 'stale', at: 0 });
      expect(await records.dump()).toMatchObject({ rows: [{ ...lien, rev: 2, text: '2' }] });
    });

    test('[A1] a step of several is whole or not at all, and says which one another changed', async () => {
      const { records, put } = await opened();
      await put('samir', '1');
      const step = (rev: number) =>
        records.write(
          [
            { ...lien, rev: 0, text: 'a' },
            { ...samir, rev, text: 'b' },
          ],
          linkTo(NOTHING_YET, 1, changed),
        );
      expect(await step(9)).toEqual({ is: 'stale', at: 1 });
      expect(await records.get(lien)).toBeNull();
      expect((await records.audit()).entries).toEqual([]);
      expect(await step(1)).toEqual({ is: 'written', rev: 2 });
      expect((await records.list('account')).map(({ rev, text }) => [rev, text])).toEqual([
        [2, 'a'],
        [2, 'b'],
      ]);
    });

    test('[A1 G83] what a step looked at has to stand as it was, and is written by nobody', async () => {
      const { records, put } = await opened();
      await untilHeard(records);
      await put('lien', 'as she is');
      const { rev } = (await records.get(lien))!;
      const heard: string[] = [];
      const stop = records.watch((news) => heard.push(...(news ?? []).map(({ id }) => id)));
      const looked = lookedAt({ ...lien, rev });
      const by = (id: string) => records.write([{ kind: 'account', id, rev: 0, text: 'made by her' }, looked], null);
      expect([(await by('one')).is, (await by('two')).is]).toEqual(['written', 'written']);
      await expect.poll(() => heard).toEqual(['one', 'two']);
      stop();
      expect(await records.get(lien)).toMatchObject({ rev, text: 'as she is' });
      const one = (await records.get({ kind: 'account', id: 'one' }))!;
      expect((await records.write([{ ...one, text: null }, looked], null)).is).toBe('written');
      await put('lien', 'another', rev);
      expect(await by('three')).toEqual({ is: 'stale', at: 1 });
      expect((await records.list('account')).map(({ id }) => id)).toEqual(['lien', 'two']);
    });

    test('[A1] what was taken away and put back has another rev: an old page does not fit it', async () => {
      const { records, put } = await opened();
      await put('lien', 'old');
      expect(await records.write([{ ...lien, rev: 1, text: null }], null)).toEqual({ is: 'written', rev: 2 });
      expect(await records.get(lien)).toBeNull();
      expect(await put('lien', 'again')).toEqual({ is: 'written', rev: 3 });
      expect(await put('lien', 'from the old page', 1)).toEqual({ is: 'stale', at: 0 });
    });

    test('[A1] of many who change the same at once one wins, and the others are told', async () => {
      const { records, put } = await opened();
      await put('lien', '0');
      const all = await Promise.all(Array.from({ length: 20 }, (_, n) => put('lien', String(n), 1)));
      expect(all.filter(({ is }) => is === 'written')).toHaveLength(1);
      expect(all.filter(({ is }) => is === 'stale')).toHaveLength(19);
      expect((await records.get(lien))?.rev).toBe(2);
    });

    test('[A1] an id or a document beyond its bound is our own fault, and is not written', async () => {
      const { records, put } = await opened();
      await expect(put('x'.repeat(65), '1')).rejects.toThrow('an id is longer');
      await expect(put('lien', 'x'.repeat(262_145))).rejects.toThrow('a document is longer');
      expect((await put('x'.repeat(64), 'x'.repeat(262_144))).is).toBe('written');
      expect((await records.list('account')).map(({ text }) => text.length)).toEqual([262_144]);
    });

    test('[A2] a row past its end stands nowhere, and a sweep takes it away', async () => {
      const { clock, records } = await opened();
      const endMs = clock.nowMs() + 1_000;
      await records.write([{ ...session, rev: 0, text: 'first', endMs }], null);
      clock.advance(999);
      await records.sweep();
      expect((await records.get(session))?.endMs).toBe(endMs);
      clock.advance(1);
      expect(await records.get(session)).toBeNull();
      expect(await records.list('session')).toEqual([]);
      expect((await records.dump()).rows).toEqual([]);
      expect(await records.write([{ ...session, rev: 1, text: 'renewed' }], null)).toEqual({ is: 'stale', at: 0 });
      await records.sweep();
      clock.advance(-1_000); // where a clock that goes back would show it again
      expect(await records.get(session)).toBeNull();
      expect((await records.write([{ ...session, rev: 0, text: 'second' }], null)).is).toBe('written');
    });

    test('[A16] whoever listens is told of each step that was written, by name and never by what it says, and of no other', async () => {
      const { records, put } = await opened();
      const heard: News[] = [];
      const steps = await untilHeard(records);
      const stop = records.watch((changed) => heard.push(...(changed ?? [])));
      await put('lien', 'first');
      await put('lien', 'refused');
      await records.write([{ ...samir, rev: 0, text: '1' }], linkTo('another', 1, changed));
      const both = [
        { ...lien, rev: steps + 1, text: null },
        { ...session, rev: 0, text: 's' },
      ];
      await records.write(both, null);
      const told = [
        { ...lien, gone: false },
        { ...lien, gone: true },
        { ...session, gone: false },
      ];
      await expect.poll(() => heard).toEqual(told);
      stop();
      await put('lien', 'unheard');
      await records.audit();
      expect(heard).toEqual(told);
    });

    test('[A16] whoever listens is told that anything may be new when records were filled', async () => {
      const [{ records }, empty] = [await opened(), await opened()];
      let [named, times] = [0, 0];
      empty.records.watch((changed) => (changed ? (named += 1) : (times += 1)));
      await untilHeard(empty.records);
      await expect.poll(() => named).toBeGreaterThan(0);
      const before = times;
      await empty.records.fill(await records.dump());
      await expect.poll(() => times).toBeGreaterThan(before);
    });

    test('[A4] an act is written with what it changes, chained to the one before, and the chain holds', async () => {
      const { clock, records } = await opened();
      const acted = (id: string) =>
        act(records, clock.nowMs(), [{ kind: 'account', id, rev: 0, text: '1' }], { ...changed, about: id });
      expect(await Promise.all(['a', 'b', 'c', 'd'].map(acted))).toHaveLength(4);
      const log = await records.audit();
      expect(new Set(log.entries.map((text) => readEntry(text)?.about))).toEqual(new Set(['a', 'b', 'c', 'd']));
      expect(brokenAt(log)).toBeNull();
      expect((await records.list('account')).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
      expect(await acted('a')).toEqual({ is: 'stale', at: 0 });
      expect((await records.audit()).entries).toHaveLength(4);
    });

    test('[A4] the newest of the log, so many or all that there are, with what the next one is chained to', async () => {
      const { records } = await opened();
      const newest = async (some: number) => {
        const { entries, head } = await records.newest(some);
        return { abouts: entries.map((text) => readEntry(text)?.about), head };
      };
      expect(await newest(2)).toEqual({ abouts: [], head: NOTHING_YET });
      for (const about of ['a', 'b', 'c']) await act(records, 1, [], { ...changed, about });
      const { head } = await records.audit();
      expect(await newest(2)).toEqual({ abouts: ['b', 'c'], head });
      expect(await newest(3)).toEqual({ abouts: ['a', 'b', 'c'], head });
      expect(await newest(300)).toEqual({ abouts: ['a', 'b', 'c'], head });
    });

    test('[A4] an entry that is chained to another end is not written, nor what it came with', async () => {
      const { records } = await opened();
      const late = linkTo(NOTHING_YET, 1, changed);
      await act(records, 1, [], changed);
      expect(await records.write([{ ...lien, rev: 0, text: '1' }], late)).toEqual({ is: 'moved' });
      expect(await records.get(lien)).toBeNull();
      expect((await records.audit()).entries).toHaveLength(1);
    });

    test('[A4] what is older than a year goes once, and what stays is still chained to it', async () => {
      const { records } = await opened();
      for (const atMs of [1, 2, 3, 4]) await act(records, atMs, [], { ...changed, about: `at ${atMs}` });
      const by = older(await records.audit(), 3);
      expect(by.entries).toBe(2);
      await Promise.all([records.shorten(by), records.shorten(by)]);
      await act(records, 5, [], { ...changed, about: 'at 5' });
      const log = await records.audit();
      expect(log.entries.map((text) => readEntry(text)?.about)).toEqual(['at 3', 'at 4', 'at 5']);
      expect(brokenAt(log)).toBeNull();
      await records.shorten(older(log, 9));
      const empty = await records.audit();
      expect([empty.entries, brokenAt(empty)]).toEqual([[], null]);
      await act(records, 10, [], changed);
      expect(brokenAt(await records.audit())).toBeNull();
    });

    test('[A1 A7] a dump fills records that hold nothing as it was, and no others; numbers go on from there', async () => {
      const { clock, records, put } = await opened();
      await put('lien', 'old');
      await put('lien', 'new', 1);
      await act(records, 7, [{ ...session, rev: 0, text: 's', endMs: clock.nowMs() + 5 }], changed);
      const dump = await records.dump();

      const empty = await opened();
      await empty.records.write([{ ...session, rev: 0, text: 'over', endMs: empty.clock.nowMs() + 1 }], null);
      expect(await empty.records.fill(dump)).toEqual({ is: 'not_empty' });
      empty.clock.advance(1);
      expect(await empty.records.fill(dump)).toEqual({ is: 'filled' });
      expect(await empty.records.dump()).toEqual(dump);
      expect(await empty.records.fill(dump)).toEqual({ is: 'not_empty' });
      // what was given out between the export and the loss stands nowhere afterwards
      expect(await empty.put('samir', '1')).toEqual({ is: 'written', rev: 1_000_004 });
      expect(await empty.put('lien', 'changed', 2)).toMatchObject({ is: 'written' });

      const acted = await opened();
      await act(acted.records, 1, [], changed);
      expect(await acted.records.fill(dump)).toEqual({ is: 'not_empty' });
    });
  });
}
