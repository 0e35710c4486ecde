import { afterEach, expect, test } from 'vitest';
import { changeAccount } from '../support/gettingIn.ts';
import { signIn, type Who } from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());
async function coordinator(who: Who) {
  if (who !== 'noor') await changeAccount(service.records, who, { roles: ['counsellor', 'coordinator'] });
  const { cookie } = await signIn(service, who);
  const headers = { ...fromOurPage(service), cookie };
  const asks = async (method: string, path: string, body?: object) => {
    const { status, body: text } = await request(service, method, path, {
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status, said: JSON.parse(text) as { rev: number; settings: object; by: string } };
  };
  return {
    hours: () => asks('GET', '/api/centre/settings'),
    saveHours: (b: object) => asks('PUT', '/api/centre/settings', b),
    sites: () => asks('GET', '/api/centre/sites'),
    saveSites: (b: object) => asks('PUT', '/api/centre/sites', b),
  };
}

test('[A3 U40] who saves the same hours as a colleague reads the name of that colleague, also where a third saved a school since', async () => {
  service = await startService();
  const [noor, lien, samir] = [await coordinator('noor'), await coordinator('lien'), await coordinator('samir')];
  const { said } = await noor.hours();
  const change = (exitUrl: string) => ({ ...said.settings, exitUrl });
  expect((await lien.saveHours({ rev: said.rev, settings: change('https://www.een.be/') })).status).toBe(200);
  const { rev } = (await samir.sites()).said;
  expect(
    (await samir.saveSites({ rev, sites: { s_1: { origins: ['https://www.school.be'] } }, signed: null })).status,
  ).toBe(200);
  const clash = await noor.saveHours({ rev: said.rev, settings: change('https://www.twee.be/') });
  expect([clash.status, clash.said.by]).toEqual([409, 'Lien']);
});
test('[A3 U38] and who saves the same school, also where a third saved hours since', async () => {
  service = await startService();
  const [noor, lien, samir] = [await coordinator('noor'), await coordinator('lien'), await coordinator('samir')];
  const { rev } = (await noor.sites()).said;
  expect(
    (await lien.saveSites({ rev, sites: { s_1: { origins: ['https://www.school.be'] } }, signed: null })).status,
  ).toBe(200);
  const { said } = await samir.hours();
  expect(
    (await samir.saveHours({ rev: said.rev, settings: { ...said.settings, exitUrl: 'https://www.een.be/' } })).status,
  ).toBe(200);
  const clash = await noor.saveSites({ rev, sites: { s_1: { origins: ['https://www.andere.be'] } }, signed: null });
  expect([clash.status, clash.said.by]).toEqual([409, 'Lien']);
});
