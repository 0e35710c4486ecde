import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomToken } from '@clbchat/shared/digest';
import { refused } from '@clbchat/shared/protocol/wire';
import {
  connectCounsellor,
  connectVisitor,
  newShare,
  signIn,
  visitorWaits,
  type SignedIn,
} from '../support/clients.ts';
import { counsellorInputs, shortFrame, visitorInputs } from '../support/inputs.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let lien: SignedIn;
beforeAll(async () => {
  service = await startService();
  lien = await signIn(service);
});
afterAll(() => service.stop());

const optional = new Set(['takeOver', 'id', 'slots']);
/** free text within a length: what it holds is compared, never shown */
const opaque = new Set(['id']);

type Input = Record<string, unknown>;

/** Everything that is not what the field may hold. */
function wrongFor(name: string, value: unknown): unknown[] {
  const always = [null, [], {}, [[value]], { $gt: '' }, typeof value === 'boolean' ? 'true' : true];
  if (typeof value === 'number') return [...always, '1', -1, 1.5, 2 ** 31 + 1, Number.MAX_SAFE_INTEGER];
  if (typeof value === 'string') {
    const texts = [
      '',
      `${value}\u0000`,
      `${value} `,
      `${value}=`,
      `${value}\ud800`,
      `${value}+/`,
      `é${value.slice(1)}`,
      `${value}A`,
    ];
    return [...always, 7, ...(opaque.has(name) ? ['x'.repeat(41)] : texts)];
  }
  return [...always, 7, 'text'];
}

/** Each input that differs from a right one in one thing. */
function wrongInputs(input: Input): unknown[] {
  const wrong: unknown[] = [null, [], 7, 'text', true, [input], { ...input, extra: 1 }, { ...input, '': 1 }];
  for (const [name, value] of Object.entries(input)) {
    const { [name]: _gone, ...rest } = input;
    if (!optional.has(name)) wrong.push(rest);
    for (const other of wrongFor(name, value)) wrong.push({ ...input, [name]: other });
    if (name === 'share')
      wrong.push({ ...input, share: { ...newShare(), more: 1 } }, { ...input, share: { rid: randomToken(8) } });
    if (name === 'frames') wrong.push({ ...input, frames: Array.from({ length: 9 }, () => shortFrame) });
  }
  return wrong;
}

async function isClosedFor(
  connect: () => ReturnType<typeof connectVisitor>,
  event: string,
  input: unknown,
): Promise<void> {
  const client = await connect();
  expect(await client.send(event, input), JSON.stringify(input)?.slice(0, 200)).toEqual(refused('malformed'));
  expect(await client.closed).toBe('io server disconnect');
}

test('[N4] who asks for no answer gets no work done', async () => {
  const visitor = await visitorWaits(service);
  visitor.socket.emit('visit:end', { why: 'left' });
  expect(await visitor.ask('visit:state', {})).toMatchObject({ ok: true });
  visitor.leave();
});

describe('[N4] what no schema allows is answered `malformed`, writes nothing, and ends the connection', () => {
  test.each(Object.entries(visitorInputs))('/visitor %s', async (event, input) => {
    const before = await service.live.queue.facts();
    for (const wrong of wrongInputs(input)) await isClosedFor(() => connectVisitor(service), event, wrong);
    expect(await service.live.queue.facts()).toEqual(before);
  });

  test.each(Object.entries(counsellorInputs))('/counsellor %s', async (event, input) => {
    const connect = () => connectCounsellor(service, { cookie: lien.cookie }) as never;
    for (const wrong of wrongInputs(input)) await isClosedFor(connect, event, wrong);
  });

  test('two inputs', async () => {
    const client = await connectVisitor(service);
    expect(await client.send('visit:state', {}, {})).toEqual(refused('malformed'));
    expect(await client.closed).toBe('io server disconnect');
  });
});

test('[N4] the same inputs without a mistake are not malformed', async () => {
  for (const [event, input] of Object.entries(visitorInputs)) {
    const client = await connectVisitor(service);
    expect(await client.send(event, input), event).not.toEqual(refused('malformed'));
    client.leave();
  }
  for (const [event, input] of Object.entries(counsellorInputs).filter(([name]) => name !== 'desk:prove')) {
    const client = await connectCounsellor(service, { cookie: lien.cookie });
    expect(await client.send(event, input), event).toEqual(refused('no_cert'));
    client.leave();
  }
});
