import { afterEach, expect, test } from 'vitest';
import { signIn } from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());

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
