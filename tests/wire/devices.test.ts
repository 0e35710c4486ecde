import { readEntry } from '@clbchat/server/records/audit.rules';
import { memoryRecords } from '@clbchat/server/records/records.model';
import type { RecordsStore } from '@clbchat/server/records/records.store';
import { Problem } from '@clbchat/server/kernel/failure';
import type { AccountId, Digest } from '@clbchat/shared/ids';
import { refused } from '@clbchat/shared/protocol/wire';
import { assembleChain } from '@clbchat/shared/statement/certificate';
import { issueDevice } from '@clbchat/shared/statement/issue';
import { exportPublic, makeSigningPair, pinOf } from '@clbchat/shared/statement/signingKey';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectCounsellor, deskOpens, prove, signIn, type SignedIn } from '../support/clients.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let records: RecordsStore;
let answers = true;
beforeEach(async () => {
  answers = true;
  service = await startService({
    async records(clock) {
      records = memoryRecords(clock);
      const asked: RecordsStore['get'] = (name) =>
        answers ? records.get(name) : Promise.reject(new Problem('unavailable'));
      return { ...records, get: asked };
    },
  });
});
afterEach(() => service.stop());

const digestOf = async ({ device }: SignedIn) => (await pinOf(await exportPublic(device.publicKey))) as Digest;
async function proves(who: SignedIn): Promise<unknown> {
  const client = await connectCounsellor(service, { cookie: who.cookie });
  const proved = await prove(service, client, who);
  client.leave();
  return proved;
}

/** What a stolen issuer can sign, without the service. */
async function signedBehind(who: SignedIn): Promise<SignedIn> {
  const device = await makeSigningPair();
  const nowS = Math.floor(service.clock.nowMs() / 1_000);
  const { rootPublic, issuerStatement, issuerKey } = service.keys;
  const pub = await exportPublic(device.publicKey);
  const statement = await issueDevice(
    { privateKey: issuerKey },
    { org: 'CLBCh@t demo', sub: who.account, name: 'Lien', site: 'CLB', pub, nbf: nowS - 60, exp: nowS + 3_600 },
  );
  return { ...who, device, chain: assembleChain(rootPublic, issuerStatement, statement) };
}

describe('[A15] a device and its account', () => {
  test('a certificate that is nowhere written down seats nobody, whoever signed it', async () => {
    const lien = await signIn(service);
    const rogue = await signedBehind(lien);
    expect(await proves(rogue)).toEqual(refused('no_cert'));
    expect(await proves(lien)).toMatchObject({ ok: true });
    await service.devices.signed(await digestOf(rogue), lien.account, service.clock.nowMs() + 1_000, 'noor');
    expect(await proves(rogue)).toMatchObject({ ok: true });
    service.clock.advance(1_000); // off the record before the certificate ends
    expect(await proves(rogue)).toEqual(refused('no_cert'));
  });

  test('a device stays the account’s that it was first signed for', async () => {
    const lien = await signIn(service, 'lien');
    await expect(signIn(service, 'samir', lien.device)).rejects.toThrow('the signer refused');
    expect(await service.devices.isOf(await digestOf(lien), 'samir' as AccountId, lien.chain)).toBe(false);
    expect(await proves(lien)).toMatchObject({ ok: true });
  });

  test('on record are a digest, whose it is and until when; the first signing is an act, one more is none', async () => {
    const lien = await signIn(service);
    const id = await digestOf(lien);
    const at = async () => (await records.list('device')).map((row) => [row.id, row.text, row.endMs]);
    const days = (count: number) => count * 86_400_000;
    const first = service.clock.nowMs();
    expect(await at()).toEqual([[id, '{"account":"lien"}', first + days(14)]]);
    service.clock.advance(days(13));
    await signIn(service, 'lien', lien.device);
    expect(await at()).toEqual([[id, '{"account":"lien"}', first + days(27)]]);
    const acts = (await records.audit()).entries.map(readEntry).filter((entry) => entry?.act === 'device_signed');
    expect(acts).toEqual([{ atMs: first, by: '@demo', act: 'device_signed', about: id }]);
  });

  test('two who sign the same device at once: one account has it, and the other signer is told', async () => {
    const device = 'd'.repeat(43) as Digest;
    const endMs = service.clock.nowMs() + 1_000;
    const sign = (account: string) => service.devices.signed(device, account as AccountId, endMs, 'noor');
    const [lien, samir, again] = await Promise.all([sign('lien'), sign('samir'), sign('lien')]);
    expect([lien, samir, again]).toEqual([true, false, true]);
    expect((await records.list('device')).map(({ text }) => text)).toEqual(['{"account":"lien"}']);
  });

  test('while the records do not answer, the devices that this process met go on, and no other', async () => {
    const [lien, samir] = [await signIn(service, 'lien'), await signIn(service, 'samir')];
    (await deskOpens(service, lien)).leave();
    (await connectCounsellor(service, { cookie: samir.cookie })).leave();
    answers = false;
    expect(await proves(lien)).toMatchObject({ ok: true });
    expect(await proves(samir)).toEqual(refused('unavailable'));
    expect(await proves({ ...(await signedBehind(lien)), cookie: lien.cookie })).toEqual(refused('unavailable'));
    answers = true;
    expect(await proves(samir)).toMatchObject({ ok: true });
  });
});
