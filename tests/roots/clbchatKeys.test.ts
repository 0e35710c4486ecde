import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fingerprintOf } from '@clbchat/shared/statement/fingerprint';
import { verifyChain } from '@clbchat/shared/statement/certificate';
import { verifyIssuer } from '@clbchat/shared/statement/chain';
import { signDevice } from '@clbchat/shared/statement/issuer';
import { askIssuer, ISSUER_TEXT_CHARS_MAX, takeAnswer } from '@clbchat/shared/statement/issuerRequest';
import { openRoot } from '@clbchat/shared/statement/rootFile';
import { exportPublic, makeSigningPair, pinOf } from '@clbchat/shared/statement/signingKey';
import { sign as signed } from '@clbchat/shared/statement/statement';
import { headerOf, PASSPHRASE } from './made.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const built = join(root, 'server/dist/clbchat-keys.mjs');
/** Another computer: the one file, and what its owner puts beside it. */
const folder = mkdtempSync(join(tmpdir(), 'clbchat-keys-'));
const at = (...names: string[]) => join(folder, ...names);
beforeAll(() => {
  if (!existsSync(built)) throw new Error('nothing is built yet: npm run build');
  copyFileSync(built, at('clbchat-keys.mjs'));
  writeFileSync(at('passphrase'), `${PASSPHRASE}\n`);
});
beforeEach(() => {
  rmSync(at('keys'), { recursive: true, force: true });
  mkdirSync(at('keys'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(args: readonly string[], typed = '', program = at('clbchat-keys.mjs')) {
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, env: { PATH: process.env['PATH'] } });
  child.stdin.on('error', () => undefined);
  child.stdin.end(typed);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}
const withPassphrase = ['--passphrase-file', 'passphrase'];
const keys = () => readdirSync(at('keys')).sort();

/** One sentence on standard error, code 1, and everything as it was. */
async function refused(args: readonly string[], typed?: string): Promise<string> {
  const before = keys();
  const { code, out, err } = await run(args, typed);
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(/^[^\n]+\.\n$/);
  expect(keys()).toEqual(before);
  return err.trim();
}

test('[O7] both roots are made for their owner alone, opened again, and told', async () => {
  const { code, out, err } = await run(['make', 'keys', ...withPassphrase]);
  expect([code, err]).toEqual([0, '']);
  const names = keys();
  expect(names).toHaveLength(2);
  const { pins } = headerOf(readFileSync(at('keys', names[0]!)));
  for (const [each, kind] of [0, 1].map((one) => [one, one === 0 ? 'O' : 'O2'] as const)) {
    const path = at('keys', names[each]!);
    expect(names[each]).toBe(`clbchat-root-${kind}-${pins[each]!.slice(0, 6)}.clbkey`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await openRoot(readFileSync(path), PASSPHRASE)).toMatchObject({ ok: true, kind, pins });
    expect(out).toContain(join('keys', names[each]!));
    expect(out).toContain(`${kind.padEnd(4)}${fingerprintOf(pins[each]!).join(' ')}\n`);
  }
  expect(out).toContain(`\nROOT_PINS=${pins.join('.')}\n`);
  expect(out).toContain(`\ndata-key="${pins.join('.')}"\n`);
  expect(out).not.toContain(PASSPHRASE);

  const checked = await run(['check', join('keys', names[1]!), ...withPassphrase]);
  expect([checked.code, checked.err]).toEqual([0, '']);
  expect(checked.out).toMatch(/opens: it is the root O2 of this centre\.\n/);
  expect(checked.out).toContain(`\nROOT_PINS=${pins.join('.')}\n`);
  expect(keys()).toEqual(names);
  // a second centre in the same folder stands beside the first
  expect((await run(['make', 'keys', ...withPassphrase])).code).toBe(0);
  expect(keys()).toHaveLength(4);
  expect(keys()).toEqual(expect.arrayContaining(names));
});

test('[O8] nothing is made where nothing can be, or with a passphrase that is not good enough', async () => {
  expect(await refused(['make', 'nowhere', ...withPassphrase])).toMatch(/cannot be written \(ENOENT\)/);
  expect(await refused(['make', 'passphrase', ...withPassphrase])).toMatch(/cannot be written \((ENOTDIR|EACCES)\)/);
  for (const [given, says] of [
    ['four words ok', /too short: it needs at least 16 characters/],
    ['a'.repeat(30), /too few different/],
    ['x1'.repeat(100), /too long/],
    [' vier gewone woorden', /begins or ends with a space/],
    ['vier gewone\twoorden hier', /cannot be typed again/],
    ['', /is empty/],
  ] as const) {
    writeFileSync(at('other'), `${given}\n`);
    const said = await refused(['make', 'keys', '--passphrase-file', 'other']);
    expect(said).toMatch(says);
    if (given !== '') expect(said).not.toContain(given.trim());
  }
  expect(await refused(['make', 'keys'], `${PASSPHRASE}\n${PASSPHRASE}\n`)).toMatch(/^There is no terminal/);
  expect(await refused(['make', 'keys', '--passphrase-file', 'none'])).toMatch(/does not exist\.$/);
  expect(keys()).toEqual([]);
});

/** The program on a disk whose `rename` is another one; `from`, `to` and the true `rename` are at hand. */
function onDisk(renames: string): string {
  const preload = `import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
const { rename, truncate } = fs;
fs.rename = async (from, to) => { ${renames} };
syncBuiltinESMExports();
await import(${JSON.stringify(`file://${at('clbchat-keys.mjs')}`)});`;
  writeFileSync(at('disk.mjs'), preload);
  return at('disk.mjs');
}

test('[O8] both files or none: a disk that is full after the first leaves no half centre', async () => {
  const full = onDisk(
    `if (to.includes('-O2-')) throw Object.assign(new Error(), { code: 'ENOSPC' }); await rename(from, to);`,
  );
  const { code, out, err } = await run(['make', 'keys', ...withPassphrase], '', full);
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(/^keys\/clbchat-root-O2-\S+ cannot be written \(ENOSPC\)\.\n$/);
  expect(keys()).toEqual([]);
});

test('[O7 O8] a disk that gives back something else is told before anybody relies on it', async () => {
  const worn = onDisk(`await rename(from, to); if (to.includes('-O2-')) await truncate(to, 400);`);
  const { code, out, err } = await run(['make', 'keys', ...withPassphrase], '', worn);
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(/^keys\/clbchat-root-O2-\S+ is damaged: [^\n]+\.\n$/);
  expect(keys()).toEqual([]);
});

test('[O8] what is no root file, or does not open, is told in a sentence each', async () => {
  await run(['make', 'keys', ...withPassphrase]);
  const [name = ''] = keys();
  const whole = readFileSync(at('keys', name));
  const put = (bytes: Buffer | string) => {
    rmSync(at('copy'), { force: true });
    writeFileSync(at('copy'), bytes);
    return refused(['check', 'copy', ...withPassphrase]);
  };
  expect(await put(whole.subarray(0, 300))).toMatch(/^copy is damaged/);
  expect(await put('')).toMatch(/^copy is empty/);
  expect(await put(Buffer.alloc(5_000))).toMatch(/^copy is too large/);
  expect(await put('a letter')).toMatch(/^copy is no root file/);
  expect(await put(Buffer.from(whole.toString().replace('/1\n', '/2\n')))).toMatch(/by a later release/);
  writeFileSync(at('other'), 'vier andere woorden op papier');
  expect(await refused(['check', join('keys', name), '--passphrase-file', 'other'])).toMatch(
    /does not open: the passphrase is another one/,
  );
  expect(await refused(['check', 'keys', ...withPassphrase])).toMatch(/^keys is not a file/);
  expect(await refused(['check', 'none', ...withPassphrase])).toMatch(/^none does not exist/);
  expect(readFileSync(at('keys', name)).equals(whole)).toBe(true);
});

/** A console's request, and what it keeps of it. */
async function requested(nowMs = Date.now()) {
  const asked = await askIssuer(await makeSigningPair(), 'CLB Voorbeeld', nowMs);
  writeFileSync(at('request'), `${asked.request}\r\n`);
  return asked;
}

test('[O35 U72] a root signs what a console asked for, on a computer without a network, and the console alone can use it', async () => {
  await run(['make', 'keys', ...withPassphrase]);
  const [, second = ''] = keys();
  const { pins } = headerOf(readFileSync(at('keys', second)));
  const asked = await requested();
  const pub = await exportPublic(asked.keys.publicKey);
  const args = ['issuer', join('keys', second), 'request', join('keys', 'answer'), ...withPassphrase];
  const { code, out, err } = await run(args);
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('the root O2 signed');
  expect(out).toContain(
    `"CLB Voorbeeld" the key with the fingerprint\n  ${fingerprintOf(await pinOf(pub)).join(' ')}\n`,
  );
  const answer = readFileSync(at('keys', 'answer'), 'utf8');
  expect(out).toContain(`\n${answer}`);
  expect(statSync(at('keys', 'answer')).mode & 0o777).toBe(0o600);

  const trust = { pins, nowMs: Date.now(), skewMsMax: 0 };
  const word = await verifyIssuer(answer.trim().split('.').slice(0, 3).join('.'), trust);
  expect(word).toMatchObject({ ok: true, issuer: { org: 'CLB Voorbeeld', pub } });
  expect(word.ok && word.issuer.exp - word.issuer.nbf).toBe(180 * 86_400);
  const issuer = await takeAnswer(asked, `\n ${answer}`);
  if (typeof issuer === 'string') throw new Error(issuer);
  expect(issuer.keys.privateKey.extractable).toBe(false);
  expect(issuer.pins).toEqual(pins); // [U72] which the root signed, too
  const device = await exportPublic((await makeSigningPair()).publicKey);
  const says = { sub: 'lien', name: 'Lien', site: 'CLB', pub: device, nowMs: Date.now() };
  expect(await verifyChain(await signDevice(issuer, says), trust)).toMatchObject({ ok: true });
  // another console has nothing of it, and what is no answer is none
  expect(await takeAnswer(await requested(), answer)).toBe('other_request');
  expect(await takeAnswer({ ...asked, org: 'CLB Elders' }, answer)).toBe('other_request');
  const flipped = `${answer.trim().slice(0, -3)}AAA`;
  for (const none of ['', 'hallo', asked.request, flipped, `${answer.trim()}.`, 'A'.repeat(ISSUER_TEXT_CHARS_MAX + 1)])
    expect(await takeAnswer(asked, none), none.slice(0, 20)).toBe('answer');
});

test('[O36] a request that was changed, is too old or of another day than this clock is refused, and nothing is written', async () => {
  await run(['make', 'keys', ...withPassphrase]);
  const file = join('keys', keys()[0]!);
  const sign = () => refused(['issuer', file, 'request', join('keys', 'answer'), ...withPassphrase]);
  const { request } = await requested();
  const [payload = '', signature = ''] = request.split('.');
  const other = await askIssuer(await makeSigningPair(), 'CLB Andere', Date.now());
  const huge = { org: 'CLB', pub: await exportPublic((await makeSigningPair()).publicKey), at: 9e15 };
  const { privateKey } = await makeSigningPair();
  for (const text of [
    'hello',
    request.slice(0, -1),
    `${other.request.split('.')[0]}.${signature}`,
    `${payload}.${other.request.split('.')[1]}`,
    `${request}.x`,
    await signed(privateKey, 'issuer request', huge),
  ]) {
    writeFileSync(at('request'), text);
    expect(await sign(), text.slice(0, 20)).toMatch(/^request is no request of a console, or was changed/);
  }
  writeFileSync(at('request'), 'a'.repeat(ISSUER_TEXT_CHARS_MAX + 1));
  expect(await sign()).toMatch(/^request is too large/);
  const DAY_MS = 86_400_000;
  await requested(Date.now() + 25 * 3_600_000);
  expect(await sign()).toMatch(
    /was made on \d{4}-\d\d-\d\d, and the clock of this computer has not come to that day: set it\.$/,
  );
  await requested(Date.now() - 7 * DAY_MS - 60_000);
  expect(await sign()).toMatch(/more than a week ago/);
  await requested();
  writeFileSync(at('other'), 'vier andere woorden op papier');
  const wrong = ['issuer', file, 'request', join('keys', 'answer'), '--passphrase-file', 'other'];
  expect(await refused(wrong)).toMatch(/does not open: the passphrase is another one/);
  expect(await refused(['issuer', file, 'request', file, ...withPassphrase])).toMatch(/exists already/);
  expect(await refused(['issuer', 'none', 'request', join('keys', 'answer'), ...withPassphrase])).toMatch(/^none does/);
});

test.each([
  [[]],
  [['toString', 'keys']],
  [['make']],
  [['make', 'a', 'b']],
  [['check', 'a', '--force']],
  [['make', '']],
  [['issuer', 'a', 'b']],
  [['issuer', 'a', 'b', 'c', 'd']],
  [['issuer', 'a', 'b', '']],
])('[O8] %j is answered with what there is, and code 2', async (args) => {
  const { code, out, err } = await run(args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/^Usage:\n[^]*clbchat-keys make <folder>[^]*clbchat-keys check <file>/);
  expect((await run([...args, '--help'])).out).toBe(args.includes('--force') ? '' : err);
});

test('[O9] it is one file that imports Node alone and no network, and the command of this checkout is the same', async () => {
  const text = readFileSync(built, 'utf8');
  const imported = [...text.matchAll(/\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map(([, name]) => name!);
  expect(imported.length).toBeGreaterThan(3);
  const allowed = builtinModules.filter((name) => /^(fs\/promises|path|util|crypto|readline|stream)$/.test(name));
  expect(imported.filter((name) => !allowed.includes(name.replace('node:', '')))).toEqual([]);
  expect(text).not.toMatch(/\b(fetch|WebSocket|XMLHttpRequest|require|eval)\s*\(/);

  const { bin } = JSON.parse(readFileSync(join(root, 'server/package.json'), 'utf8')) as {
    bin: Record<string, string>;
  };
  const linked = join(root, 'server', bin['clbchat-keys']!);
  accessSync(linked, constants.X_OK);
  accessSync(join(root, 'node_modules/.bin/clbchat-keys'), constants.X_OK); // or npx asks a registry for that name
  expect((await run(['--help'], '', linked)).out).toBe((await run(['--help'])).out);
  mkdirSync(at('fresh/bin'), { recursive: true });
  writeFileSync(at('fresh/package.json'), '{"type":"module"}');
  copyFileSync(linked, at('fresh/bin/clbchat-keys.js'));
  const early = await run([], '', at('fresh/bin/clbchat-keys.js'));
  expect([early.code, early.err]).toEqual([1, 'Nothing is built yet: run npm run build first.\n']);
});
