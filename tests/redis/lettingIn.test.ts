import { openRecords } from '@clbchat/server/records/open.redis';
import type { RecordsStore } from '@clbchat/server/records/records.store';
import { expect, test } from 'vitest';
import { connectCounsellor, signIn } from '../support/clients.ts';
import { startService } from '../support/service.ts';
import { processes } from './processes.ts';
import { lookAt } from './world.ts';

const { server, redis, open, running } = await processes();

/** One process of a centre, whose clock stands still, and what it hears is told to the test, too. */
async function node(around: (records: RecordsStore) => RecordsStore = (records) => records) {
  const news = lookAt(server);
  news.on('error', () => undefined);
  open.push(news);
  let heard = 0;
  const service = await startService({
    async records(clock) {
      const records = around(await openRecords({ redis, news, tag: '{demo}', clock }));
      records.watch(() => (heard += 1));
      return records;
    },
  });
  running.add(service);
  return { service, heard: () => heard };
}

async function change(records: RecordsStore, kind: 'account' | 'session', id: string, to: object | null) {
  const row = (await records.get({ kind, id }))!;
  const text = to && JSON.stringify({ ...(JSON.parse(row.text) as object), ...to });
  expect((await records.write([{ kind, id, rev: row.rev, text }], null)).is).toBe('written');
}

test.each([
  ['was signed out', (at: RecordsStore, binding: string) => change(at, 'session', binding, null)],
  ['was disabled', (at: RecordsStore) => change(at, 'account', 'lien', { disabled: true })],
  ['is no counsellor any more', (at: RecordsStore) => change(at, 'account', 'lien', { roles: ['coordinator'] })],
  ['got one more role', (at: RecordsStore) => change(at, 'account', 'lien', { roles: ['counsellor', 'coordinator'] })],
])('[A19] who %s at one process while another lets her in has no socket there', async (_what, changes) => {
  const { service: one } = await node();
  let holds = false;
  const held: (() => void)[] = [];
  const other = await node((records) => ({
    ...records,
    async get(name) {
      const found = await records.get(name);
      // what it read was on its way when the other process wrote
      if (holds && name.kind === 'account') await new Promise<void>((turn) => held.push(turn));
      return found;
    },
  }));
  const lien = await signIn(one);
  await expect.poll(other.heard).toBeGreaterThan(0);
  holds = true;
  const coming = connectCounsellor(other.service, lien);
  await expect.poll(() => held.length).toBe(1);
  holds = false;
  const before = other.heard();
  await changes(one.records, lien.binding);
  await expect.poll(other.heard).toBeGreaterThan(before);
  held[0]!();
  // nothing that she asks is answered before it was looked at again
  const ended = await coming.then(({ closed, send }) => Promise.race([closed, send('desk:state', {})]), String);
  expect(['io server disconnect', 'Error: no_cert']).toContain(ended);
});
