import { makeSigningPair } from '@clbchat/shared/statement/signingKey';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { demoProof } from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';

let app: App;
beforeAll(async () => {
  app = await startApp({ on: 'redis' });
});
afterAll(() => app.stop());

const here = () => ({ port: app.ports.chat });
async function signIn(who: 'lien' | 'samir'): Promise<string> {
  const body = JSON.stringify({ who, ...(await demoProof(await makeSigningPair())) });
  const { status, headers } = await request(here(), 'POST', '/api/demo/sign-in', { headers: fromOurPage(app), body });
  expect(status).toBe(200);
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}
const signOut = async (cookie: string) => {
  const headers = { ...fromOurPage(app), cookie };
  expect((await request(here(), 'POST', '/api/demo/sign-out', { headers, body: '{}' })).status).toBe(204);
};
const isIn = async (cookie: string) =>
  (await request(here(), 'GET', '/api/demo/session', { headers: { ...fromOurPage(app), cookie } })).status;

test('[A9] who signed in is in, and who signed out is out, when the program and its records were killed right after the answer', async () => {
  const sessions: [cookie: string, status: number][] = [];
  for (let round = 0; round < 4; round += 1) {
    const [stays, goes] = [await signIn('lien'), await signIn('samir')];
    sessions.push([stays, 200], [goes, 401]);
    await signOut(goes);
    await Promise.all([app.records?.kill(), app.kill()]);
    await app.records?.restart();
    await app.start();
    for (const [cookie, status] of sessions) expect(await isIn(cookie), `round ${round}`).toBe(status);
  }
  expect(app.said()).not.toContain('its chain is broken');
});
