import { describe, expect, test, vi } from 'vitest';
import { agreed } from '@clbchat/shared/agreed';
import { askFacts } from '../../widget/src/site.ts';
import { open } from './fakeWidget.tsx';
import { fakeVisitor } from './fakeVisitor.ts';
import { now, onScreen, page, press, showIntro } from './screen.tsx';

const SENTENCE = 'De klok van dit toestel staat verkeerd.';

describe('a clock that will not be believed', () => {
  onScreen();

  test.each([
    ['three days behind', -3 * agreed.skewMsMax, true],
    ['three days ahead', 3 * agreed.skewMsMax, true],
    ['a day behind', -agreed.skewMsMax, false],
    ['five hours ahead', 5 * 3_600_000, false],
    ['that nobody can compare', NaN, false],
  ])('[W80] %s is told on the last step, and joining stays possible', async (_, clockOffMs, told) => {
    const fake = fakeVisitor();
    const { facts } = showIntro(fake);
    now(() => (facts.value = { is: 'known', centre: { ...open, clockOffMs } }));
    press('Ik ben leerling');
    expect(page()).not.toContain(SENTENCE);
    press(/Iets anders/);
    expect(page().includes(SENTENCE)).toBe(told);
    expect(document.querySelectorAll('[role=alert]')).toHaveLength(told ? 1 : 0);
    press('Ga naar de wachtrij');
    await vi.waitFor(() => expect(fake.joins).toHaveLength(1));
  });

  test('[W80] who sets it right reads it no more', () => {
    const { facts } = showIntro();
    now(() => (facts.value = { is: 'known', centre: { ...open, clockOffMs: -3 * agreed.skewMsMax } }));
    press('Ik ben ouder');
    press(/Iets anders/);
    expect(page()).toContain(SENTENCE);
    now(() => (facts.value = { is: 'known', centre: { ...open, clockOffMs: 200 } }));
    expect(page()).not.toContain(SENTENCE);
  });

  test.each([
    ['Mon, 23 Nov 2026 18:44:00 GMT', 0],
    ['Thu, 26 Nov 2026 18:44:00 GMT', -3 * 86_400_000],
    [null, NaN],
  ])('[W80] is compared with the hour of the service’s own answer (%s)', async (date, clockOffMs) => {
    vi.useFakeTimers({ now: Date.parse('2026-11-23T18:44:00Z') });
    const headers = new Headers(date ? { date } : {});
    vi.stubGlobal('fetch', () => Promise.resolve({ ok: true, headers, json: () => Promise.resolve(open) }));
    expect(await askFacts({ relay: 'https://chat.example', centre: 'demo' })).toMatchObject({ id: 'demo', clockOffMs });
  });
});
