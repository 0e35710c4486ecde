import { defaultSchedule } from '@clbchat/shared/hours/schedule';
import { linkTo, NOTHING_YET } from '@clbchat/server/records/audit.rules';
import { expect, test } from 'vitest';
import { createAudit, type AuditLog } from '../../console/src/model/audit.ts';
import type { AllDevices, Answer, DevicesApi } from '../../console/src/model/devices.ts';
import { createGettingIn } from '../../console/src/model/gettingIn.ts';
import type { GettingInPorts } from '../../console/src/model/gettingInPorts.ts';
import { createHoursPage } from '../../console/src/model/hours/page.ts';
import type { SettingsApi, Standing } from '../../console/src/model/hours/settings.ts';
import { shutOn } from '../../console/src/model/hours/today.ts';
import { createProvider, type Linked, type ProviderPorts } from '../../console/src/model/provider.ts';
import { createSitesPage, type SitesPorts } from '../../console/src/model/sites/page.ts';
import { createDevicesPage } from '../../console/src/model/team/devices.ts';
import type { DevicesPorts } from '../../console/src/model/team/devicesPorts.ts';
import { NOTHING_HEARD } from '../../console/src/model/team/heard.ts';

const NOW_MS = Date.UTC(2026, 10, 26, 17);
const TODAY = '2026-11-26';

test('[U80 U20] hours that were asked for before "Sluit nu" do not open the centre again on the page', async () => {
  let stands = {
    rev: 3,
    settings: { schedule: defaultSchedule(), rules: {}, exitUrl: 'https://x.test' },
  } as unknown as Standing;
  let hold: ((run: () => void) => void) | null = null;
  const api = {
    async read() {
      const found = { ...stands, bounds: {}, orders: [], nowMs: NOW_MS };
      if (hold) await new Promise<void>((resolve) => hold!(resolve));
      return found;
    },
    async write(seen: number, settings: Standing['settings']) {
      if (seen !== stands.rev) return { is: 'stale', now: stands, by: null };
      stands = { rev: stands.rev + 1, settings };
      return { is: 'written', ...stands };
    },
  } as unknown as SettingsApi;
  const page = createHoursPage(api, () => NOW_MS);
  await page.open();
  let answer: () => void = () => undefined;
  hold = (run) => (answer = run);
  const again = page.open(); // she comes back to the page, on a slow line
  await Promise.resolve();
  expect(await page.atOnce((schedule) => shutOn(schedule, TODAY, 'technical'))).toBe('written');
  expect(page.holds.value.exceptions).toHaveLength(1);
  answer();
  await again;
  expect(page.holds.value.exceptions).toHaveLength(1);
});

test('[U80 U37] schools that were asked for before one was taken away do not bring it back on the page', async () => {
  const linde = { name: 'De Linde', origins: ['https://linde.test'] };
  let stands = {
    rev: 3,
    sites: { s_linde: linde } as Record<string, typeof linde>,
    signed: null,
    pins: [],
    chat: 'https://c.test',
    account: 'els',
  };
  let hold: ((run: () => void) => void) | null = null;
  const ports = {
    nowMs: () => NOW_MS,
    own: async () => ({ demo: true, chat: 'https://c.test' }),
    async read() {
      const found = stands;
      if (hold) await new Promise<void>((resolve) => hold!(resolve));
      return found;
    },
    async write(_rev: number, sites: typeof stands.sites) {
      stands = { ...stands, rev: stands.rev + 1, sites };
      return { is: 'written', ...stands };
    },
  } as unknown as SitesPorts;
  const page = createSitesPage(ports);
  await page.open();
  let answer: () => void = () => undefined;
  hold = (run) => (answer = run);
  const again = page.open();
  await Promise.resolve();
  expect(await page.save('s_linde', undefined, linde)).toEqual({ is: 'saved' });
  expect(page.list.value).toHaveLength(0);
  answer();
  await again;
  expect(page.list.value).toHaveLength(0);
});

test('[U37] what a colleague saved is shown after the own change was heard, and not while it is under way', async () => {
  const linde = { name: 'De Linde', origins: ['https://linde.test'] };
  const eik = { name: 'De Eik', origins: ['https://eik.test'] };
  const base = { rev: 3, signed: null, pins: [], chat: 'https://c.test', account: 'els' };
  let stands = { ...base, sites: { s_linde: linde } as Record<string, typeof linde> };
  const { ask, answers } = slowly<object>();
  const ports = {
    nowMs: () => NOW_MS,
    own: async () => ({ demo: true, chat: 'https://c.test' }),
    read: async () => stands,
    write: () => ask({ is: 'written', ...base, rev: 4, sites: {} }),
  } as unknown as SitesPorts;
  const page = createSitesPage(ports);
  await page.open();
  const saving = page.save('s_linde', undefined, linde);
  stands = { ...stands, rev: 5, sites: { s_eik: eik } };
  await page.open();
  expect(page.list.value.map(([id]) => id)).toEqual(['s_linde']);
  answers[0]!();
  expect(await saving).toEqual({ is: 'saved' });
  expect(page.list.value).toEqual([]);
  await page.open();
  expect(page.list.value.map(([id]) => id)).toEqual(['s_eik']);
});

test('[U80 U37] schools that were read before one was taken away do not bring it back where the page’s own host is slow', async () => {
  const linde = { name: 'De Linde', origins: ['https://linde.test'] };
  let stands = {
    ...{ rev: 3, signed: null, pins: [], chat: 'https://c.test', account: 'els' },
    sites: { s_linde: linde } as Record<string, typeof linde>,
  };
  const own = { demo: true, chat: 'https://c.test' };
  const hosts = slowly<typeof own>();
  let isSlow = false;
  const ports = {
    nowMs: () => NOW_MS,
    async own() {
      if (!isSlow) return own;
      isSlow = false; // this once
      return hosts.ask(own);
    },
    read: async () => stands,
    async write(_rev: number, sites: typeof stands.sites) {
      stands = { ...stands, rev: stands.rev + 1, sites };
      return { is: 'written', ...stands };
    },
  } as unknown as SitesPorts;
  const page = createSitesPage(ports);
  await page.open();
  isSlow = true;
  const again = page.open(); // she comes back to the page
  await expect.poll(() => hosts.answers).toHaveLength(1);
  expect(await page.save('s_linde', undefined, linde)).toEqual({ is: 'saved' });
  expect(page.list.value).toHaveLength(0);
  hosts.answers[0]!();
  await again;
  expect(page.list.value).toHaveLength(0);
});

/** Answers that come when the test says so, each as it stood when it was asked for. */
function slowly<Value>() {
  const answers: (() => void)[] = [];
  const ask = (value: Value) => new Promise<Value>((resolve) => void answers.push(() => resolve(value)));
  return { ask, answers };
}

test('[U80 O27] computers that were asked for before one was removed are not shown again', async () => {
  const device = { id: 'd', account: 'lien', name: 'Lien', chain: 'none', endMs: NOW_MS, issuer: 'i' };
  const base = { nowMs: NOW_MS, account: 'noor', binding: 'b', pins: [], asks: [], issuers: [] };
  let devices: unknown[] = [device];
  const all = () => ({ ok: true, value: { ...base, devices } }) as unknown as Answer<AllDevices>;
  const { ask, answers } = slowly<Answer<AllDevices>>();
  const api = {
    all: () => ask(all()),
    async remove() {
      devices = [];
      return all();
    },
  } as unknown as DevicesApi;
  const page = createDevicesPage({
    ...{
      api,
      nowMs: () => NOW_MS,
      readIssuer: async () => null,
      hear: async () => NOTHING_HEARD,
      readPosted: async () => null,
      writePosted: async () => undefined,
      readAsked: async () => null,
    },
    stepUp: { with: async (run: () => Promise<unknown>) => run() },
  } as unknown as DevicesPorts);
  const first = page.open();
  answers[0]!();
  await first;
  const count = () => (page.state.value.is === 'ready' ? page.state.value.shown.devices.length : -1);
  expect(count()).toBe(1);
  const again = page.open();
  await page.remove('d');
  expect(count()).toBe(0);
  answers[1]!();
  await again;
  expect(count()).toBe(0);
});

test('[U80 G36] accounts elsewhere that were asked for before one was judged are not shown again', async () => {
  const waits: Linked = {
    ...{ id: 'a', account: 'lien', rev: 1, name: 'Lien', made: '2026-11-26', confirmed: false },
    ...{ issuer: 'login.test', subject: 's', called: null },
  };
  const { ask, answers } = slowly<readonly Linked[] | null>();
  const ports = {
    links: () => ask([waits]),
    facts: async () => null,
    judge: async () => ({ links: [{ ...waits, confirmed: true }], why: null }),
  } as unknown as ProviderPorts;
  const provider = createProvider(ports, { with: async (run) => (await run()) as never });
  const look = provider.lookAtLinks();
  await provider.judge(waits, true);
  answers[0]!();
  await look;
  expect(provider.links.value).toMatchObject([{ confirmed: true }]);
});

test('[U80 G36] accounts elsewhere that were asked for first are shown where what was asked after was heard by nobody', async () => {
  const { ask, answers } = slowly<readonly Linked[] | null>();
  const found: (readonly Linked[] | null)[] = [[], null];
  const ports = { links: () => ask(found.shift()!) } as unknown as ProviderPorts;
  const provider = createProvider(ports, { with: async (run) => (await run()) as never });
  const looks = [provider.lookAtLinks(), provider.lookAtLinks()];
  answers[1]!();
  await looks[1];
  answers[0]!();
  await looks[0];
  expect(provider.links.value).toEqual([]);
});

test('[U80 U22] who did what, as it was asked for first, does not take the place of what was asked for later', async () => {
  const one = linkTo(NOTHING_YET, NOW_MS, { by: 'noor', act: 'account_made', about: 'lien' });
  const two = linkTo(one.digest, NOW_MS, { by: 'noor', act: 'settings_changed', about: 'centre' });
  const base = { after: NOTHING_YET, earlier: 0, whole: true, names: {} };
  const logs: AuditLog[] = [
    { ...base, entries: [one.text], head: one.digest },
    { ...base, entries: [one.text, two.text], head: two.digest },
  ];
  const { ask, answers } = slowly<AuditLog>();
  const audit = createAudit({
    ...{ read: () => ask(logs.shift()!), seen: async () => null, remember: async () => undefined },
    nowMs: () => NOW_MS,
  });
  const [first, second] = [audit.open(), audit.open()];
  answers[1]!();
  await second;
  answers[0]!();
  await first;
  expect(audit.state.value).toMatchObject({ is: 'ready', rows: { length: 2 } });
});

test('[U80 U22] who did what is shown where what was asked after it was heard by nobody', async () => {
  const log: AuditLog = { after: NOTHING_YET, entries: [], head: NOTHING_YET, earlier: 0, whole: true, names: {} };
  const { ask, answers } = slowly<AuditLog | null>();
  const found = [log, null];
  const audit = createAudit({
    ...{ read: () => ask(found.shift()!), seen: async () => null, remember: async () => undefined },
    nowMs: () => NOW_MS,
  });
  const looks = [audit.open(), audit.open()];
  answers[1]!();
  await looks[1];
  answers[0]!();
  await looks[0];
  expect(audit.state.value).toMatchObject({ is: 'ready' });
});

test('[U80 A13] what she made while her other sessions end stays on her page', async () => {
  const me = { account: 'els', name: 'Els', method: 'passkey', roles: ['counsellor'], leftMs: 1_000 };
  let codesLeft = 1;
  const { ask, answers } = slowly<unknown[]>();
  const ports = {
    keepsCookies: () => true,
    me: async () => me,
    keys: async () => ({ ok: true, value: { passkeys: [], codesLeft } }),
    password: async () => ({ ok: false, why: 'unreachable' }),
    sessions: { list: async () => [], end: () => ask([]) },
  } as unknown as GettingInPorts;
  const model = createGettingIn(ports, () => NOW_MS, { with: async (run: () => Promise<unknown>) => run() } as never);
  await model.start(null);
  const ending = model.endOthers();
  codesLeft = 8;
  await model.goOn();
  answers[0]!();
  await ending;
  expect(model.stand.value).toMatchObject({ is: 'home', keys: { codesLeft: 8 } });
});
