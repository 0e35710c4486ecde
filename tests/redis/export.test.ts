import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultCentre } from '@clbchat/server/centre/centre.rules';
import { brokenAt, linkTo, readEntry, type AuditLog } from '@clbchat/server/records/audit.rules';
import { memoryRecords } from '@clbchat/server/records/records.model';
import type { RecordsStore, Row } from '@clbchat/server/records/records.store';
import { VERSION } from '@clbchat/server/records/versions.rules';
import { exportRecords, nothingOf } from '@clbchat/server/shell/export';
import { importRecords, openExport, readExport } from '@clbchat/server/shell/import';
import { withRecords } from '@clbchat/server/shell/openRecords';
import { dumpIn, textOf as insideTextOf } from '@clbchat/server/shell/recordsFile';
import { Refusal } from '@clbchat/server/shell/refusal';
import { seal, unseal } from '@clbchat/server/shell/sealed';
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { AS_RECORDS, startRedis, type TestRedis } from '../support/redis.ts';
import { dumpOf, textOf } from './dump.ts';
import { CENTRE, CREDENTIALS, expectSentence, fillRecords, IDENTITY, recordsOn } from './records.ts';
import { lookAt } from './world.ts';

const ACCOUNT = '{"name":"Samir","roles":[],"disabled":false}';
const PASSPHRASE = 'four words or more';
/** Far too little for a real file, and enough for one of a test. */
const workFactor = 1;
const folder = mkdtempSync(join(tmpdir(), 'clbchat-export-'));
const clock = fakeClock();

const servers: TestRedis[] = [];
/** of the machine that is exported, and of the new one */
let old: Redis;
let fresh: Redis;
let file = '';
let files = 0;
const newFile = () => join(folder, `export${++files}.age`);

beforeAll(async () => {
  servers.push(...(await Promise.all([startRedis(AS_RECORDS), startRedis(AS_RECORDS)])));
  [old, fresh] = servers.map(lookAt) as [Redis, Redis];
});
afterAll(async () => {
  for (const redis of [old, fresh]) redis.disconnect();
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  await Promise.all([old.flushall(), fresh.flushall()]);
  await fillRecords(await recordsOn(old));
  file = newFile();
});

const exporting = (records: RecordsStore, path = file) =>
  exportRecords({ records, clock, centre: CENTRE, file: path, passphrase: PASSPHRASE, workFactor });

/** As the command does it: whatever is wrong with the file, the records are not even opened. */
async function importing(path = file, passphrase = PASSPHRASE, into = fresh): Promise<void> {
  const dump = await openExport(await readExport(path), { file: path, passphrase, centre: CENTRE });
  await importRecords(dump, { records: await recordsOn(into), clock, centre: CENTRE });
}

/** The one sentence with which nothing is done, and nothing written. */
async function refused(done: () => Promise<unknown>, redis = fresh): Promise<string> {
  const before = textOf(await dumpOf(redis));
  const error = await done().then(
    () => 'it was done',
    (each: unknown) => each,
  );
  expect(error).toBeInstanceOf(Refusal);
  const { message } = error as Refusal;
  expectSentence(message);
  expect(textOf(await dumpOf(redis))).toBe(before);
  return message;
}

/** A file with the right passphrase and any text. */
async function sealed(inside: unknown): Promise<string> {
  const path = newFile();
  const text = typeof inside === 'string' ? inside : JSON.stringify(inside);
  writeFileSync(path, await seal(text, PASSPHRASE, workFactor));
  return path;
}
interface Inside {
  format: string;
  version: number;
  centre: string;
  rows: Row[];
  log: AuditLog;
}
const insideOf = async (path: string): Promise<Inside> =>
  JSON.parse(await unseal(readFileSync(path), PASSPHRASE, path)) as Inside;

describe('[A7] there and back', () => {
  test('everything is as it was, the log too, which tells both acts', async () => {
    const before = await (await recordsOn(old)).dump();
    const told = await exporting(await recordsOn(old));
    const bytes = readFileSync(file);
    for (const text of ['Lien', 'settings', 'account', CENTRE]) expect(bytes.includes(text)).toBe(false);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);

    await importing();
    const records = await recordsOn(fresh);
    const { rows, log } = await records.dump();
    expect(rows.map((row) => row.kind).toSorted()).toEqual(['account', 'credential', 'device', 'identity', 'settings']);
    expect(rows).toEqual(before.rows.filter(({ kind }) => kind !== 'session' && kind !== 'token'));
    expect(told.rows).toEqual(rows);
    expect(brokenAt(log)).toBeNull();
    expect(log.entries.slice(0, -2)).toEqual(before.log.entries);
    expect(log.entries.slice(-2).map(readEntry)).toEqual([
      { atMs: clock.nowMs(), by: '@shell', act: 'records_exported', about: CENTRE },
      { atMs: clock.nowMs(), by: '@shell', act: 'records_imported', about: CENTRE },
    ]);
    expect((await (await recordsOn(old)).audit()).entries).toEqual(log.entries.slice(0, -1));
  });

  test('what is written afterwards is newer than all that came', async () => {
    await exporting(await recordsOn(old));
    await importing();
    const records = await recordsOn(fresh);
    const highest = Math.max(...(await records.dump()).rows.map(({ rev }) => rev));
    const written = await records.write([{ kind: 'account', id: 'account2', rev: 0, text: '{}' }], null);
    // and than what was given out between the export and the loss
    expect(written).toEqual({ is: 'written', rev: highest + 1_000_001 });
    const settings = await records.get({ kind: 'settings', id: 'centre' });
    expect(await records.write([{ ...settings!, text: '{}' }], null)).toMatchObject({ is: 'written' });
  });

  test('a log that lost its oldest year comes back with its anchor', async () => {
    const records = await recordsOn(old);
    const { entries } = await records.audit();
    const first = linkTo('', readEntry(entries[0]!)!.atMs, readEntry(entries[0]!)!);
    await records.shorten({ from: '', to: first.digest, entries: 1 });
    await exporting(records);
    await importing();
    const log = await (await recordsOn(fresh)).audit();
    expect(log.anchor).toBe(first.digest);
    expect(brokenAt(log)).toBeNull();
  });
});

describe('[A8] who was signed in', () => {
  test('is in no export, and signs in anew', async () => {
    await exporting(await recordsOn(old));
    const { rows } = await insideOf(file);
    expect(rows.map(({ kind }) => kind)).not.toContain('session');
    expect(rows.length).toBe(5);
  });

  test('[G3] nor is a one-time address', async () => {
    await exporting(await recordsOn(old));
    expect(JSON.stringify(await insideOf(file))).not.toContain('t'.repeat(43));
  });

  test.each(['session', 'token'])('comes in by none: %s', async (kind) => {
    await exporting(await recordsOn(old));
    const inside = await insideOf(file);
    const row = { kind, id: 'digest1', rev: 2, text: '{}', endMs: 0 };
    const path = await sealed({ ...inside, rows: [...inside.rows, row] });
    expect(await refused(() => importing(path))).toMatch(/what no release wrote, at "rows\.5\.kind"/);
  });
});

describe('[A7] a file that is not as it was written', () => {
  test('one byte changed, wherever', async () => {
    await exporting(await recordsOn(old));
    const good = readFileSync(file);
    expect(good.length).toBeGreaterThan(500);
    for (let at = 0; at < good.length; at += 3) {
      const path = join(folder, 'changed.age');
      const bytes = Buffer.from(good);
      bytes[at] = bytes[at]! ^ 1;
      writeFileSync(path, bytes);
      expect(await refused(() => importing(path))).toMatch(/does not open: the passphrase is|is no export of clbchat/);
    }
  });

  test('cut or longer, wherever', async () => {
    await exporting(await recordsOn(old));
    const good = readFileSync(file);
    const path = join(folder, 'cut.age');
    for (let length = 1; length < good.length; length += 11) {
      writeFileSync(path, good.subarray(0, length));
      expect(await refused(() => importing(path))).toMatch(/does not open: the passphrase is|is no export of clbchat/);
    }
    writeFileSync(path, Buffer.concat([good, Buffer.from('x')]));
    expect(await refused(() => importing(path))).toMatch(/does not open/);
  });

  test('another passphrase', async () => {
    await exporting(await recordsOn(old));
    expect(await refused(() => importing(file, `${PASSPHRASE} `))).toMatch(/the passphrase is another one/);
  });

  test('nothing, a folder, an empty file, one that is too large, one of another program', async () => {
    expect(await refused(() => importing())).toMatch(/does not exist\.$/);
    expect(await refused(() => importing(join(folder, 'a', 'b')))).toMatch(/does not exist\.$/);
    expect(await refused(() => importing(folder))).toMatch(/is not a file\.$/);
    expect(await refused(() => importing('/dev/null'))).toMatch(/is not a file\.$/);
    writeFileSync(file, '');
    expect(await refused(() => importing())).toMatch(/is empty\.$/);
    writeFileSync(file, '{"format":"clbchat-records"}');
    expect(await refused(() => importing())).toMatch(/is no export of clbchat\.$/);
    truncateSync(file, 64 * 1_024 * 1_024 + 1);
    expect(await refused(() => importing())).toMatch(/is too large/);
    const age = new Encrypter();
    age.addRecipient(await identityToRecipient(await generateX25519Identity()));
    writeFileSync(file, await age.encrypt('{}'));
    expect(await refused(() => importing())).toMatch(/does not open/);
  });

  test.each([
    '',
    'Dear diary',
    '[]',
    'null',
    '{"format":"diary","version":2}',
    '{"format":"clbchat-records"}',
    '"clbchat-records"',
  ])('the right seal and another content: %s', async (text) => {
    expect(await refused(async () => importing(await sealed(text)))).toBe('What is inside is no export of clbchat.');
  });
});

describe('[A7] an export of', () => {
  const changed = async (change: Partial<Inside>) => {
    await exporting(await recordsOn(old));
    return sealed({ ...(await insideOf(file)), ...change });
  };

  test('an earlier or a later version says which release takes it', async () => {
    const earlier = await changed({ version: VERSION - 1, rows: [] });
    expect(await refused(() => importing(earlier))).toMatch(
      new RegExp(`^An earlier release .* version ${VERSION - 1} where this one has ${VERSION}: import it with that`),
    );
    const later = await sealed({ ...(await insideOf(file)), version: VERSION + 1, new: 'field' });
    expect(await refused(() => importing(later))).toMatch(
      new RegExp(`^A later release .* version ${VERSION + 1} where this one knows ${VERSION} at most: import it with`),
    );
  });

  test('another centre', async () => {
    const path = await changed({ centre: 'other' });
    expect(await refused(() => importing(path))).toBe(
      'This is an export of the centre "other", and CENTRE says that this one is "twin".',
    );
  });

  const document = { name: 'Lien', roles: ['counsellor'], disabled: false };
  const good = { kind: 'account', id: 'a', rev: 1, text: JSON.stringify(document), endMs: 0 };
  test.each<[string, object]>([
    ['rows.0.kind', { ...good, kind: 'diary' }],
    ['rows.0.id', { ...good, id: '' }],
    ['rows.0.id', { ...good, id: 'a'.repeat(65) }],
    ['rows.0.id', { ...good, id: '\ud800' }],
    ['rows.0.rev', { ...good, rev: 0 }],
    ['rows.0.rev', { ...good, rev: 1.5 }],
    ['rows.0.rev', { ...good, rev: 1e15 }],
    ['rows.0.text', { ...good, text: 'no JSON' }],
    ['rows.0.text', { ...good, text: `"${'a'.repeat(262_144)}"` }],
    ['rows.0.text', { ...good, text: '"\udc00"' }],
    ['rows.0.endMs', { ...good, endMs: -1 }],
    ['rows.0.endMs', { ...good, endMs: null }],
    ['rows.0.more', { ...good, more: 1 }],
  ])('what no release wrote, at %s', async (place, row) => {
    const path = await changed({ rows: [row as Row] });
    expect(await refused(() => importing(path))).toContain(`what no release wrote, at "${place}"`);
  });

  const settings = { ...good, kind: 'settings', id: 'centre' };
  const chosen = { ...defaultCentre(), id: CENTRE };
  const digest = 'd'.repeat(43);
  const device = { ...good, kind: 'device', id: digest, text: '{"account":"account1"}', endMs: 4_000_000_000_000 };
  const credential = { ...good, kind: 'credential', text: CREDENTIALS };
  const identity = { ...good, kind: 'identity', id: 'i'.repeat(43), text: IDENTITY };
  const answers = { ...good, kind: 'answers', id: 'all' };
  const answer = { name: 'dag', text: 'Dag!', folder: 'start', for: 'all' };
  const holding = (row: object, text: unknown) => ({ ...row, text: JSON.stringify(text) });
  test.each<[string, object]>([
    ['text.id" in the row settings "centre"', holding(settings, {})],
    ['text.name" in the row settings "centre"', holding(settings, { ...chosen, name: '' })],
    ['text.rules.slotsMax" in', holding(settings, { ...chosen, rules: { slotsMax: 9 } })],
    ['text.rules.slotsDefault" in', holding(settings, { ...chosen, rules: { slotsDefault: 3, slotsMax: 1 } })],
    ['text.id" in the row settings "centre"', holding(settings, { ...chosen, id: 'other' })],
    ['id" in the row settings "__proto__"', holding({ ...settings, id: '__proto__' }, chosen)],
    ['endMs" in the row settings "centre"', holding({ ...settings, endMs: 9 }, chosen)],
    ['text.name" in the row account "a"', holding(good, [1])],
    ['text" in the row settings "centre"', { ...settings, text: 'no JSON' }],
    ['text" in the row account "a"', holding(good, null)],
    ['text.roles.0" in the row account "a"', holding(good, { ...document, roles: ['queen'] })],
    ['text.since" in the row account "a"', holding(good, { ...document, since: 2027 })],
    ['text" in the row account "a"', holding(good, { ...document, constructor: 1 })],
    ['id" in the row account "aaaaaaaaa', { ...good, id: 'a'.repeat(33) }],
    ['id" in the row account "?[2J\\n???????', { ...good, id: `\u009b[2J\n${'é'.repeat(33)}` }],
    ['endMs" in the row account "a"', { ...good, endMs: 9 }],
    ['text.passkeys" in the row credential "a"', holding(credential, { codes: [] })],
    ['text.passkeys.0.key" in the row credential "a"', holding(credential, { passkeys: [{ id: 'k' }], codes: [] })],
    ['text.codes.0" in the row credential "a"', holding(credential, { passkeys: [], codes: ['7Q2KD'] })],
    ['id" in the row credential "aaaaaaaaa', { ...credential, id: 'a'.repeat(33) }],
    ['endMs" in the row credential "a"', { ...credential, endMs: 9 }],
    ['text.account" in the row device "ddd', { ...device, text: '{}' }],
    ['text.account" in the row device "ddd', { ...device, text: '{"account":""}' }],
    ['text" in the row device "ddd', { ...device, text: '"account1"' }],
    [
      'text.confirmed" in the row identity "iii',
      holding(identity, { ...(JSON.parse(IDENTITY) as object), confirmed: 1 }),
    ],
    ['text.answers.0.name" in the row answers "all"', holding(answers, { answers: [{ ...answer, name: 'A' }] })],
    ['text" in the row answers "all"', holding(answers, { answers: [answer], more: 1 })],
    ['id" in the row answers "other"', holding({ ...answers, id: 'other' }, { answers: [answer] })],
    ['id" in the row identity "i"', { ...identity, id: 'i' }],
    ['id" in the row device "d"', { ...device, id: 'd' }],
    ['id" in the row device "+ddd', { ...device, id: `+${digest.slice(1)}` }],
  ])('a row that its own kind does not know, at %s', async (place, row) => {
    const path = await changed({ rows: [{ ...good, id: 'first' }, row] as Row[] });
    expect(await refused(() => importing(path))).toContain(`what no release wrote, at "rows.1.${place}`);
  });

  test('a field whose name every object knows', async () => {
    for (const name of ['constructor', 'toString']) {
      const path = await changed({ [name]: 1 } as never);
      expect(await refused(() => importing(path))).toContain('what no release wrote, at "the whole"');
      file = newFile();
      const inside = await changed({ rows: [{ ...good, [name]: 1 } as Row] });
      expect(await refused(() => importing(inside))).toContain('what no release wrote, at "rows.0"');
      file = newFile();
    }
  });

  test('one row of each kind as they are written', async () => {
    const rows = [good, holding(settings, chosen), credential, device, identity] as Row[];
    await importing(await changed({ rows }));
    const found = (await (await recordsOn(fresh)).dump()).rows.map(({ kind }) => kind);
    expect(found.toSorted()).toEqual(['account', 'credential', 'device', 'identity', 'settings']);
  });

  test('a field too many or too few', async () => {
    const path = await changed({ more: 1 } as never);
    expect(await refused(() => importing(path))).toContain('at "more"');
    const { rows: _rows, ...less } = await insideOf(file);
    const poorer = await sealed(less);
    expect(await refused(() => importing(poorer))).toContain('at "rows"');
  });

  test('one row twice', async () => {
    const path = await changed({ rows: [good as Row, good as Row] });
    expect(await refused(() => importing(path))).toBe('The export holds a row twice.');
  });

  test('a log that other hands changed', async () => {
    await exporting(await recordsOn(old));
    const inside = await insideOf(file);
    const { log } = inside;
    const logs: [number, AuditLog][] = [
      [3, { ...log, entries: log.entries.with(1, log.entries[1]!.replace('account1', 'account2')) }],
      [2, { ...log, entries: log.entries.with(1, '{}') }],
      [3, { ...log, entries: log.entries.slice(1) }],
      [3, { ...log, entries: log.entries.slice(0, -1) }],
      [4, { ...log, anchor: 'a'.repeat(43) }],
      [4, { ...log, head: '' }],
      [4, { ...log, head: log.anchor }],
    ];
    for (const [place, other] of logs) {
      const path = await sealed({ ...inside, log: other });
      const said = await refused(() => importing(path));
      expect(said).toMatch(/^The audit log was changed by other hands/);
      if (place === 2) expect(said).toContain('at entry 2');
    }
    const long = await sealed({ ...inside, log: { ...log, entries: ['a'.repeat(513)] } });
    expect(await refused(() => importing(long))).toContain('at "log.entries.0"');
  });
});

describe('[A7] an import works only where nothing is kept', () => {
  beforeEach(async () => void (await exporting(await recordsOn(old))));

  test('not beside a row, nor after an act whose row is gone', async () => {
    const records = await recordsOn(fresh);
    await records.write([{ kind: 'session', id: 'a', rev: 0, text: '{}' }], null);
    expect(await refused(() => importing())).toMatch(/There are records of the centre "twin" already/);
    await fresh.flushall();
    await (await recordsOn(fresh)).write([], linkTo('', 0, { by: '@demo', act: 'account_made', about: 'a' }));
    expect(await refused(() => importing())).toMatch(/There are records of the centre "twin" already/);
    expect(await refused(() => importing(file, PASSPHRASE, old), old)).toMatch(/already/);
  });

  test('a row past its end is nothing', async () => {
    const other = fakeClock();
    const records = await recordsOn(fresh, other);
    const endMs = other.nowMs() + 1;
    await records.write([{ kind: 'session', id: 'a', rev: 0, text: '{}', endMs }], null);
    const dump = await openExport(readFileSync(file), { file, passphrase: PASSPHRASE, centre: CENTRE });
    const into = { records, clock: other, centre: CENTRE };
    expect(await refused(() => importRecords(dump, into))).toMatch(/already/);
    other.set(endMs);
    await importRecords(dump, into);
    expect((await records.dump()).rows).toEqual(dump.rows);
    expect(await fresh.hlen(`{${CENTRE}}:records:session`)).toBe(0);
  });

  test('of two at once one wins, whole', async () => {
    const inside = await insideOf(file);
    const other = await sealed({ ...inside, rows: [{ kind: 'account', id: 'b', rev: 9, text: ACCOUNT, endMs: 0 }] });
    await recordsOn(fresh);
    const second = lookAt(servers[1]!);
    const ended = await Promise.allSettled([importing(file), importing(other, PASSPHRASE, second)]);
    second.disconnect();
    expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const { rows, log } = await (await recordsOn(fresh)).dump();
    expect(rows.map(({ id }) => id)).toEqual(
      ended[0]!.status === 'fulfilled' ? inside.rows.map(({ id }) => id) : ['b'],
    );
    expect(log.entries).toHaveLength(inside.log.entries.length + 1);
    expect(brokenAt(log)).toBeNull();
  });
});

describe('[A7] an export goes nowhere', () => {
  test('over what is there, whatever it is', async () => {
    const records = await recordsOn(old);
    writeFileSync(file, 'precious');
    expect(await refused(() => exporting(records), old)).toMatch(/exists already/);
    expect(readFileSync(file, 'utf8')).toBe('precious');
    expect(await refused(() => exporting(records, folder), old)).toMatch(/exists already/);
    const link = newFile();
    symlinkSync(join(folder, 'nobody'), link);
    expect(await refused(() => exporting(records, link), old)).toMatch(/exists already/);
    expect(await refused(() => exporting(records, join(folder, 'none', 'a.age')), old)).toMatch(
      /cannot be written \(ENOENT\)/,
    );
  });

  test('over a file that came meanwhile: of two at once one is made', async () => {
    const records = await recordsOn(old);
    const ended = await Promise.allSettled([exporting(records), exporting(records)]);
    expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await insideOf(file)).rows).toHaveLength(5);
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });

  test('when nothing is kept', async () => {
    const records = await recordsOn(fresh);
    expect(await refused(() => exporting(records))).toBe(
      'Nothing is kept there of the centre "twin": CENTRE says which one it is.',
    );
  });

  test('when no import would take it', async () => {
    const records = await recordsOn(old);
    await old.hset(`{${CENTRE}}:records:account`, 'account1', '1 0 no JSON');
    expect(await refused(() => exporting(records), old)).toContain('what no release wrote, at "rows.');
    await old.hset(`{${CENTRE}}:records:account`, 'account1', '1 0 {"name":"Lien"}');
    expect(await refused(() => exporting(records), old)).toMatch(/text\.roles" in the row account "account1"\.$/);
    await old.hset(`{${CENTRE}}:records:account`, 'account1', `1 0 ${ACCOUNT}`);
    await old.lset(`{${CENTRE}}:records:entries`, 0, '{}');
    expect(await refused(() => exporting(records), old)).toContain('its chain breaks at entry 1');
    expect(readdirSync(folder)).not.toContain(file.slice(folder.length + 1));
  });

  test('when it would be larger than an import reads', async () => {
    const records = memoryRecords(clock);
    const text = ACCOUNT.padEnd(262_144); // blanks are JSON, too
    const rows = Array.from({ length: 257 }, (_, at) => ({ kind: 'account' as const, id: `a${at}`, rev: 0, text }));
    await records.write(rows, null);
    expect(await refused(() => exporting(records))).toMatch(/more than an export may hold, which is 67108864 bytes/);
    const { rows: all, log } = await records.dump();
    const inside = insideTextOf({ rows: all.slice(2), log }, CENTRE);
    expect(dumpIn(inside, CENTRE).rows).toHaveLength(255);
  });
});

describe('[A7] records that cannot be had', () => {
  const where = (server: TestRedis) => ({ recordsUrl: server.url, centre: CENTRE });

  test('are not made by asking for them', async () => {
    const asking = () => withRecords({ ...where(servers[1]!), orElse: nothingOf }, (records) => exporting(records));
    expect(await refused(asking)).toMatch(/^Nothing is kept there of the centre "twin"/);
    expect(await fresh.dbsize()).toBe(0);
    const there = { ...where(servers[0]!), orElse: nothingOf };
    expect((await withRecords(there, (records) => exporting(records))).rows).toHaveLength(5);
  });

  test('because a later release wrote them', async () => {
    await old.hset(`{${CENTRE}}:records:about`, 'version', VERSION + 1);
    await expect(withRecords(where(servers[0]!), (records) => exporting(records))).rejects.toThrow(
      new RegExp(`have version ${VERSION + 1}, and this release works with ${VERSION}`),
    );
    expect(readdirSync(folder)).not.toContain(file.slice(folder.length + 1));
  });

  test('because the store is full', async () => {
    await exporting(await recordsOn(old));
    await recordsOn(fresh);
    await fresh.config('SET', 'maxmemory', '1');
    const dump = await openExport(readFileSync(file), { file, passphrase: PASSPHRASE, centre: CENTRE });
    const said = await refused(() =>
      withRecords(where(servers[1]!), (records) => importRecords(dump, { records, clock, centre: CENTRE })),
    );
    expect(said).toMatch(/refuses \(OOM\), and nobody knows what was written/);
    await fresh.config('SET', 'maxmemory', '0');
  });

  test('because the store goes in the middle of it', async () => {
    const server = await startRedis(AS_RECORDS);
    const error = await withRecords(where(server), async (records) => {
      await server.stop();
      await exporting(records);
    }).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(Refusal);
    expectSentence((error as Refusal).message);
    expect((error as Refusal).message).toMatch(/does not answer any more/);
    expect(readdirSync(folder)).not.toContain(file.slice(folder.length + 1));
  });

  test('have the time of the Redis that keeps them', async () => {
    await withRecords(where(servers[0]!), async (records, itsClock) => {
      const itsMs = Number((await old.time())[0]) * 1_000;
      expect(Math.abs(itsClock.nowMs() - itsMs)).toBeLessThan(60_000);
      await expect(records.dump()).resolves.toMatchObject({ rows: { length: 7 } });
    });
  });
});
