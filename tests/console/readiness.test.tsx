import { signal } from '@preact/signals';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { defaultSchedule } from '@clbchat/shared/hours/schedule';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  createReadiness,
  readinessOf,
  type Known,
  type Readiness,
  type ReadinessPorts,
} from '../../console/src/model/readiness.ts';
import type { Person } from '../../console/src/model/team/team.ts';
import { fetchAndTell, underReadiness } from '../../console/src/readiness.tsx';
import { AbovePage } from '../../console/src/ui/AbovePage.tsx';
import { ReadinessCard } from '../../console/src/ui/ReadinessCard.tsx';
import { readiness as words } from '../../console/src/words/readiness.ts';

afterEach(cleanup);

const NOW_MS = Date.UTC(2026, 10, 26, 17);
type Issuer = Known['devices']['issuers'][number];
const issuer = (account: string, more: Partial<Issuer> = {}): Issuer => ({
  ...{ id: `of ${account}`, account, name: account, endMs: NOW_MS + 1, revoked: false, active: true },
  ...more,
});
const person = (id: string, more: Partial<Person> = {}): Person => ({
  ...{ id, rev: 1, name: id, roles: ['coordinator'], disabled: false, lastIn: 'today' },
  ...more,
});
const none = Object.fromEntries(
  Object.keys(defaultSchedule().week).map((day) => [day, []]),
) as unknown as Known['settings']['settings']['schedule']['week'];
const settings = (rev: number, schedule: Partial<Known['settings']['settings']['schedule']> = {}) => ({
  rev,
  settings: { schedule: { ...defaultSchedule(), week: none, ...schedule }, rules: {}, exitUrl: 'https://x.test' },
});
/** A centre in which nothing was done, and Els is alone. */
const fresh: Known = {
  devices: { nowMs: NOW_MS, account: 'els', issuers: [] },
  settings: settings(0),
  sites: {},
  team: { people: [person('els'), person('joke', { roles: ['counsellor'] })] },
};
const signing = (...issuers: Issuer[]) => ({ devices: { ...fresh.devices, issuers } });
const both = { team: { people: [person('els'), person('an')] } };
const ready: Known = {
  ...{ ...fresh, ...both, ...signing(issuer('els'), issuer('an')) },
  settings: settings(3, { week: defaultSchedule().week }),
  sites: { linde: { origins: ['https://linde.test'] } },
};
const said = (known: Partial<Known>): [string, Readiness['warning']] => {
  const { steps, warning } = readinessOf({ ...fresh, ...known });
  return [
    steps
      .filter(({ done }) => done)
      .map(({ step }) => step)
      .join(' '),
    warning,
  ];
};

describe('[U43 U44] how far a centre is', () => {
  test('is what the service says of issuers, hours, schools and coordinators', () => {
    expect(said({})).toEqual(['', 'nobody']);
    expect(readinessOf(fresh).steps).toEqual([
      { step: 'keys', done: false, to: 'devices' },
      { step: 'hours', done: false, to: 'hours' },
      { step: 'school', done: false, to: 'sites' },
      { step: 'second', done: false, to: 'team' },
    ]);
    // hours are chosen by somebody, and are more than none
    expect(said({ settings: settings(0, { week: defaultSchedule().week }) })[0]).toBe('');
    expect(said({ settings: settings(1) })[0]).toBe('');
    expect(said({ settings: settings(1, { week: defaultSchedule().week }) })[0]).toBe('hours');
    const days = { from: '2026-11-26', to: '2026-11-27' };
    const dated = (open: { from: string; to: string }[]) =>
      settings(1, { exceptions: [{ ...days, open }] as unknown as [] });
    expect(said({ settings: dated([]) })[0]).toBe('');
    expect(said({ settings: dated([{ from: '10:00', to: '12:00' }]) })[0]).toBe('hours');
    expect(said({ sites: { linde: { origins: [] } } })[0]).toBe('');
    expect(said({ sites: ready.sites })[0]).toBe('school');
    expect(said(ready)).toEqual(['keys hours school second', null]);
  });

  test('two can sign when two active coordinators have an issuer that stands; the sentence says what is to do', () => {
    expect(said(signing(issuer('els')))).toEqual(['keys', 'invite']);
    expect(said(signing(issuer('an')))).toEqual(['keys', 'yourself']);
    expect(said({ ...signing(issuer('els')), ...both })).toEqual(['keys', 'colleague']);
    expect(readinessOf({ ...fresh, ...signing(issuer('els')), ...both }).steps[3]?.to).toBe('devices');
    expect(said({ ...signing(issuer('els'), issuer('els', { id: 'second' })) })).toEqual(['keys', 'invite']);
    const wrong: Partial<Issuer>[] = [{ revoked: true }, { endMs: NOW_MS }, { active: false }];
    for (const more of wrong)
      expect(said({ ...both, ...signing(issuer('els'), issuer('an', more)) })).toEqual(['keys', 'colleague']);
    const blocked = { team: { people: [person('els'), person('an', { disabled: true })] } };
    expect(said({ ...blocked, ...signing(issuer('els')) })).toEqual(['keys', 'invite']);
  });

  test('is one card: each step says whether it is done, and leads to its page; it goes when all are done', () => {
    const shown = signal<Readiness | null>(null);
    const went: string[] = [];
    render(<ReadinessCard model={{ shown }} at="hours" go={(place) => void went.push(place)} />);
    expect(document.body.textContent).toBe('');
    shown.value = readinessOf({ ...fresh, ...signing(issuer('els')), settings: ready.settings });
    return waitFor(() => {
      const card = screen.getByRole('region', { name: words.title });
      const rows = within(card)
        .getAllByRole('listitem')
        .map((one) => one.textContent);
      expect(rows).toEqual([
        `${words.done} ${words.steps.keys}`,
        `${words.done} ${words.steps.hours}`,
        `${words.open} ${words.steps.school}`,
        `${words.open} ${words.steps.second}`,
      ]);
      expect(card.textContent).toContain(words.count(2, 4));
      expect(card.textContent).toContain(words.warning.invite);
      for (const link of within(card).getAllByRole('link')) fireEvent.click(link);
      expect(went.splice(0)).toEqual(['devices', 'hours', 'sites', 'team', 'team']);
    }).then(async () => {
      shown.value = readinessOf(ready);
      await waitFor(() => expect(document.body.textContent).toBe(''));
    });
  });
});

/** A service that answers what stands in `known`, and counts. */
function asking(known: Known) {
  const asked: string[] = [];
  const state = { known: known as Known | null };
  const answer =
    <Key extends keyof Known>(key: Key) =>
    async (): Promise<Known[Key] | null> => {
      asked.push(key);
      return state.known && state.known[key];
    };
  const ports: ReadinessPorts = {
    devices: answer('devices'),
    settings: answer('settings'),
    team: answer('team'),
    async sites() {
      const sites = await answer('sites')();
      return sites && { sites };
    },
  };
  return { ports, state, asked: () => asked.splice(0).join(' ') };
}

describe('[U45] asking how far the centre is', () => {
  test('goes by one request where all is well, and by all again after a change', async () => {
    const { ports, state, asked } = asking(ready);
    const model = createReadiness(ports);
    await model.look();
    expect(asked()).toBe('devices settings sites');
    await model.look();
    expect(asked()).toBe('devices');
    state.known = { ...fresh, ...signing(issuer('els')) };
    await model.look(true);
    expect(asked()).toBe('devices settings sites team');
    expect(model.shown.value).toEqual(readinessOf(state.known));
  });

  test('says nothing where an answer does not come, and nothing that is out of date', async () => {
    const { ports, state } = asking(fresh);
    const model = createReadiness(ports);
    await model.look();
    expect(model.shown.value?.warning).toBe('nobody');
    for (const silent of ['devices', 'settings', 'sites', 'team'] as const) {
      for (const fails of [async () => null, () => Promise.reject(new TypeError('no network'))]) {
        const other = createReadiness({ ...ports, [silent]: fails });
        await other.look();
        expect(other.shown.value).toBeNull();
      }
    }
    state.known = null;
    await model.look();
    expect(model.shown.value).toBeNull();

    // the answer of before comes after the one of now
    let comes: (devices: Known['devices']) => void = () => undefined;
    const late = new Promise<Known['devices']>((resolve) => (comes = resolve));
    const answers = [late, Promise.resolve(ready.devices)];
    const slow = createReadiness({ ...asking(ready).ports, devices: async () => (await answers.shift()) ?? null });
    const first = slow.look();
    await slow.look();
    comes(fresh.devices);
    await first;
    expect(slow.shown.value?.warning).toBeNull();
  });

  const asked: string[] = [];
  let known: Known = fresh;
  beforeEach(() => {
    asked.length = 0;
    vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
      if (path !== '/console/site.json') asked.push(`${init?.method ?? 'GET'} ${path}`);
      const body: Record<string, object> = {
        '/api/devices/all': { ...known.devices, binding: 'b', pins: [], asks: [], devices: [] },
        '/api/centre/settings': { ...known.settings, bounds: {}, orders: [], nowMs: NOW_MS },
        '/api/centre/sites': {
          rev: 1,
          sites: known.sites,
          signed: null,
          pins: [],
          chat: 'https://c.test',
          account: 'els',
        },
        '/api/team': { me: 'els', people: known.team.people, invitations: [], news: [], names: {} },
      };
      return Response.json(body[path] ?? {});
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  test('[U43 U44] it stands on a page, asked for once with it, and is gone at once when a change made two who can sign', async () => {
    const Page = underReadiness(
      'audit',
      () => (
        <main>
          <AbovePage />
          <h1>Logboek</h1>
        </main>
      ),
      () => undefined,
    );
    const view = render(<Page />);
    const card = await screen.findByRole('region', { name: words.title });
    expect(card.parentElement?.tagName).toBe('MAIN');
    expect(asked.sort()).toEqual([
      'GET /api/centre/settings',
      'GET /api/centre/sites',
      'GET /api/devices/all',
      'GET /api/team',
    ]);
    known = ready;
    await fetchAndTell('/api/issuers', { method: 'POST' });
    await waitFor(() => expect(screen.queryByRole('region', { name: words.title })).toBeNull());
    asked.length = 0;
    view.unmount();
    render(<Page />);
    await waitFor(() => expect(asked).toEqual(['GET /api/devices/all']));
    await fetchAndTell('/api/audit');
    expect(asked).toEqual(['GET /api/devices/all', 'GET /api/audit']);
  });
});

test('[U43 U45] an answer from before a change says nothing of after it, on the page that is opened next neither', async () => {
  const school = { linde: { origins: ['https://linde.test'] } };
  let sites: Known['sites'] = school;
  let late: (value: { sites: Known['sites'] }) => void = () => undefined;
  const asked = vi
    .fn(async (): Promise<{ sites: Known['sites'] }> => ({ sites }))
    .mockImplementationOnce(() => new Promise((resolve) => (late = resolve)));
  const model = createReadiness({
    devices: async () => ({ ...fresh.devices, issuers: [issuer('els'), issuer('an')] }),
    settings: async () => settings(3, { week: defaultSchedule().week }),
    sites: asked,
    team: async () => ({ people: [] }),
  });
  const hasSchool = () => model.shown.value?.steps.find(({ step }) => step === 'school')?.done;
  const opened = model.look();
  sites = {}; // she takes the only school away
  await model.look(true);
  expect(hasSchool()).toBe(false);
  late({ sites: school });
  await opened;
  await model.look();
  expect(hasSchool()).toBe(false);
});
