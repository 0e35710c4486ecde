import { defaultCentre } from '@clbchat/server/centre/centre.rules';
import { act } from '@clbchat/server/records/acts.store';
import { openRecords } from '@clbchat/server/records/open.redis';
import type { Change, RecordsStore } from '@clbchat/server/records/records.store';
import type { Redis } from 'ioredis';
import { expect } from 'vitest';
import { fakeClock, type FakeClock } from '../support/clock.ts';

export const CENTRE = 'twin';

/** Records of the centre of these tests, with a fake clock. */
export const recordsOn = (redis: Redis, clock: FakeClock = fakeClock()): Promise<RecordsStore> =>
  openRecords({ redis, tag: `{${CENTRE}}`, clock });

const passkey = { id: 'k'.repeat(22), key: 'cose', counter: 3, transports: ['internal'], made: '2026-11-26' };
/** As her own page makes them. */
export const CREDENTIALS = JSON.stringify({ passkeys: [passkey], codes: ['c'.repeat(43)] });

/** As linking an account makes one, and a coordinator confirms it. */
export const IDENTITY = JSON.stringify({
  ...{ account: 'account1', issuer: 'https://login.example.be', subject: 'subject 1' },
  ...{ made: '2026-11-26', confirmed: true },
});

/** One of each kind, written in two steps, and who did it. */
export async function fillRecords(records: RecordsStore, clock: FakeClock = fakeClock()): Promise<void> {
  const row = (kind: Change['kind'], id: string, text: string): Change => ({ kind, id, rev: 0, text });
  const settings = row(
    'settings',
    'centre',
    JSON.stringify({ ...defaultCentre(), id: CENTRE, name: 'CLB Zuid – één' }),
  );
  await act(records, clock.nowMs(), [settings], { by: 'account1', act: 'settings_changed', about: CENTRE });
  const others = [
    row('account', 'account1', '{"name":"Lien","roles":["counsellor"],"disabled":false}'),
    row('device', 'device1'.padEnd(43, '-'), '{"account":"account1"}'),
    row('credential', 'account1', CREDENTIALS),
    row('identity', 'i'.repeat(43), IDENTITY),
    row('session', 'digest1', '{"account":"account1"}'),
    row('token', 'recover', `{"digest":"${'t'.repeat(43)}"}`),
  ];
  await act(records, clock.nowMs(), others, { by: '@shell', act: 'account_made', about: 'account1' });
}

/** One sentence with an end, and no more. */
export function expectSentence(said: string): void {
  expect(said).toMatch(/^[^\n]+\.$/);
}
