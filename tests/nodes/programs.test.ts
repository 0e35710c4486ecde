import { expect, test } from 'vitest';
import { lookAt } from '../redis/world.ts';
import { startApp, times, type App } from '../support/app.ts';
import { connectVisitor, joinInput, newSecrets } from '../support/clients.ts';
import { limitsFile } from '../support/limitsFile.ts';

const from = '127.0.0.66';
async function is({ origin, ports }: App, address: string): Promise<string> {
  const client = await connectVisitor({ origin, address: `http://127.0.0.1:${ports.chat}` }, { from: address });
  const answer = await client.ask('visit:join', await joinInput(await newSecrets()));
  return answer.ok ? 'joined' : answer.code;
}

test('[N44] with two programs on one Redis one address shuts out nobody at the other, and what one that was killed told runs out', async () => {
  const LIMITS_FILE = limitsFile({}, { waitingMax: 6 });
  const one = await startApp({ on: 'redis', env: { LIMITS_FILE } });
  const stores = { REDIS_URL: one.live!.url, RECORDS_REDIS_URL: one.records!.url };
  const other = await startApp({ env: { LIMITS_FILE, ...stores } }).catch(async (error: unknown) => {
    await one.stop();
    throw error;
  });
  const live = lookAt(one.live!);
  const beyond = async () => Object.values(await live.hgetall('{demo}:beyond')).map((said) => said.split(':')[1]);
  try {
    for (let each = 0; each < 6; each += 1) expect(await is(one, from)).toBe('joined');
    expect(await is(one, from)).toBe('full');
    await expect.poll(beyond).toEqual(['2']);
    expect(await is(other, '127.0.0.81')).toBe('joined');
    expect(await is(other, '127.0.0.82')).toBe('joined');
    expect(await is(other, '127.0.0.83'), 'with four that count').toBe('full');
    await one.kill();
    const untilMs = Number(Object.values(await live.hgetall('{demo}:beyond'))[0]!.split(':')[0]);
    await expect.poll(() => Date.now()).toBeGreaterThan(untilMs + times.clockSkewMsMax);
    await expect.poll(() => live.zcard('{demo}:line')).toBe(2);
    for (let more = 84; more < 88; more += 1) expect(await is(other, `127.0.0.${more}`)).toBe('joined');
    expect(await is(other, '127.0.0.88'), 'six that count').toBe('full');
  } finally {
    live.disconnect();
    await other.stop();
    await one.stop();
  }
}, 60_000);
