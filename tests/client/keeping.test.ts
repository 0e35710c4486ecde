import { expect, test, vi } from 'vitest';
import { idle } from '../support/idle.ts';
import { JOIN, lines, newTab, states } from '../support/pages.ts';
import { createPair, createScene, loses } from '../support/realScene.ts';

test('[E23] the end wipes both sides at once', async () => {
  const { visitor, desk, tab, time } = await createPair();
  visitor.visitor.talk.send('weg ermee');
  await time.advance(3_000);
  await desk.talk.end('done');
  await idle();
  expect(visitor.visitor.view.value).toEqual({ is: 'ended', reason: 'counsellor_ended', talked: true });
  expect(desk.talk.stage.value).toEqual({ is: 'ended', reason: 'counsellor_ended' });
  for (const talk of [visitor.visitor.talk, desk.talk.talk]) expect(talk.items.value).toEqual([]);
  expect(tab.kept).toBeNull();
  expect(desk.computer.rows).toEqual([]);
  visitor.visitor.reset();
  expect(visitor.visitor.view.value).toEqual({ is: 'none' });
  desk.desk.dismiss(desk.talk.visitId);
  expect(desk.desk.talks.value).toEqual([]);
});

test('[E23] the visitor stops while the connection is gone: a beacon says it, and nothing stays', async () => {
  const { visitor, tab } = await createPair();
  visitor.control.cut();
  await visitor.visitor.end();
  expect(visitor.visitor.view.value).toEqual({ is: 'ended', reason: 'visitor_left', talked: true });
  expect(tab.kept).toBeNull();
  expect(tab.beacons.map((body) => JSON.parse(body).why)).toEqual(['left']);
});

test('[E24] quick exit: in the same instant nothing on this device can resume', async () => {
  const { visitor, tab, theVisit } = await createPair();
  visitor.visitor.talk.send('te laat');
  // something is being wrapped at this very moment
  visitor.visitor.writeFirst('nog bezig');
  visitor.visitor.quickExit();
  expect(tab.kept).toBeNull();
  expect(visitor.visitor.view.value).toEqual({ is: 'none' });
  expect(visitor.visitor.talk.items.value).toEqual([]);
  expect(tab.beacons.map((body) => JSON.parse(body))).toEqual([
    { visitId: theVisit().visitId, token: expect.any(String), why: 'quick_exit' },
  ]);
  await idle();
  expect(tab.kept).toBeNull();
  expect(await visitor.visitor.resume()).toBe(false);
});

test('[E24] quick exit before anything was joined or resumed clears the tab too', async () => {
  const { tab, visitorPage } = await createPair();
  const page = visitorPage(tab);
  page.visitor.quickExit();
  expect(tab.kept).toBeNull();
  expect(tab.beacons).toHaveLength(1);
});

test('[E25] a visit that the service has lost is told, and its texts stay until the person lets go', async () => {
  const { visitor, newLife, time, tab } = await createPair();
  visitor.visitor.talk.send('blijft staan');
  await time.advance(3_000);
  newLife();
  visitor.control.cut();
  visitor.control.mend();
  await time.advance(1_000);
  expect(visitor.visitor.view.value).toEqual({ is: 'ended', reason: 'lost', talked: true });
  expect(lines(visitor.visitor.talk)).toContain('me: blijft staan');
  expect(tab.kept).toBeNull();
  visitor.visitor.reset();
  expect(visitor.visitor.talk.items.value).toEqual([]);
});

test.each(['v', 'c'] as const)(
  '[E25] another life of the store: %s reads that it was lost, and keeps its texts',
  async (side) => {
    const { visitor, desk, newLife, time } = await createPair({ first: 'mijn vraag' });
    await time.advance(3_000);
    const page = side === 'v' ? visitor : desk;
    newLife();
    page.control.cut();
    page.control.mend();
    await time.advance(15_000);
    const [shown, talk] =
      side === 'v' ? [visitor.visitor.view.value, visitor.visitor.talk] : [desk.talk.stage.value, desk.talk.talk];
    expect(shown).toMatchObject({ is: 'ended', reason: 'lost' });
    expect(lines(talk).join()).toContain('mijn vraag');
  },
);

test('[E26] a token whose answer was lost, and one that was used by somebody else: the proof opens once more', async () => {
  const { visitor, theVisit, time, tab } = await createPair();
  visitor.control.fate = loses(({ event }) => event === 'visit:attached');
  visitor.control.cut();
  visitor.control.mend();
  await idle();
  visitor.control.fate = () => 'now';
  visitor.control.cut();
  visitor.control.mend();
  await idle();
  expect(visitor.visitor.connection.value).toEqual({ is: 'online' });
  Object.assign(theVisit(), { tok: 'somebody else has it', tokPrev: 'and this one' });
  visitor.control.cut();
  visitor.control.mend();
  await time.advance(1_000);
  expect(visitor.visitor.connection.value).toEqual({ is: 'online' });
  expect(visitor.visitor.view.value.is).toBe('talking');
  expect(tab.kept?.token).not.toBe(tab.kept?.next);
});

test('[E26] tokens, wraps and the next token are on the device before the service hears of them', async () => {
  const scene = await createScene();
  const tab = newTab();
  const page = scene.visitorPage(tab);
  const joined = page.visitor.join(JOIN);
  await idle();
  await joined;
  const before = tab.kept;
  expect(before?.vault.w).not.toBe('');
  page.control.cut();
  page.control.mend();
  await idle();
  expect(tab.kept?.token).toBe(before?.next);
  expect(JSON.stringify(tab.written)).not.toContain(JOIN.nick);
});

test('[E23] what was just being opened when it ended is not shown after the wipe', async () => {
  const { visitor, desk } = await createPair();
  await idle();
  const decrypt = crypto.subtle.decrypt.bind(crypto.subtle);
  // the next thing that anybody opens is her text, on the visitor's page: it stops in that very moment
  const opening = vi.spyOn(crypto.subtle, 'decrypt').mockImplementationOnce(async (...given) => {
    const opened = await decrypt(...given);
    void visitor.visitor.end();
    return opened;
  });
  desk.talk.talk.send('te laat');
  await idle();
  expect(opening).toHaveBeenCalled();
  expect(visitor.visitor.view.value.is).toBe('ended');
  expect(visitor.visitor.talk.items.value).toEqual([]);
  opening.mockRestore();
});

test('[E27] two tabs: the older one lets go and does not come back by itself', async () => {
  const { visitor, visitorPage, tab, time, theVisit } = await createPair();
  visitor.visitor.talk.send('eerste tab');
  await time.advance(3_000);
  const before = theVisit().conn;
  const copy = { ...newTab(), kept: structuredClone(tab.kept) };
  const second = visitorPage(copy);
  expect(await second.visitor.resume()).toBe(true);
  expect(second.visitor.view.value).toEqual({ is: 'elsewhere' });
  await second.visitor.resumeHere();
  await time.advance(3_000);
  expect(second.visitor.view.value.is).toBe('talking');
  expect(lines(second.visitor.talk)).toContain('me: eerste tab');
  expect(visitor.visitor.view.value).toEqual({ is: 'elsewhere' });
  await time.advance(60_000);
  expect(second.visitor.view.value.is).toBe('talking');
  expect(visitor.visitor.talk.items.value).toEqual([]);
  expect(theVisit().conn).toBe(before + 1);
});

test('[E27] a page that is told that it was replaced, and that no other tab did it, comes back by itself', async () => {
  const { visitor, theVisit, desk, time } = await createPair();
  visitor.visitor.talk.send('voor');
  await time.advance(3_000);
  const before = theVisit().conn;
  visitor.control.inject('visit:replaced', null);
  await time.advance(3_000);
  expect(visitor.visitor.view.value.is).toBe('talking');
  expect(theVisit().conn).toBeGreaterThan(before);
  visitor.visitor.talk.send('na');
  await time.advance(3_000);
  expect(lines(desk.talk.talk)).toEqual(expect.arrayContaining(['them: voor', 'them: na']));
});

test('[E27 W36] two visits of one browser: each is found again by its own tab, and a copy knows whose it is', async () => {
  const scene = await createScene();
  const [sister, brother] = [newTab(), newTab()];
  await scene.visitorPage(sister).visitor.join(JOIN);
  const first = scene.visitorPage(brother);
  await first.visitor.join({ ...JOIN, role: 'parent' });
  await idle();
  const copy = scene.visitorPage({ ...newTab(), kept: structuredClone(brother.kept) });
  expect(await copy.visitor.resume()).toBe(true);
  expect(copy.visitor.view.value).toEqual({ is: 'elsewhere' });
  expect(copy.visitor.role.value, 'whoever has a copy of a tab has no word of whose it is').toBe('pupil');
  first.kill();
  const again = scene.visitorPage(brother);
  expect(await again.visitor.resume()).toBe(true);
  await idle();
  expect([again.visitor.view.value.is, again.visitor.role.value]).toEqual(['waiting', 'parent']);
});

test.each(['end', 'quickExit'] as const)(
  '[E27] %s lets go of the visit: no tab is told that it is in another one',
  async (how) => {
    const { visitor, visitorPage, tab } = await createPair();
    const kept = structuredClone(tab.kept);
    void visitor.visitor[how]();
    await idle();
    const copy = visitorPage({ ...newTab(), kept });
    await copy.visitor.resume();
    expect(copy.visitor.view.value.is).not.toBe('elsewhere');
  },
);

test.each([
  ['memory', 'left'],
  ['session', 'unload'],
] as const)('[E28] what a leaving page says when it keeps its visit in %s: %s', async (kind, why) => {
  const { visitor, tab, visitorPage } = await createPair({ kind });
  visitor.leave();
  expect(tab.beacons.map((body) => JSON.parse(body) as object)).toMatchObject([{ why, visitId: tab.kept?.visitId }]);
  expect(await visitorPage(newTab(), kind).visitor.resume()).toBe(false);
});

test('[E29] a reload finds the conversation, its person and its name again', async () => {
  const { visitor, desk, visitorPage, tab, time } = await createPair({ first: 'vraag' });
  desk.talk.talk.send('antwoord');
  await time.advance(3_000);
  visitor.kill();
  const page = visitorPage(tab);
  await page.visitor.resume();
  await time.advance(3_000);
  expect(page.visitor.view.value).toEqual({ is: 'talking', peer: { name: 'Samira', site: 'CLB Noord' } });
  expect(page.visitor.nick.value).toBe('Noor');
  expect(page.visitor.role.value).toBe('pupil');
  expect(lines(page.visitor.talk)).toEqual(['(joined Samira)', 'me: vraag', 'them: antwoord', '(resumed)']);
  // the other side says again what it has, to a page that it does not know
  expect(states(page.visitor.talk)).toEqual(['vraag sent']);
  page.visitor.talk.send('verder');
  await time.advance(3_000);
  expect(lines(desk.talk.talk)).toContain('them: verder');
});

test('[E29] while waiting, the name and the first question survive a reload', async () => {
  const scene = await createScene();
  const tab = newTab();
  const page = scene.visitorPage(tab);
  await page.visitor.join(JOIN);
  page.visitor.writeFirst('mijn vraag');
  await idle();
  page.kill();
  const again = scene.visitorPage(tab);
  await again.visitor.resume();
  await idle();
  expect(again.visitor.view.value).toMatchObject({ is: 'waiting' });
  expect([again.visitor.nick.value, again.visitor.first.value]).toEqual(['Noor', 'mijn vraag']);
});

test('[E44 K6] the half of the key that the service kept is gone: the visitor asks, a new epoch comes, and the counsellor is warned', async () => {
  const { visitor, desk, visitorPage, tab, time, theVisit } = await createPair();
  visitor.visitor.talk.send('van voor de reload');
  await time.advance(3_000);
  visitor.kill();
  theVisit().shareV = { rid: 'AAAAAAAAAAA', R: 'A'.repeat(43) };
  const page = visitorPage(tab);
  await page.visitor.resume();
  await time.advance(20_000);
  expect(theVisit().epoch).toBe(2);
  // to whom it sealed before is forgotten too, so a person must say yes
  const peer = { name: 'Samira', site: 'CLB Noord' };
  expect(page.visitor.view.value).toEqual({ is: 'choosing', peer, before: null });
  await page.visitor.choose('none');
  await time.advance(3_000);
  expect(page.visitor.view.value).toEqual({ is: 'talking', peer: { name: 'Samira', site: 'CLB Noord' } });
  expect(lines(page.visitor.talk)).not.toContain('me: van voor de reload');
  expect(lines(desk.talk.talk)).toEqual(['[sealed_off]', '(unlinked)']);
  page.visitor.talk.send('nieuw');
  await time.advance(3_000);
  expect(lines(desk.talk.talk)).toContain('them: nieuw');
  // and what the page keeps now opens again
  page.kill();
  const again = visitorPage(tab);
  await again.visitor.resume();
  await time.advance(3_000);
  expect(lines(again.visitor.talk)).toContain('me: nieuw');
});

test('[C4 E29] a text that was stored, and whose answer never came, is shown once after a reload', async () => {
  const { visitor, desk, tab, visitorPage, time } = await createPair();
  await time.advance(3_000);
  visitor.control.fate = ({ kind, way, event }) =>
    way === 'down' && (kind === 'ack' ? event === 'talk:append' : event === 'talk:passing') ? 'lost' : 'now';
  visitor.visitor.talk.send('Nog iets');
  await time.advance(500);
  visitor.kill();
  const again = visitorPage(tab);
  await again.visitor.resume();
  await time.advance(20_000);
  for (const [talk, line] of [
    [desk.talk.talk, 'them: Nog iets'],
    [again.visitor.talk, 'me: Nog iets'],
  ] as const)
    expect(lines(talk).filter((each) => each === line)).toHaveLength(1);
});
