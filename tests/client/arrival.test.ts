import type { Role } from '@clbchat/shared/ids';
import { describe, expect, test } from 'vitest';
import { idle } from '../support/idle.ts';
import { lines, newTab, type Tab } from '../support/pages.ts';
import { createPair } from '../support/realScene.ts';

const said = ({ beacons }: Tab) => beacons.map((body) => (JSON.parse(body) as { why: string }).why);

/** A conversation in both directions whose page is gone, and the tab that keeps it. */
async function leftBehind(role: Role = 'pupil') {
  const pair = await createPair({ first: 'niet voor jou', role });
  pair.desk.talk.talk.send('antwoord');
  await pair.time.advance(3_000);
  pair.visitor.kill();
  return pair;
}

describe('a page that finds a visit in its tab', () => {
  test('[W71] by Back, or restored with its tab: shows nothing, ends the visit, and keeps nothing', async () => {
    const { visitorPage, tab } = await leftBehind();
    const next = visitorPage(tab);
    const seen: string[] = [];
    next.visitor.view.subscribe(({ is }) => void seen.push(is));
    expect(await next.visitor.resume('back')).toBe(false);
    await idle();
    expect(new Set(seen)).toEqual(new Set(['none']));
    expect(next.visitor.talk.items.value).toEqual([]);
    expect(tab.kept).toBeNull();
    expect(said(tab)).toEqual(['left']);
  });

  test('[W71 W72 E27] by a copy of a tab that a browser restores: asks, and the conversation of the first tab goes on', async () => {
    const { visitor, visitorPage, tab, theVisit, time } = await createPair();
    await time.advance(3_000);
    const copy: Tab = { ...newTab(), kept: structuredClone(tab.kept) };
    for (const arrived of ['back', 'other'] as const) {
      const second = visitorPage(copy);
      expect(await second.visitor.resume(arrived)).toBe(true);
      expect(second.visitor.view.value).toEqual({ is: 'elsewhere' });
      second.leave();
      second.kill();
    }
    await time.advance(3_000);
    expect(copy.beacons).toEqual([]);
    expect(copy.kept).not.toBeNull();
    expect(visitor.visitor.view.value.is).toBe('talking');
    expect(theVisit().stage).toBe('talking');
  });

  test('[W72] in any other way: asks, shows nothing, tells nobody, and one tap goes on', async () => {
    const { visitorPage, tab, theVisit, time, desk } = await leftBehind();
    const before = theVisit().conn;
    const next = visitorPage(tab);
    expect(await next.visitor.resume('other')).toBe(true);
    await time.advance(5_000);
    expect(next.visitor.view.value).toEqual({ is: 'unclaimed' });
    expect([next.visitor.nick.value, next.visitor.first.value]).toEqual(['', '']);
    expect(next.visitor.talk.items.value).toEqual([]);
    expect(theVisit().conn).toBe(before);
    await next.visitor.resumeHere();
    await time.advance(5_000);
    expect(next.visitor.view.value.is).toBe('talking');
    expect(lines(next.visitor.talk)).toContain('them: antwoord');
    next.visitor.talk.send('ik ben er weer');
    await time.advance(3_000);
    expect(lines(desk.talk.talk)).toContain('them: ik ben er weer');
  });

  test('[W72] and who says no has wiped and ended it', async () => {
    const { visitorPage, tab } = await leftBehind();
    const next = visitorPage(tab);
    await next.visitor.resume('other');
    await next.visitor.end();
    expect(next.visitor.view.value).toEqual({ is: 'none' });
    expect(tab.kept).toBeNull();
    expect(said(tab)).toEqual(['left']);
  });

  test('[W72] but not for a tab that went on with it meanwhile', async () => {
    const { visitorPage, tab, time, theVisit } = await leftBehind();
    const copy: Tab = { ...newTab(), kept: structuredClone(tab.kept) };
    const next = visitorPage(copy);
    await next.visitor.resume('other');
    const own = visitorPage(tab);
    await own.visitor.resume('reload');
    await time.advance(3_000);
    await next.visitor.end();
    expect(copy.kept).toBeNull();
    expect(copy.beacons).toEqual([]);
    await time.advance(3_000);
    expect([own.visitor.view.value.is, theVisit().stage]).toEqual(['talking', 'talking']);
  });

  test('[W72] an asked page that goes ends nothing, and the next one is asked again', async () => {
    const { visitorPage, tab } = await leftBehind();
    const next = visitorPage(tab);
    await next.visitor.resume('other');
    next.leave();
    next.kill();
    expect(said(tab)).toEqual([]);
    const later = visitorPage(tab);
    expect(await later.visitor.resume('other')).toBe(true);
    expect(later.visitor.view.value.is).toBe('unclaimed');
  });

  test('[W70 W72] says when the page went that had the visit, no more once another has it, and 0 while somebody is asked', async () => {
    const { visitorPage, tab, time, visitor } = await createPair();
    await time.advance(3_000);
    expect(tab.kept?.goneMs).toBeUndefined();
    visitor.leave();
    const leftMs = time.clock.nowMs();
    expect(tab.kept?.goneMs).toBe(leftMs);
    visitor.kill();
    await time.advance(60_000);
    const own = visitorPage(tab);
    await own.visitor.resume('reload');
    await time.advance(3_000);
    expect(tab.kept?.goneMs).toBeUndefined();
    own.leave();
    own.kill();
    expect(tab.kept?.goneMs).toBeGreaterThan(leftMs);
    await visitorPage(tab).visitor.resume('other');
    expect(tab.kept?.goneMs).toBe(0);
  });

  test('[W112] who was asked and loads the page again is asked again, and who says yes goes on by itself afterwards', async () => {
    const { visitorPage, tab, time } = await leftBehind();
    let page = visitorPage(tab);
    for (const arrived of ['other', 'reload', 'reload'] as const) {
      page = visitorPage(tab);
      await page.visitor.resume(arrived);
      await time.advance(3_000);
      expect([page.visitor.view.value.is, lines(page.visitor.talk), page.visitor.role.value]).toEqual([
        'unclaimed',
        [],
        'pupil',
      ]);
      page.leave();
      page.kill();
    }
    page = visitorPage(tab);
    await page.visitor.resume('reload');
    await page.visitor.resumeHere();
    await time.advance(3_000);
    page.leave();
    page.kill();
    const own = visitorPage(tab);
    await own.visitor.resume('reload');
    await time.advance(3_000);
    expect(own.visitor.view.value.is).toBe('talking');
  });

  test.each([1, 5])('[W113] asks nobody about a visit that is over for %i h', async (hours) => {
    const { visitorPage, tab, time } = await leftBehind();
    await time.advance(hours * 3_600_000);
    const next = visitorPage(tab);
    expect(await next.visitor.resume('other')).toBe(false);
    expect([next.visitor.view.value.is, tab.kept]).toEqual(['none', null]);
  });

  test('[W113] asks when the clock was put back', async () => {
    const { visitorPage, tab } = await leftBehind();
    const next = visitorPage(tab);
    next.skewMs = -5 * 3_600_000;
    await next.visitor.resume('other');
    expect(next.visitor.view.value.is).toBe('unclaimed');
  });

  test('[W72] Snel weg at the question leaves nothing to be asked about', async () => {
    const { visitorPage, tab } = await leftBehind();
    const next = visitorPage(tab);
    await next.visitor.resume('other');
    next.visitor.quickExit();
    expect(tab.kept).toBeNull();
    expect(said(tab)).toEqual(['quick_exit']);
  });

  test.each(['other', 'back'] as const)(
    '[W72] %s tells nobody whether the visit is of a pupil or a parent',
    async (how) => {
      const { visitorPage, tab } = await leftBehind('parent');
      const next = visitorPage(tab);
      await next.visitor.resume(how);
      expect(next.visitor.role.value).toBe('pupil');
    },
  );

  test('[W36 B19] by a reload: speaks to whom it was once the service gave the visit back; nothing readable in the tab says who or what', async () => {
    const { visitorPage, tab, time } = await leftBehind('parent');
    const { vault: _, ...readable } = tab.kept!;
    expect(Object.keys(readable).toSorted()).toEqual([
      ...['alive', 'life', 'next', 'proof', 'sealedMax', 'sinceMs', 'token', 'visitId', 'vnonce'],
    ]);
    expect(JSON.stringify(readable)).not.toMatch(/parent|pupil|wellbeing|other/);
    const next = visitorPage(tab);
    expect(await next.visitor.resume('reload')).toBe(true);
    expect(next.visitor.role.value).toBe('pupil');
    await time.advance(3_000);
    expect([next.visitor.role.value, next.visitor.view.value.is]).toEqual(['parent', 'talking']);
  });
});
