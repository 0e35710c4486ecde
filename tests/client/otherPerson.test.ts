import { readHeader } from '@clbchat/shared/protocol/frame';
import { expect, test } from 'vitest';
import { idle } from '../support/idle.ts';
import { LIEN, lines, SAMIRA, states } from '../support/pages.ts';
import { asks, createPair, goesFor, loses, takes } from '../support/realScene.ts';

/** Samira and Noor have talked, Samira is gone, Lien has come: the visitor has not said a word about it. */
async function handedOn() {
  const pair = await createPair();
  const { visitor, desk } = pair;
  visitor.visitor.talk.send('tegen Samira');
  desk.talk.talk.send('van Samira');
  await pair.time.advance(3_000);
  await goesFor(desk, pair);
  const lien = await pair.deskPage(await pair.computer(LIEN));
  return {
    ...pair,
    lien,
    async take() {
      await takes(lien);
      await pair.time.advance(3_000);
    },
  };
}

const controls = (frames: { frame: string }[], epoch: number) =>
  frames.flatMap(({ frame }) => {
    const header = readHeader(frame);
    return header?.type === 3 && header.side === 'v' && header.epoch === epoch ? [frame.length] : [];
  });

test('[K2] another counsellor gets no key without a tap, however long it takes', async () => {
  const { visitor, lien, take, time, theVisit } = await handedOn();
  expect(visitor.visitor.view.value).toMatchObject({ is: 'waiting', front: 'counsellor_gone' });
  await take();
  const choosing = {
    is: 'choosing',
    peer: { name: LIEN.name, site: LIEN.site },
    before: { name: SAMIRA.name, site: SAMIRA.site },
  };
  expect(visitor.visitor.view.value).toEqual(choosing);
  await time.advance(60_000);
  expect(visitor.visitor.view.value).toEqual(choosing);
  expect(theVisit().sealed).toBe('');
  expect(lien.talk.talk.secure.value).toBe(false);
  expect(lines(lien.talk.talk)).not.toContain('them: tegen Samira');
});

test('[K5] "alles": the new one reads what was said, and by whom', async () => {
  const { visitor, lien, take, time } = await handedOn();
  await take();
  await visitor.visitor.choose('all');
  await time.advance(3_000);
  visitor.visitor.talk.send('tegen Lien');
  await time.advance(3_000);
  expect(lines(lien.talk.talk)).toEqual([
    'them: tegen Samira',
    'colleague: van Samira',
    '(history_shared)',
    'them: tegen Lien',
  ]);
  expect(lines(visitor.visitor.talk)).toEqual([
    '(joined Samira)',
    'me: tegen Samira',
    'them: van Samira',
    '(joined Lien)',
    'me: tegen Lien',
  ]);
  expect(visitor.visitor.view.value).toEqual({ is: 'talking', peer: { name: LIEN.name, site: LIEN.site } });
});

test('[K5] "leest niets terug": the new one sees that there was more, and never what', async () => {
  const { visitor, lien, take, time } = await handedOn();
  await take();
  await visitor.visitor.choose('none');
  await time.advance(3_000);
  visitor.visitor.talk.send('tegen Lien');
  await time.advance(3_000);
  expect(lines(lien.talk.talk)).toEqual(['[sealed_off]', '(history_kept)', 'them: tegen Lien']);
});

test('[K5] who was told nothing is told nothing after her own reload either', async () => {
  const pair = await handedOn();
  await pair.take();
  await pair.visitor.visitor.choose('none');
  await pair.time.advance(3_000);
  // her storage is gone as well: a new epoch, and keys again for the same device
  pair.lien.kill();
  pair.lien.computer.rows = [];
  const again = await pair.deskPage(pair.lien.computer);
  pair.visitor.visitor.talk.send('nog eens');
  await pair.time.advance(5_000);
  expect(pair.theVisit().epoch).toBe(3);
  expect(lines(again.talk.talk)).toEqual(['[sealed_off]', '(history_kept)', 'them: nog eens']);
});

test('[K2] "stop" ends it, and the other one never got a key', async () => {
  const { visitor, lien, take, live, tab } = await handedOn();
  await take();
  await visitor.visitor.choose('stop');
  await idle();
  expect(visitor.visitor.view.value).toEqual({ is: 'ended', reason: 'visitor_left', talked: true });
  expect(lien.talk.stage.value).toEqual({ is: 'ended', reason: 'visitor_left' });
  expect(live.visits.size).toBe(0);
  expect(tab.kept).toBeNull();
});

test('[P4] what the server sees is the same whatever was chosen', async () => {
  const sizes = [];
  for (const choice of ['all', 'none'] as const) {
    const { visitor, take, time, theVisit } = await handedOn();
    await take();
    const before = visitor.control.asked.length;
    await visitor.visitor.choose(choice);
    await time.advance(3_000);
    const sealed = visitor.control.asked
      .slice(before)
      .flatMap(({ event, input }) => (event === 'key:seal' ? [(input as { sealed: string }).sealed.length] : []));
    sizes.push([...sealed, ...controls(theVisit().frames, 2)]);
  }
  expect(sizes[0]).toHaveLength(3);
  expect(sizes[0]).toEqual(sizes[1]);
});

test('[C5] what was written for one is never sent to another: it goes back to the composer', async () => {
  const { visitor, lien, take, time } = await handedOn();
  visitor.visitor.talk.send('nog voor Samira');
  await idle();
  expect(states(visitor.visitor.talk)).toContain('nog voor Samira pending');
  await take();
  await visitor.visitor.choose('all');
  await time.advance(30_000);
  expect(lines(lien.talk.talk).join()).not.toContain('nog voor Samira');
  expect(lines(visitor.visitor.talk)).not.toContain('me: nog voor Samira');
  expect(visitor.visitor.talk.returned.value).toBe('nog voor Samira');
  visitor.visitor.talk.clearReturned();
  expect(visitor.visitor.talk.returned.value).toBe('');
});

test('[C5] a first question that the first one never acknowledged is not sent to the second, nor after a reload', async () => {
  const pair = await createPair();
  await goesFor(pair.desk, pair);
  // Samira again: the question is written for her, and the store never takes it
  pair.visitor.visitor.writeFirst('alleen voor Samira');
  await idle();
  pair.visitor.control.fate = loses(asks('talk:append'));
  const samira = await pair.deskPage(pair.samira);
  await takes(samira);
  await pair.time.advance(3_000);
  pair.visitor.kill();
  const page = pair.visitorPage(pair.tab);
  await page.visitor.resume();
  page.control.fate = loses(asks('talk:append'));
  await goesFor(samira, pair);
  const lien = await pair.deskPage(await pair.computer(LIEN));
  page.control.fate = () => 'now';
  await takes(lien);
  await page.visitor.choose('all');
  await pair.time.advance(20_000);
  expect(page.visitor.view.value).toMatchObject({ is: 'talking', peer: { name: LIEN.name } });
  expect(lines(lien.talk.talk).join()).not.toContain('alleen voor Samira');
  expect(page.visitor.talk.returned.value).toBe('alleen voor Samira');
});

test('[E49] the same person at the same computer: what waited leaves by itself, once, and history is hers', async () => {
  const pair = await handedOn();
  pair.visitor.visitor.talk.send('wachtte op Samira');
  await idle();
  const samira = await pair.deskPage(pair.samira);
  await takes(samira);
  await pair.time.advance(5_000);
  expect(pair.visitor.visitor.view.value.is).toBe('talking');
  expect(lines(samira.talk.talk)).toEqual(
    ['them: tegen Samira', 'me: van Samira', '(history_shared)', 'them: wachtte op Samira'].map((line) =>
      line.replace('me: van', 'colleague: van'),
    ),
  );
  expect(lines(pair.visitor.visitor.talk).filter((line) => line.startsWith('(joined'))).toEqual(['(joined Samira)']);
});

/** Samira has gone home and goes on there; Noor has not said a word about it. */
async function atHome() {
  const pair = await createPair();
  pair.visitor.visitor.talk.send('tegen Samira');
  await pair.time.advance(3_000);
  const home = await pair.deskPage(await pair.computer(SAMIRA));
  expect(home.desk.view.value).toMatchObject({ is: 'elsewhere' });
  await home.desk.enter({ takeOver: true });
  await pair.time.advance(5_000);
  return { ...pair, home };
}
const asksFor = { is: 'talking', peer: { name: SAMIRA.name, site: SAMIRA.site }, asksHistory: true };
const talking = { is: 'talking', peer: { name: SAMIRA.name, site: SAMIRA.site } };

test('[E22] the same person at another computer: a line says so, and nothing is shared', async () => {
  const { home, desk, visitor } = await atHome();
  expect(desk.desk.view.value).toEqual({ is: 'replaced' });
  expect(desk.desk.talks.value).toEqual([]);
  expect(visitor.visitor.view.value).toEqual(asksFor);
  expect(lines(visitor.visitor.talk)).toEqual(['(joined Samira)', 'me: tegen Samira', '(same_other_device Samira)']);
  expect(lines(home.talk.talk)).toEqual(['[sealed_off]', '(history_kept)']);
});

test('[E22] one tap lets her read back there, also after a reload of the page that was asked', async () => {
  const { deskPage, home, tab, time, visitor, visitorPage, theVisit } = await atHome();
  visitor.kill();
  const page = visitorPage(tab);
  await page.visitor.resume();
  await time.advance(5_000);
  expect(page.visitor.view.value).toEqual(asksFor);
  const sent = controls(theVisit().frames, 2);
  await page.visitor.choose('all');
  await time.advance(3_000);
  expect(page.visitor.view.value).toEqual(talking);
  expect(lines(page.visitor.talk).at(-1)).toBe('(history_shared)');
  expect(lines(home.talk.talk)).toEqual(['them: tegen Samira', '(history_kept)', '(history_shared)']);
  expect(controls(theVisit().frames, 2).slice(sent.length)).toEqual([Math.max(...sent)]);

  // from now on it is hers there: her own reload without her storage needs no other tap
  home.kill();
  home.computer.rows = [];
  const again = await deskPage(home.computer);
  await time.advance(5_000);
  expect(page.visitor.view.value).toEqual(talking);
  expect(lines(again.talk.talk)).toContain('them: tegen Samira');
});

test('[E22] "nee" is asked once, and nothing earlier is ever sent', async () => {
  const { home, time, visitor, theVisit } = await atHome();
  const sent = controls(theVisit().frames, 2).length;
  await visitor.visitor.choose('none');
  await time.advance(3_000);
  expect(visitor.visitor.view.value).toEqual(talking);
  expect(controls(theVisit().frames, 2)).toHaveLength(sent);
  visitor.visitor.talk.send('hier verder');
  await time.advance(3_000);
  expect(lines(home.talk.talk)).toEqual(['[sealed_off]', '(history_kept)', 'them: hier verder']);
  await visitor.visitor.choose('all');
  await time.advance(3_000);
  expect(lines(home.talk.talk)).not.toContain('them: tegen Samira');
});
