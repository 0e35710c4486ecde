import { act } from '@clbchat/server/records/acts.store';
import { memoryRecords } from '@clbchat/server/records/records.model';
import { afterEach, expect, test } from 'vitest';
import { judge, type AuditLog } from '../../console/src/model/audit.ts';
import { signIn, visitorWaits, type Who } from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());

async function read(who: Who = 'noor'): Promise<{ status: number; log: AuditLog }> {
  const { cookie } = await signIn(service, who);
  const headers = { ...fromOurPage(service), cookie };
  const { status, body } = await request(service, 'GET', '/api/audit', { headers });
  return { status, log: JSON.parse(body) as AuditLog };
}
const judged = async (log: AuditLog, shownMax?: number) =>
  (await judge(log, null, service.clock.nowMs(), shownMax)).broken;

test('[U22] the log is a coordinator’s to read, as it was written down, with the names of those who are there still', async () => {
  service = await startService();
  await visitorWaits(service);
  const acted = { by: 'left', act: 'codes_made', about: 'noor' } as const;
  await act(service.records, service.clock.nowMs(), [], acted);
  expect((await read('lien')).status).toBe(403);
  const { status, log } = await read();
  expect(status).toBe(200);
  expect(log.entries.map((text) => (JSON.parse(text) as { act: string }).act)).toEqual([
    ...['account_made', 'account_made', 'account_made', 'settings_changed', 'codes_made'],
    ...['device_signed', 'device_signed'],
  ]);
  expect(log).toMatchObject({ earlier: 0, whole: true, names: { lien: 'Lien', noor: 'Noor' } });
  expect(Object.keys(log.names)).not.toContain('left');
  expect(await judged(log)).toBeNull();
  for (const at of log.entries.keys()) {
    const entries = log.entries.with(at, log.entries[at]!.replace('"by":"', '"by":"x'));
    expect(await judged({ ...log, entries })).toBe('changed');
    expect(await judged({ ...log, entries: log.entries.toSpliced(at, 1) })).toBe('changed');
  }
  expect(await judged({ ...log, head: 'another' })).toBe('changed');
});

test('[U22 U23] of a long log the newest come, chained to what came before', async () => {
  service = await startService({ limits: { auditShownMax: 3 } });
  const { log } = await read();
  expect([log.entries.length, log.earlier]).toEqual([3, 2]);
  expect(await judged(log, 3)).toBeNull();
  expect(await judged({ ...log, after: '' }, 3)).toBe('changed');
});

test('[U23] a log that was changed by other hands is told as that, also where the part that is shown holds', async () => {
  service = await startService({
    limits: { auditShownMax: 2 },
    async records(clock) {
      const records = memoryRecords(clock);
      const spoiled = async () => {
        const log = await records.audit();
        return { ...log, entries: log.entries.map((text, at) => (at === 0 ? text.replace('@demo', 'noor') : text)) };
      };
      let spoils = false;
      return {
        ...records,
        audit: () => (spoils ? spoiled() : records.audit()),
        sweep: async () => void (spoils = true),
      };
    },
  });
  const before = await read();
  expect(before.log.whole).toBe(true);
  await service.records.sweep();
  const { log } = await read();
  expect(log.whole).toBe(false);
  expect(await judged(log, 2)).toBe('changed');
});
