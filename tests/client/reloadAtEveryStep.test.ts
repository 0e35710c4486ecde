import { describe, expect, test } from 'vitest';
import { idle } from '../support/idle.ts';
import { JOIN, lines, newTab } from '../support/pages.ts';
import { createScene, isHint, loses, takes, type DeskPage, type VisitorPage } from '../support/realScene.ts';
import type { LinkControl, Packet } from '../support/scriptedLink.ts';

type When = 'before it arrives' | 'before its answer arrives';

/** Runs `then` at the n-th request of this page from now on, and that request or its answer is lost. */
function at(control: LinkControl, n: number, when: When, then: () => void) {
  let asked = 0;
  const strikes = ({ way, kind }: Packet) =>
    (when === 'before it arrives' ? way === 'up' && kind === 'event' : kind === 'ack' && way === 'down') &&
    ++asked === n;
  control.fate = (packet) => {
    if (!strikes(packet)) return 'now';
    then();
    return 'lost';
  };
}

const once = (all: string[], text: string) => all.filter((line) => line.endsWith(text)).length;

async function speak(visitor: VisitorPage, desk: DeskPage, advance: (ms: number) => Promise<void>) {
  visitor.visitor.talk.send('van de bezoeker');
  desk.talk.talk.send('van de medewerker');
  await advance(3_000);
  for (const talk of [visitor.visitor.talk, desk.talk.talk]) {
    expect(once(lines(talk), 'van de bezoeker')).toBe(1);
    expect(once(lines(talk), 'van de medewerker')).toBe(1);
    expect(lines(talk).filter((line) => /gap|unreadable|unlinked/.test(line))).toEqual([]);
  }
}

const WHEN: When[] = ['before it arrives', 'before its answer arrives'];
const STEPS = Array.from({ length: 14 }, (_, n) => n + 1);

describe.each(WHEN)('[K4 K1 C4] a page goes at a request, %s', (when) => {
  test.each(STEPS)('the visitor reloads at its request %i', async (n) => {
    const scene = await createScene();
    const { time } = scene;
    const tab = newTab();
    let visitor = scene.visitorPage(tab);
    await visitor.visitor.join({ ...JOIN, first: 'mijn eerste vraag' });
    await idle();
    let gone = false;
    at(visitor.control, n, when, () => {
      gone = true;
      visitor.kill();
    });
    const desk = await scene.deskPage(await scene.computer());
    await takes(desk);
    await time.advance(16_000);
    visitor.control.fate = () => 'now';
    if (gone) {
      visitor = scene.visitorPage(tab);
      expect(await visitor.visitor.resume()).toBe(true);
    }
    await time.advance(5_000);
    expect(visitor.visitor.view.value).toEqual({ is: 'talking', peer: { name: 'Samira', site: 'CLB Noord' } });
    expect(once(lines(desk.talk.talk), 'mijn eerste vraag')).toBe(1);
    expect(once(lines(visitor.visitor.talk), 'mijn eerste vraag')).toBe(1);
    await speak(visitor, desk, time.advance);
  });

  test.each(STEPS)('the counsellor reloads at her request %i', async (n) => {
    const scene = await createScene();
    const { time } = scene;
    const visitor = scene.visitorPage(newTab());
    await visitor.visitor.join({ ...JOIN, first: 'mijn eerste vraag' });
    await idle();
    const samira = await scene.computer();
    let desk = await scene.deskPage(samira);
    let gone = false;
    at(desk.control, n, when, () => {
      gone = true;
      desk.kill();
    });
    await takes(desk);
    await time.advance(16_000);
    desk.control.fate = () => 'now';
    if (gone) {
      desk = await scene.deskPage(samira);
      if (desk.desk.talks.value.length === 0) await takes(desk);
    }
    await time.advance(5_000);
    expect(visitor.visitor.view.value).toEqual({ is: 'talking', peer: { name: 'Samira', site: 'CLB Noord' } });
    expect(desk.talk.nick.value).toBe('Noor');
    expect(once(lines(desk.talk.talk), 'mijn eerste vraag')).toBe(1);
    await speak(visitor, desk, time.advance);
  });
});

describe.each(WHEN)('[V2 C1] one request of a page that stays is lost, %s', (when) => {
  test.each(STEPS)('the visitor, request %i', async (n) => {
    const scene = await createScene();
    const visitor = scene.visitorPage(newTab());
    await visitor.visitor.join({ ...JOIN, first: 'mijn eerste vraag' });
    await idle();
    at(visitor.control, n, when, () => undefined);
    const desk = await scene.deskPage(await scene.computer());
    await scene.time.until(takes(desk));
    await scene.time.advance(31_000);
    expect(once(lines(desk.talk.talk), 'mijn eerste vraag')).toBe(1);
    await speak(visitor, desk, scene.time.advance);
  });

  test.each(STEPS)('the counsellor, request %i', async (n) => {
    const scene = await createScene();
    const visitor = scene.visitorPage(newTab());
    await visitor.visitor.join({ ...JOIN, first: 'mijn eerste vraag' });
    await idle();
    const desk = await scene.deskPage(await scene.computer());
    at(desk.control, n, when, () => undefined);
    await scene.time.until(takes(desk));
    await scene.time.advance(31_000);
    if (desk.desk.talks.value.length === 0) await scene.time.until(takes(desk));
    await scene.time.advance(16_000);
    expect(once(lines(desk.talk.talk), 'mijn eerste vraag')).toBe(1);
    await speak(visitor, desk, scene.time.advance);
  });
});

test('[V2] without a single hint everything arrives within 15 s', async () => {
  const scene = await createScene();
  const visitor = scene.visitorPage(newTab());
  await visitor.visitor.join({ ...JOIN, first: 'mijn eerste vraag' });
  const desk = await scene.deskPage(await scene.computer());
  for (const { control } of [visitor, desk]) control.fate = loses(isHint);
  await takes(desk);
  // each step of the keys waits for one look of the other side
  await scene.time.advance(4 * 15_000);
  expect(visitor.visitor.view.value.is).toBe('talking');
  visitor.visitor.talk.send('van de bezoeker');
  desk.talk.talk.send('van de medewerker');
  await scene.time.advance(15_000);
  expect(once(lines(desk.talk.talk), 'van de bezoeker')).toBe(1);
  expect(once(lines(visitor.visitor.talk), 'van de medewerker')).toBe(1);
});
