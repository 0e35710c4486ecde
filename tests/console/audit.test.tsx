import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { digestAfter, linkTo, NOTHING_YET, type Acted } from '@clbchat/server/records/audit.rules';
import { limits } from '@clbchat/shared/limits';
import { createAudit, type AuditLog, type AuditPorts, type SeenHead } from '../../console/src/model/audit.ts';
import { AuditScreen } from '../../console/src/ui/audit/AuditScreen.tsx';

afterEach(cleanup);

const DAY_MS = 86_400_000;
const NOW_MS = Date.parse('2026-11-26T12:00:00Z');

/** As the service writes one down. */
function logOf(acts: readonly Acted[], more: Partial<AuditLog> = {}): AuditLog {
  const entries: string[] = [];
  let head = NOTHING_YET;
  for (const [at, acted] of acts.entries()) {
    const link = linkTo(head, NOW_MS - (3 - at) * DAY_MS, acted);
    entries.push(link.text);
    head = link.digest;
  }
  return { after: NOTHING_YET, entries, head, earlier: 0, whole: true, names: { noor: 'Noor' }, ...more };
}
const made: Acted = { by: '@shell', act: 'account_made', about: 'noor' };
const changed: Acted = { by: 'noor', act: 'settings_changed', about: 'centre' };
const codes: Acted = { by: 'gone', act: 'codes_made', about: 'gone' };

function shown(answers: (AuditLog | null)[], seen: SeenHead | null = null) {
  const remembered: SeenHead[] = [];
  const ports: AuditPorts = {
    read: async () => answers.shift() ?? null,
    seen: async () => remembered.at(-1) ?? seen,
    remember: async (one) => void remembered.push(one),
    nowMs: () => NOW_MS,
  };
  const audit = createAudit(ports);
  render(<AuditScreen audit={audit} />);
  return { audit, remembered };
}
const rows = async () => {
  const table = await screen.findByRole('table');
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    );
};

describe('[U22] the page of who did what', () => {
  test('has the newest first, in words, with names of those who are there still', async () => {
    shown([logOf([made, codes, changed])]);
    expect((await rows()).map((cells) => cells.slice(1))).toEqual([
      ['Noor', 'wijzigde de uren of de regels'],
      ['Vroegere collega (gone)', 'maakte nieuwe herstelcodes'],
      ['Iemand op de server', 'maakte een account voor Noor'],
    ]);
    expect((await rows())[0]![0]).toMatch(/^25 november 2026, \d\d:\d\d$/);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('heading', { name: 'Logboek' }).id).toBe('page-title'); // to which the pane leads [U16]
  });

  test('shows a hundred at once and more by a press, and says what is not on it', async () => {
    shown([
      logOf(
        Array.from({ length: 130 }, () => changed),
        { earlier: 0 },
      ),
    ]);
    expect(await rows()).toHaveLength(100);
    fireEvent.click(screen.getByRole('button', { name: 'Toon meer' }));
    expect(await rows()).toHaveLength(130);
    expect(screen.queryByRole('button', { name: 'Toon meer' })).toBeNull();
    cleanup();
    shown([logOf([changed], { earlier: 1 })]);
    await screen.findByText('Nog 1 oudere regel staat niet op deze pagina.');
  });

  test('that did not come is said, and comes when asked again; an act of a later release is said as one', async () => {
    shown([null, logOf([{ ...changed, act: 'constructor' as never }])]);
    await screen.findByRole('alert');
    fireEvent.click(screen.getByRole('button', { name: 'Probeer opnieuw' }));
    expect((await rows())[0]![2]).toBe('deed iets wat deze versie niet kent (constructor)');
  });
});

describe('[U23] a log that does not hold', () => {
  const whole = logOf([made, changed, codes]);
  const spoiled: [string, AuditLog][] = [
    [
      'an entry that was changed',
      { ...whole, entries: whole.entries.with(1, whole.entries[1]!.replace('noor', 'lien')) },
    ],
    ['one that was taken out', { ...whole, entries: whole.entries.toSpliced(1, 1) }],
    ['one that is none', { ...logOf([made]), entries: ['{}'] }],
    ['what the service itself says does not hold', { ...whole, whole: false }],
  ];
  test.each(spoiled)('is shown as changed, and its end is not remembered: %s', async (_what, log) => {
    const { remembered } = shown([log]);
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('werd veranderd'));
    expect(remembered).toEqual([]);
  });

  test('was written anew: what this browser saw last is not in it, and that is shown each time', async () => {
    const { audit, remembered } = shown([whole, logOf([made, codes, changed]), logOf([made, codes, changed])]);
    await rows();
    expect(remembered).toMatchObject([{ head: whole.head, atMs: NOW_MS, lostMs: null }]);
    await audit.open();
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('werd herschreven'));
    await audit.open();
    expect(screen.getByRole('alert').textContent).toContain('werd herschreven');
    expect(remembered).toHaveLength(1);
  });

  test('is not cried out over what went with its age, or is not on the page', async () => {
    const cases: [AuditLog, Pick<SeenHead, 'head' | 'atMs'>][] = [
      [whole, { head: logOf([made]).head, atMs: NOW_MS - DAY_MS }],
      [whole, { head: NOTHING_YET, atMs: NOW_MS - DAY_MS }],
      [whole, { head: 'long ago', atMs: NOW_MS - 366 * DAY_MS }],
    ];
    for (const [log, seen] of cases) {
      shown([log], { ...seen, entries: [], lostMs: null });
      await rows();
      expect(screen.queryByRole('alert')).toBeNull();
      cleanup();
    }
  });

  /** As a service says it that keeps the newest alone: what came before is named by its digest. */
  const cutOf = (log: AuditLog, from: number, earlier = 0): AuditLog => {
    const before = log.entries.slice(0, from).reduce(digestAfter, NOTHING_YET);
    return { ...log, after: before, entries: log.entries.slice(from), earlier };
  };

  test('is not believed by a number: what does not fill a page leaves nothing out', async () => {
    const { audit, remembered } = shown([whole, { ...logOf([made, changed]), after: NOTHING_YET, earlier: 1 }]);
    await rows();
    await audit.open();
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('werd veranderd'));
    expect(remembered).toHaveLength(1);
    cleanup();
    shown([cutOf(whole, 1, 1)]); // also where it was never seen
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('werd veranderd'));
  });

  test('lost its beginning before it was a year old, and not where it was', async () => {
    const { audit, remembered } = shown([whole, cutOf(whole, 2)]);
    await rows();
    await audit.open();
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('werd herschreven'));
    cleanup();
    const aYear = {
      ...remembered[0]!,
      entries: remembered[0]!.entries.map(([one]) => [one, NOW_MS - 366 * DAY_MS] as const),
    };
    shown([cutOf(whole, 2)], aYear);
    await rows();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('has a full page since it was seen: then it cannot tell, and says so for a year; of before that it can', async () => {
    const full = (atMs: number): AuditLog => {
      const one = (_: unknown, n: number) => linkTo('', atMs + n, changed).text;
      const entries = Array.from({ length: limits.auditShownMax }, one);
      return { ...whole, after: 'before', entries, head: entries.reduce(digestAfter, 'before'), earlier: 7 };
    };
    const seen = { head: 'seen', atMs: NOW_MS - 5 * DAY_MS, entries: [], lostMs: null };
    const { audit, remembered } = shown([full(NOW_MS - DAY_MS), full(NOW_MS - DAY_MS)], seen);
    for (const _ of ['first', 'again']) {
      await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('kan ze niet zien'));
      await audit.open();
    }
    expect(remembered.map(({ lostMs }) => lostMs)).toEqual([seen.atMs, seen.atMs]);
    cleanup();
    shown([full(NOW_MS - 9 * DAY_MS)], seen);
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('werd herschreven'));
  });
});
