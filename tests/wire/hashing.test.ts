import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { hashingIn, hashOf, isHashOf } from '@clbchat/server/accounts/hashing.thread';

const BUILT = new URL('../../server/dist/accounts/hashing.thread.js', import.meta.url).href;
/** Where the name of a thread ends, and which word after that is its priority. */
const AFTER_NAME = ') ';
const NICE_AT = 16;

const nicenesses = () =>
  readdirSync('/proc/self/task').map((id) => {
    const said = readFileSync(`/proc/self/task/${id}/stat`, 'utf8');
    return Number(said.slice(said.lastIndexOf(AFTER_NAME) + AFTER_NAME.length).split(' ')[NICE_AT]);
  });
const thread = (does: string) =>
  new Worker(`const { parentPort } = require('node:worker_threads'); ${does}`, { eval: true });
const answering = () =>
  thread("parentPort.on('message', ({ peppered }) => parentPort.postMessage({ value: peppered }))");

describe('hashes of passwords', () => {
  test('[G95] each answer goes to who asked; what is no hash fails for whoever asked it, and for nobody after her', async () => {
    const hash = await hashOf('een zin');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    const asked = [isHashOf(hash, 'een zin'), isHashOf('geen', 'een zin'), isHashOf(hash, 'een andere')];
    const said = await Promise.allSettled(asked);
    expect(said.map((one) => (one.status === 'fulfilled' ? one.value : 'failed'))).toEqual([true, 'failed', false]);
  });

  test('[G95] on Linux they give way, and nothing else of the process does', async () => {
    const ours = getPriority();
    await hashOf('een zin');
    expect(getPriority()).toBe(ours);
    if (process.platform !== 'linux') return;
    expect(nicenesses()).toContain(Math.min(19, ours + 10));
    expect(nicenesses().filter((nice) => nice === ours).length, 'all other threads').toBeGreaterThan(1);
  });

  test('[G95] who ends fails what it owed, and the next hash has another', async () => {
    const begun = ['parentPort.once("message", () => process.exit())', null];
    const { hashOf: asks } = hashingIn(1, () => {
      const does = begun.shift();
      return does ? thread(does) : answering();
    });
    const [first, second] = await Promise.allSettled([asks('een'), asks('twee')]);
    expect([first.status, second.status]).toEqual(['rejected', 'rejected']);
    expect(await asks('drie')).toBe('drie');
  });

  test('[G18 G95] there are as many threads as are asked at once, and no more than may be', async () => {
    let begun = 0;
    const { hashOf: asks } = hashingIn(2, () => {
      begun += 1;
      return answering();
    });
    expect(await asks('een')).toBe('een');
    expect(await asks('twee')).toBe('twee');
    expect(begun, 'one after the other').toBe(1);
    expect(await Promise.all(['drie', 'vier', 'vijf'].map(asks))).toEqual(['drie', 'vier', 'vijf']);
    expect(begun).toBe(2);
  });

  test('[G95] a process that waits for a hash stays for it, and goes when it has it', async () => {
    const program = `const { hashOf } = await import(${JSON.stringify(BUILT)}); process.stdout.write(await hashOf('een zin'));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
    expect(stdout).toMatch(/^\$argon2id\$/);
  });
});
