import type { BrowserContext, Page } from 'playwright-core';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { signSites } from '@clbchat/shared/statement/sites';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../support/chromium.ts';
import { addAuthenticator } from '../support/virtualAuthenticator.ts';
import { holdCeremony, hosts, startProduction, type Ceremony, type Production } from '../support/production.ts';

const [SCHOOL, STRANGER] = ['https://www.delinde.test', 'https://www.vreemd.test'] as const;

/** A page of somebody else with the chat in a frame; which of both it is its host says. */
async function schoolPages(): Promise<{ server: Server; port: number }> {
  const server = createServer((_request, answer) => {
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    answer.end(`<!doctype html><title>School</title><iframe title="chat" src="${hosts.chat}/w/linde/"></iframe>`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as { port: number }).port };
}

let ceremony: Ceremony;
let production: Production;
let schools: Awaited<ReturnType<typeof schoolPages>>;
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  [ceremony, schools] = [await holdCeremony(), await schoolPages()];
  const { port } = schools;
  production = await startProduction({ pins: ceremony.pins, schools: { [SCHOOL]: port, [STRANGER]: port } });
  const { proxy } = production;
  browser = await openBrowser({
    args: [
      `--host-resolver-rules=MAP *.test 127.0.0.1:${proxy.port}`,
      `--ignore-certificate-errors-spki-list=${proxy.spki}`,
    ],
  });
});
afterAll(async () => {
  await browser.close();
  schools.server.close();
  await production.stop();
});

/** Step 1: from an empty server to a coordinator who is signed in, as whoever sets the centre up does it. */
async function firstCoordinator(context: BrowserContext): Promise<Page> {
  const printed = await production.shell('bootstrap');
  const address = /^https:\S+$/m.exec(printed)?.[0] ?? '';
  expect(address).toMatch(/^https:\/\/console\.clb\.test\/console\/#begin=/);
  const page = await context.newPage();
  await addAuthenticator(page);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await page.goto(address);
  await page.getByLabel('Je naam').fill('Els');
  await press('Maak een passkey');
  await page.getByRole('heading', { level: 1, name: 'Een tweede weg naar binnen' }).waitFor();
  await press('Maak tien herstelcodes');
  await page.getByLabel('Ik heb de codes bewaard').check();
  await press('Ga verder');
  await page.getByText('Je bent aangemeld als Els.').waitFor();
  return page;
}

/** What a page may learn of a path of the relay, by its browser's own rules: the status, or that it may not read it. */
const asks = (page: Page, path: string, credentials: RequestCredentials, method = 'GET', body?: string) =>
  page.evaluate(
    ([address, how]) =>
      fetch(address, how).then(
        ({ status }) => status,
        () => 'may not read it' as const,
      ),
    [
      hosts.relay + path,
      {
        method,
        credentials,
        headers: { 'x-clb': '1', 'content-type': 'application/json' },
        ...(body !== undefined && { body }),
      },
    ] as const,
  );

/** Step 2: a list that the coordinator's issuer signed, sent from her own page; the static side looks at it as it starts. */
async function opensSite(page: Page): Promise<void> {
  const sites = { linde: { origins: [SCHOOL] } };
  const signed = await signSites(ceremony.issuer, { rev: 1, sites, nowMs: Date.now() });
  const { rev } = await page.evaluate(
    async (address) =>
      (await (await fetch(address, { credentials: 'include', headers: { 'x-clb': '1' } })).json()) as { rev: number },
    `${hosts.relay}/api/centre/sites`,
  );
  const put = JSON.stringify({ rev, sites, signed });
  expect(await asks(page, '/api/centre/sites', 'include', 'PUT', put)).toBe(200);
  await production.files.stop();
  await production.files.start();
}

/** Step 3: the chat in the frame of a page; null where the browser does not show it. */
async function framedChat(context: BrowserContext, page: string): Promise<string | null> {
  const tab = await context.newPage();
  await tab.goto(page);
  const frame = tab.frames().find((one) => one !== tab.mainFrame());
  const isShown = frame?.url().startsWith(hosts.chat) === true;
  const text = isShown ? await frame.getByRole('heading', { name: 'We zijn nu dicht.' }).innerText() : null;
  await tab.close();
  return text;
}

test('[I14] on three hosts over TLS: from the shell to a coordinator by passkey, and to the chat on the page of a school that she named', async () => {
  const centre = await browser.newContext();
  const console = await firstCoordinator(centre);
  expect(new URL(console.url()).origin).toBe(hosts.console);
  const cookies = await centre.cookies();
  expect(cookies.filter(({ name }) => name === '__Host-clb')).toMatchObject([
    { domain: new URL(hosts.relay).hostname, secure: true, httpOnly: true, sameSite: 'Strict' },
  ]);

  // she is known on a fresh page, out, and in again by the passkey of the console's host
  await console.reload();
  await console.getByText('Je bent aangemeld als Els.').waitFor();
  await console.getByRole('button', { name: 'Meld af', exact: true }).click();
  await console.getByRole('button', { name: 'Meld aan met een passkey', exact: true }).click();
  await console.getByRole('button', { name: 'Meld aan met je passkey', exact: true }).click();
  await console.getByText('Je bent aangemeld als Els.').waitFor();
  expect(await asks(console, '/api/centre/settings', 'include')).toBe(200);

  const pupil = await browser.newContext();
  expect(await framedChat(pupil, SCHOOL)).toBe(null);
  await opensSite(console);
  expect(await framedChat(pupil, SCHOOL)).toBe('We zijn nu dicht.'); // which only the relay knows
  expect(await framedChat(pupil, STRANGER)).toBe(null);

  // in the coordinator's own browser the chat's host gets nothing by her cookie
  const chat = await centre.newPage();
  await chat.goto(`${hosts.chat}/w/`);
  await chat.getByRole('heading', { level: 1 }).waitFor();
  for (const credentials of ['include', 'omit'] as const)
    for (const path of ['/api/session', '/api/centre/settings', '/api/audit'])
      expect(await asks(chat, path, credentials)).toBe('may not read it');
  const status = await chat.evaluate(async () => (await fetch('/status/linde')).json());
  expect(status).toEqual({ state: 'closed', nextOpen: null });
  expect(production.relay.said() + production.files.said()).not.toMatch(/TRUSTED_HOPS|failed|Els|linde/);
});
