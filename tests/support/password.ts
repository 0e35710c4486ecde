import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashOf } from '@clbchat/server/accounts/hashing.thread';
import { newSeed, seedShown } from '@clbchat/server/accounts/password.rules';
import { passwordsOf } from '@clbchat/server/accounts/passwords.store';
import { KEY_BYTES, secretsOf } from '@clbchat/server/accounts/secrets.rules';
import { systemClock } from '@clbchat/server/kernel/clock';
import { openRecords } from '@clbchat/server/records/open.redis';
import type { RecordsStore } from '@clbchat/server/records/records.store';
import type { AccountId } from '@clbchat/shared/ids';
import { Redis } from 'ioredis';
import { TOTP } from 'otpauth';

export const PASSWORD = 'een zin die niemand raadt';
const STEP_MS = 30_000;
const key = Buffer.alloc(KEY_BYTES, 3);

/** A file with the key beside the records, for as long as the tests run. @returns its path */
export function recordsKeyFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clbchat-key-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'records.key');
  writeFileSync(file, key, { mode: 0o600 });
  return file;
}

/** The records of a service that runs, for as long as this takes. */
export async function atRecords<Value>(url: string, does: (records: RecordsStore) => Promise<Value>): Promise<Value> {
  const redis = new Redis(url);
  try {
    return await does(await openRecords({ redis, tag: '{demo}', clock: systemClock }));
  } finally {
    redis.disconnect();
  }
}

/** Gives an account a password. @returns the codes that go with it: each counts once, so that of the next step, too */
export async function givePassword(records: RecordsStore, id: AccountId, login: string) {
  const [seed, secrets] = [newSeed(), secretsOf(key)];
  const hash = await hashOf(secrets.peppered(PASSWORD));
  const { nowMs } = systemClock;
  await passwordsOf({ records, nowMs }).set(id, { login, hash, seed: secrets.seal(seed, id), step: 0 });
  const totp = new TOTP({ secret: seedShown(seed, '').secret });
  return { now: () => totp.generate(), next: () => totp.generate({ timestamp: nowMs() + STEP_MS }) };
}
