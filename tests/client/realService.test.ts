import { connect } from '@clbchat/shared/client/connect';
import { createDesk } from '@clbchat/shared/client/desk/desk';
import type { CounsellorLink, DeskKeep, DeskRow, KeptVisit, VisitorLink } from '@clbchat/shared/client/ports';
import { createVisitor } from '@clbchat/shared/client/visitor/visitor';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { signIn, type SignedIn } from '../support/clients.ts';
import { JOIN, lines } from '../support/pages.ts';
import { startService, type TestService } from '../support/service.ts';

/** Both engines over real sockets on the service itself: that the doubles of the other tests tell the truth. */
let service: TestService;
const links: { close(): void }[] = [];
const timers = new Set<NodeJS.Timeout>();

beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  for (const link of links.splice(0)) link.close();
  for (const timer of timers) clearTimeout(timer);
  await service.stop();
});

const machine = {
  clock: { nowMs: () => service.clock.nowMs() },
  timers: {
    after(ms: number, run: () => void) {
      const timer = setTimeout(run, ms);
      timers.add(timer);
      return () => clearTimeout(timer);
    },
    every(ms: number, run: () => void) {
      const timer = setInterval(run, ms);
      timers.add(timer);
      return () => clearInterval(timer);
    },
  },
  page: { visible: () => true, onVisible: () => () => undefined, onLeave: () => () => undefined },
};

function visitorPage(tab: { kept: KeptVisit | null }) {
  const opened: VisitorLink[] = [];
  const visitor = createVisitor({
    ...machine,
    openLink(auth) {
      const link = connect({
        ...{ origin: service.address, namespace: '/visitor', auth, headers: { origin: service.origin } },
      }) as VisitorLink;
      opened.push(link);
      links.push(link);
      return link;
    },
    keep: {
      kind: 'session',
      read: () => tab.kept,
      write: (kept) => void (tab.kept = kept),
      clear: () => void (tab.kept = null),
    },
    pins: service.keys.pins,
    lock: () => Promise.resolve({ mine: () => false, release: () => undefined }),
    beacon: () => undefined,
  });
  return { visitor, close: () => opened.forEach((link) => link.close()) };
}

function deskPage({ cookie, chain, binding, device }: SignedIn, stored: { rows: DeskRow[] }) {
  const opened: CounsellorLink[] = [];
  const keep: DeskKeep = {
    rows: () => Promise.resolve(stored.rows),
    write(row) {
      stored.rows = [row];
      return Promise.resolve();
    },
    remove() {
      stored.rows = [];
      return Promise.resolve();
    },
  };
  const desk = createDesk({
    ...machine,
    openLink() {
      const link = connect({
        ...{ origin: service.address, namespace: '/counsellor', headers: { origin: service.origin, cookie } },
      }) as CounsellorLink;
      opened.push(link);
      links.push(link);
      return link;
    },
    keep,
    movedOn: async () => null,
    device: {
      ...{ deviceKey: device.privateKey, chain, binding, origin: service.origin },
      ...{ name: 'Lien', site: 'CLB', demo: true },
    },
  });
  return { desk, close: () => opened.forEach((link) => link.close()) };
}

const eventually = (look: () => void) => vi.waitFor(look, { timeout: 15_000, interval: 20 });

test('[C1 K4 V4] ring, accept, talk, both reload, talk on, end: over real sockets on the service itself', async () => {
  const tab: { kept: KeptVisit | null } = { kept: null };
  const stored: { rows: DeskRow[] } = { rows: [] };
  const signedIn = await signIn(service, 'lien');
  let page = visitorPage(tab);
  let office = deskPage(signedIn, stored);

  await office.desk.enter();
  expect(office.desk.view.value).toEqual({ is: 'here' });
  expect(await office.desk.setStatus('available')).toEqual({ ok: true, value: null });
  expect(await page.visitor.join({ ...JOIN, first: 'mijn vraag' })).toEqual({ ok: true, value: null });
  await eventually(() => expect(office.desk.rings.value).toHaveLength(1));
  const accepted = await office.desk.accept(office.desk.rings.value[0]?.offerNo ?? 0);
  expect(accepted.ok).toBe(true);
  await eventually(() => expect(page.visitor.view.value).toMatchObject({ is: 'talking', peer: { name: 'Lien' } }));
  const talk = () => {
    const [held] = office.desk.talks.value;
    if (!held) throw new Error('nobody is held');
    return held;
  };
  await eventually(() => expect(lines(talk().talk)).toEqual(['them: mijn vraag']));
  await eventually(() => expect(talk().talk.secure.value).toBe(true));
  talk().talk.send('dag Noor');
  await eventually(() => expect(lines(page.visitor.talk)).toContain('them: dag Noor'));

  page.close();
  page = visitorPage(tab);
  expect(await page.visitor.resume()).toBe(true);
  await eventually(() => expect(page.visitor.view.value.is).toBe('talking'));
  expect(lines(page.visitor.talk)).toEqual(['(joined Lien)', 'me: mijn vraag', 'them: dag Noor', '(resumed)']);

  office.close();
  office = deskPage(signedIn, stored);
  await office.desk.enter();
  await eventually(() => expect(lines(talk().talk)).toEqual(['them: mijn vraag', 'me: dag Noor', '(resumed)']));
  await eventually(() => expect(talk().talk.secure.value).toBe(true));
  expect(talk().nick.value).toBe('Noor');

  // and once more with its storage gone: a new epoch, the same person
  office.close();
  stored.rows = [];
  office = deskPage(signedIn, stored);
  await office.desk.enter();
  await eventually(() => expect(talk().talk.secure.value).toBe(true));
  page.visitor.talk.send('nog daar?');
  await eventually(() => expect(lines(talk().talk)).toContain('them: nog daar?'));
  expect(lines(talk().talk)).toContain('them: mijn vraag');
  talk().talk.markRead();
  await eventually(() =>
    expect(page.visitor.talk.items.value.at(-1)).toMatchObject({ text: 'nog daar?', state: 'read' }),
  );

  expect(await talk().end('done')).toEqual({ ok: true, value: null });
  await eventually(() =>
    expect(page.visitor.view.value).toEqual({ is: 'ended', reason: 'counsellor_ended', talked: true }),
  );
  expect(tab.kept).toBeNull();
  expect(stored.rows).toEqual([]);
});

test('[E23] the visitor stops, on the service itself: the counsellor hears why and keeps nothing', async () => {
  const page = visitorPage({ kept: null });
  const lien = deskPage(await signIn(service, 'lien'), { rows: [] });
  await lien.desk.enter();
  await page.visitor.join({ ...JOIN, first: 'voor Lien' });
  await lien.desk.setStatus('available');
  await eventually(() => expect(lien.desk.rings.value).toHaveLength(1));
  await lien.desk.accept(lien.desk.rings.value[0]?.offerNo ?? 0);
  await eventually(() => expect(page.visitor.view.value.is).toBe('talking'));
  await page.visitor.end();
  await eventually(() =>
    expect(lien.desk.talks.value[0]?.stage.value).toEqual({ is: 'ended', reason: 'visitor_left' }),
  );
  expect(page.visitor.view.value).toMatchObject({ is: 'ended', reason: 'visitor_left' });
  expect(lien.desk.talks.value[0]?.talk.items.value).toEqual([]);
});

test('[S8] a console begins with the number of the centre, and comes back with the one that was chosen', async () => {
  await service.stop();
  service = await startService({ rules: { slotsDefault: 2 } });
  const { desk } = deskPage(await signIn(service, 'lien'), { rows: [] });
  await desk.enter();
  expect(desk.slots.value).toBe(2);
  await desk.setSlots(3);
  expect(await desk.leave()).toEqual({ ok: true, value: null });
  await desk.enter();
  expect(desk.slots.value).toBe(3);
});

test('[E27 L4] a second tab takes over, on the service itself: the first is told, and stays away', async () => {
  const tab: { kept: KeptVisit | null } = { kept: null };
  const first = visitorPage(tab);
  await first.visitor.join(JOIN);
  await eventually(() => expect(first.visitor.view.value.is).toBe('waiting'));
  const second = visitorPage({ kept: structuredClone(tab.kept) });
  await second.visitor.resume();
  await eventually(() => expect(second.visitor.view.value.is).toBe('waiting'));
  await eventually(() => expect(first.visitor.view.value).toEqual({ is: 'elsewhere' }));
  expect(second.visitor.nick.value).toBe('Noor');
});

test('[E46 R7] pages that answer the signs of life keep their conversation', async () => {
  const page = visitorPage({ kept: null });
  const lien = deskPage(await signIn(service, 'lien'), { rows: [] });
  await lien.desk.enter();
  await lien.desk.setStatus('available');
  await page.visitor.join(JOIN);
  await eventually(() => expect(lien.desk.rings.value).toHaveLength(1));
  await lien.desk.accept(lien.desk.rings.value[0]?.offerNo ?? 0);
  await eventually(() => expect(page.visitor.view.value.is).toBe('talking'));
  for (let second = 0; second < 90; second += 5) {
    await service.advance(5_000);
    // the answers of the pages travel in real time
    const said = page.visitor.talk.send(`${second}`);
    expect(said).toEqual({ ok: true });
    await eventually(() =>
      expect(lines(lien.desk.talks.value[0]?.talk ?? page.visitor.talk)).toContain(`them: ${second}`),
    );
  }
  expect(page.visitor.view.value.is).toBe('talking');
  expect(lien.desk.talks.value[0]?.stage.value).toEqual({ is: 'talking' });
});

test('[E43] a visitor refused for a reason that nobody knows a way out of goes on trying', async () => {
  const tab: { kept: KeptVisit | null } = { kept: null };
  const first = visitorPage(tab);
  await first.visitor.join(JOIN);
  first.close();
  if (!tab.kept) throw new Error('nothing was kept');
  // as a page of before an update might ask
  tab.kept = { ...structuredClone(tab.kept), visitId: 'of another shape' as never };
  const after = vi.spyOn(machine.timers, 'after');
  const page = visitorPage(tab);
  await page.visitor.resume();
  const tries = () => after.mock.calls.filter(([ms]) => ms === 5_000);
  await eventually(() => expect(tries()).toHaveLength(1));
  expect(page.visitor.connection.value.is).toBe('lost');
  tries()[0]?.[1]();
  await eventually(() => expect(tries()).toHaveLength(2));
  after.mockRestore();
});

test('[E43 N6 O67] a console whose device is not believed is let go, which is no end of her session, and asks again only when told to', async () => {
  const other = await signIn(service, 'lien');
  const signedIn = { ...(await signIn(service, 'lien')), device: other.device };
  const office = deskPage(signedIn, { rows: [] });
  for (let tried = 1; tried <= 2; tried += 1) {
    await office.desk.enter();
    expect(office.desk.view.value).toEqual({ is: 'refused' });
    expect(links).toHaveLength(tried);
    expect(links.map((link) => (link as CounsellorLink).status.value.is)).toEqual(Array(tried).fill('closed'));
  }
});
