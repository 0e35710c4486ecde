import { expect, test, vi } from 'vitest';
import type { DevicesApi, OwnDevices } from '../../console/src/model/devices.ts';

const kept = vi.hoisted(() => ({ person: undefined as { signed: { chain: string } | null } | undefined }));
vi.mock('../../console/src/device/database.ts', async (original) => ({
  ...(await original<object>()),
  openDatabase: async () => ({}),
}));
vi.mock('../../console/src/device/enrolled.ts', async (original) => ({
  ...(await original<object>()),
  takeSigned: async () => kept.person,
  idOf: async () => 'A'.repeat(43),
  ownWords: () => ({ endsMs: 10 }),
}));
const { enrolmentPorts } = await import('../../console/src/device/enrolment.ts');

const HERE = 'A'.repeat(43);
const signed = { signed: { chain: 'c' } };
const asks = { asks: [HERE] };
test.each([
  ['has no key', undefined, {}, 5, 'none'],
  ['asks for the first time', { signed: null }, asks, 5, 'asks'],
  ['may chat', signed, {}, 5, 'signed'],
  ['may chat, whatever it asked for', signed, asks, 5, 'signed'],
  ['ended', signed, {}, 10, 'ended'],
  ['ended, and holds somebody', signed, { holding: HERE }, 10, 'signed'],
  ['ended, and asks anew', signed, asks, 10, 'asks'],
  ['waits for another signature', signed, { waits: [HERE] }, 5, 'waits'],
  ['waits, and asks anew', signed, { waits: [HERE], ...asks }, 5, 'asks'],
  ['asks, as another computer of hers does', { signed: null }, { asks: ['there'] }, 5, 'none'],
] as const)(
  '[O45 O67] her page reads of the computer at which she sits that it %s',
  async (_what, person, said, nowMs, is) => {
    kept.person = person;
    const own = { asks: [], devices: [{ id: HERE }, { id: 'there' }], nowMs, ...said } as unknown as OwnDevices;
    const api = { own: async () => ({ ok: true, value: own }) } as unknown as DevicesApi;
    const found = await enrolmentPorts({} as IDBFactory, api, () => nowMs).look();
    const others = person === undefined ? [HERE, 'there'] : ['there'];
    expect(found).toMatchObject({ is, others: others.map((id) => ({ id })) });
  },
);
