import { request as open } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test, vi } from 'vitest';
import { signIn } from '../support/clients.ts';
import { changeAccount } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());

interface Shown {
  readonly rev: number;
  readonly settings?: object;
  readonly sites?: readonly object[];
}

test.each(['/api/centre/settings', '/api/centre/sites'])(
  '[N74] nothing of a large body is read before it is known who sends it: %s',
  async (path) => {
    service = await startService();
    const put = (body: string, cookie?: string) =>
      request(service, 'PUT', path, { headers: { ...fromOurPage(service), cookie }, body });
    const [lien, noor] = [(await signIn(service, 'lien')).cookie, (await signIn(service, 'noor')).cookie];
    const large = `"${'x'.repeat(service.limits.settingsBytesMax)}"`;
    for (const body of ['{', large]) {
      const answers = [await put(body), await put(body, lien), await put(body, noor)].map(({ status }) => status);
      expect(answers).toEqual([401, 403, body === '{' ? 400 : 413]);
    }
  },
);

test.each([
  ['/api/centre/settings', ({ rev, settings }: Shown) => ({ rev, settings })],
  ['/api/centre/sites', ({ rev, sites }: Shown) => ({ rev, sites, signed: null })],
])('[N74 A19] who is no coordinator any more once her body is there saves nothing: %s', async (path, wanted) => {
  service = await startService();
  const headers = { ...fromOurPage(service), cookie: (await signIn(service, 'noor')).cookie };
  const now = JSON.parse((await request(service, 'GET', path, { headers })).body) as Shown;
  const body = JSON.stringify(wanted(now));
  const looks = vi.spyOn(service.sessions, 'find');
  const length = String(Buffer.byteLength(body));
  const asking = open({
    ...{ host: '127.0.0.1', port: service.port, method: 'PUT', path, agent: false },
    headers: { host: `localhost:${service.port}`, ...headers, 'content-length': length },
  });
  const answer = new Promise<string>((resolve) =>
    asking.once('response', (response) => void text(response).then(resolve)),
  );
  asking.write(body.slice(0, 10));
  await vi.waitUntil(() => looks.mock.results.length === 1);
  expect(await looks.mock.results[0]!.value).toMatchObject({ roles: ['coordinator'] });
  await changeAccount(service.records, 'noor', { roles: ['counsellor'] });
  asking.end(body.slice(10));
  expect(await answer).toBe('{"code":"not_yours"}');
  expect((await service.records.get({ kind: 'settings', id: 'centre' }))!.rev).toBe(now.rev);
});
