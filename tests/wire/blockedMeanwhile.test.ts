import { readEntry } from '@clbchat/server/records/audit.rules';
import { memoryRecords } from '@clbchat/server/records/records.model';
import type { RecordsStore } from '@clbchat/server/records/records.store';
import { afterEach, expect, test } from 'vitest';
import { asks, codeOf, computer } from '../support/centreKeys.ts';
import { signIn } from '../support/clients.ts';
import { post, said } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());

/** Records in which somebody does something each time that a block was thought of, and is about to be written. */
function beforeEachBlock(does: () => Promise<unknown>) {
  const count = { thought: 0 };
  const records = async (clock: Parameters<typeof memoryRecords>[0]): Promise<RecordsStore> => {
    const under = memoryRecords(clock);
    return {
      ...under,
      async write(changes, entry) {
        if (entry && readEntry(entry.text)?.act === 'account_disabled' && (count.thought += 1) <= 20) await does();
        return under.write(changes, entry);
      },
    };
  };
  return { records, count };
}

test('[G83 A11] who is blocked holds that up by nothing that her sessions do meanwhile: it is thought once', async () => {
  const codes: string[] = [];
  let does = async (): Promise<unknown> => undefined;
  const { records, count } = beforeEachBlock(() => does());
  service = await startService({ passkeys: 'too', records });
  const noor = await signIn(service, 'noor');
  const samir = { ...(await signIn(service, 'samir')), service };
  const headers = { ...fromOurPage(service), cookie: noor.cookie };
  const team = await request(service, 'GET', '/api/team', { headers });
  const { people } = said<{ people: { id: string; rev: number }[] }>(team);
  const rev = people.find(({ id }) => id === 'samir')!.rev;
  does = async () => codes.push(codeOf(await asks(samir, await computer())));
  const block = { account: 'samir', rev, disabled: true };
  expect((await post(service, '/api/team/disable', block, noor.cookie)).status).toBe(200);
  expect({ ...count, codes }).toEqual({ thought: 1, codes: ['200 ok'] });
});
