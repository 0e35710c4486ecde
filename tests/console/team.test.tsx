import { signal } from '@preact/signals';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { createTeamPorts } from '../../console/src/device/teamApi.ts';
import { createPlaces, type Place } from '../../console/src/model/places.ts';
import type { Me, Role } from '../../console/src/model/session.ts';
import { createStepUp } from '../../console/src/model/stepUp.ts';
import {
  createTeam,
  createTeamNews,
  type Changed,
  type MadeLink,
  type NewsItem,
  type Seen,
  type StepUp,
  type TeamList,
} from '../../console/src/model/team/team.ts';
import { Rail } from '../../console/src/ui/Rail.tsx';
import { TeamScreen } from '../../console/src/ui/team/TeamScreen.tsx';
import { roleName, team as words } from '../../console/src/words/team.ts';

afterEach(cleanup);

const END_MS = Date.parse('2026-12-03T17:00:00Z');
const LINK = 'https://console.clb.be/console/#begin=abc';
const person = (name: string, roles: readonly Role[], more: object = {}) => ({
  ...{ id: name.toLowerCase(), rev: 1, name, roles, disabled: false, lastIn: 'longer' as const },
  ...more,
});
const tom = { id: 'i1', name: 'Tom', roles: ['counsellor'], by: 'noor', endMs: END_MS } as const;
const base: TeamList = {
  me: 'noor',
  people: [
    person('Samir', ['counsellor'], { disabled: true }),
    person('Noor', ['coordinator'], { lastIn: 'today' }),
    person('Lien', ['counsellor'], { lastIn: 'week' }),
    person('Joke', ['counsellor', 'coordinator']),
  ],
  invitations: [tom],
  news: [],
  names: { noor: 'Noor', joke: 'Joke', tim: 'Tim' },
};
const act = (id: string, what = 'account_made', about = 'tim'): NewsItem => ({
  ...{ id, by: 'joke', act: what, about },
  atMs: 1 + Number(/\d+/.exec(id)?.[0] ?? 0),
});

interface Asked {
  readonly what: string;
  readonly about: unknown[];
}
function shown(
  list: TeamList | null,
  answers: readonly (Changed<Partial<MadeLink>> | StepUp)[] = [],
  seen: string | null = null,
) {
  const asked: Asked[] = [];
  const queue = [...answers];
  const kept = new Map<string, Seen>(seen === null ? [] : [['noor', { newest: seen, ids: [seen] }]]);
  const now = { list };
  const news = createTeamNews({
    read: async () => now.list,
    seen: async (account) => kept.get(account) ?? null,
    remember: async (account, newest) => void kept.set(account, newest),
  });
  const answer =
    (what: string) =>
    async (...about: unknown[]) => {
      asked.push({ what, about });
      return (queue.shift() ?? { ok: true, team: base }) as never;
    };
  const showing = { ok: true };
  const stepUp = createStepUp({
    ways: async () => ({ ok: true, ways: ['click'] }),
    show: async () => (showing.ok ? { ok: true } : { ok: false, why: 'stopped' }),
  });
  const team = createTeam(news, {
    invite: answer('invite'),
    withdraw: answer('withdraw'),
    setRoles: answer('roles'),
    setDisabled: answer('disabled'),
    with: stepUp.with,
  });
  const view = render(<TeamScreen team={team} stepUp={stepUp} />);
  const comesBack = () => {
    cleanup();
    render(<TeamScreen team={team} stepUp={stepUp} />);
  };
  return { asked, kept, news, now, view, comesBack };
}
const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }));
/** What acts, leaves or refuses is deaf for a moment. */
const pressFirm = async (name: string) => {
  const button = await screen.findByRole('button', { name });
  await waitFor(() => expect(button.getAttribute('aria-disabled')).toBe('false'));
  fireEvent.click(button);
};
const alertSays = async (text: string) => waitFor(() => expect(screen.getByRole('alert').textContent).toBe(text));
const failed = (why: Exclude<Changed, { ok: true }>['why'], team: TeamList | null = null) =>
  ({ ok: false, why, team }) as const;

describe('[T13] the page of the team', () => {
  test('has a row for each account and invitation, by name, with role, state and last sign-in in words', async () => {
    shown(base);
    const table = await screen.findByRole('table', { name: words.caption });
    const rows = within(table).getAllByRole('row').slice(1);
    const texts = rows.map((row) => [
      within(row).getByRole('rowheader').textContent,
      ...within(row)
        .getAllByRole('cell')
        .slice(0, 3)
        .map(({ textContent }) => textContent.replace('Laatst aangemeld: ', '')),
    ]);
    expect(texts).toEqual([
      ['Joke', 'Medewerker en coördinator', 'Actief', 'langer geleden of nooit'],
      ['Lien', 'Medewerker', 'Actief', 'deze week'],
      ['Noorjij', 'Coördinator', 'Actief', 'vandaag'],
      ['Samir', 'Medewerker', 'Geblokkeerd', 'langer geleden of nooit'],
      [
        expect.stringMatching(/^TomUitgenodigd door Noor, tot 3 december/),
        'Medewerker',
        'Wacht op activatie',
        'nog niet',
      ],
    ]);
    expect(screen.getByRole('heading', { name: 'Team' }).id).toBe('page-title'); // to which the pane leads [U16]
    expect(screen.queryByText(words.news.title)).toBeNull();
  });

  test('that did not come says so and can be asked again', async () => {
    const { now } = shown(null);
    await screen.findByText(words.failed);
    now.list = base;
    await press(words.again);
    await screen.findByRole('row', { name: /Lien/ });
  });
});

describe('[T14] inviting', () => {
  test('gives a link that is shown once, asks before a reload, and copies it', async () => {
    const copied: string[] = [];
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: async (text: string) => void copied.push(text) },
    });
    const { asked } = shown(base, [{ ok: true, team: base, link: LINK, endMs: END_MS }]);
    await press(words.invite.title);
    const dialog = await screen.findByRole('dialog', { name: words.invite.title });
    fireEvent.click(within(dialog).getByRole('radio', { name: /^Medewerker en coördinator/ }));
    fireEvent.input(within(dialog).getByLabelText(words.invite.who), { target: { value: ' Tim ' } });
    fireEvent.submit(dialog.querySelector('form')!);
    const field = await screen.findByLabelText<HTMLInputElement>(words.link.label);
    expect([field.value, field.readOnly]).toEqual([LINK, true]);
    expect(asked).toEqual([{ what: 'invite', about: [['counsellor', 'coordinator'], 'Tim'] }]);
    screen.getByText(/^Geef deze link zelf door. Ze werkt één keer, tot 3 december/);
    const asksFirst = () => {
      const leaving = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(leaving);
      return leaving.defaultPrevented;
    };
    await waitFor(() => expect(asksFirst()).toBe(true));
    await press(words.link.copy);
    await screen.findByText(words.link.copied);
    expect(copied).toEqual([LINK]);
    await press(words.link.done);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(asksFirst()).toBe(false);
    expect(document.body.textContent).not.toContain(LINK);
  });

  test('[U80] stays to be copied, whatever becomes of the page behind it', async () => {
    const { news, now } = shown(base, [{ ok: true, link: LINK, endMs: END_MS, team: base }]);
    await press(words.invite.title);
    await press(words.invite.make);
    await screen.findByDisplayValue(LINK);
    now.list = null;
    await news.open();
    await screen.findByText(words.failed);
    expect(screen.getByDisplayValue(LINK)).toBeTruthy();
  });

  test('where it cannot be copied, it is selected and she reads so', async () => {
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: () => Promise.reject(new Error('no')) },
    });
    shown(base, [{ ok: true, team: base, link: LINK, endMs: END_MS }]);
    await press(words.invite.title);
    await press(words.invite.make);
    await press(words.link.copy);
    await screen.findByText(words.link.notCopied);
    const field = screen.getByLabelText<HTMLInputElement>(words.link.label);
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, LINK.length]);
  });

  test('makes the link of the console’s own address and what the service gave, and of nothing else', async () => {
    const said = { token: 'T'.repeat(43), endMs: END_MS, team: base };
    const sent: [string, RequestInit][] = [];
    const fetchFrom = (async (path: string, init: RequestInit) => {
      sent.push([path, init]);
      return new Response(JSON.stringify(said));
    }) as typeof fetch;
    const ports = createTeamPorts(fetchFrom, () => 'https://console.clb.be/console/');
    expect(await ports.invite(['counsellor'], '')).toMatchObject({
      ok: true,
      link: `https://console.clb.be/console/#begin=${'T'.repeat(43)}`,
    });
    expect([sent[0]![0], sent[0]![1].body]).toEqual(['/api/team/invite', '{"roles":["counsellor"]}']);
  });

  test.each([
    ['\u{0e31}\u{0e34}', 'name_unread'],
    ['\u0958'.repeat(35), 'name_long'], // twice as long in the one spelling that is kept
  ])('[G93] a name that cannot be is not sent, and said at its field, which has the focus (%s)', async (typed, why) => {
    const never = (() => Promise.reject(new Error('it was sent'))) as typeof fetch;
    const refused = await createTeamPorts(never, () => '').invite(['counsellor'], typed);
    expect(refused).toEqual({ ok: false, why, team: null });
    shown(base, [refused]);
    await press(words.invite.title);
    const field = screen.getByLabelText<HTMLInputElement>(words.invite.who);
    expect(field.getAttribute('aria-invalid')).toBe('false');
    fireEvent.input(field, { target: { value: typed } });
    await press(words.invite.make);
    await alertSays(words.problems[why as 'name_long']);
    const told = field
      .getAttribute('aria-describedby')!
      .split(' ')
      .map((id) => document.getElementById(id));
    expect(told[0]!.textContent).toBe(words.problems[why as 'name_long']);
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect([field.getAttribute('aria-invalid'), field.value]).toEqual(['true', typed]);
  });

  test.each([
    [403, { code: 'step_up' }, 'step_up'],
    [403, { code: 'not_yours' }, { ok: false, why: 'not_yours', team: null }],
    [401, { code: 'no_cert' }, { ok: false, why: 'signed_out', team: null }],
    [409, { code: 'stale', team: base }, { ok: false, why: 'stale', team: base }],
    [429, { code: 'too_fast' }, { ok: false, why: 'too_fast', team: null }],
    [200, { team: 'nothing' }, { ok: false, why: 'unreachable', team: null }],
    [500, 'nonsense', { ok: false, why: 'unreachable', team: null }],
  ])('[T15] an answer of %i has a word of its own', async (status, body, expected) => {
    const answer = (async () => new Response(JSON.stringify(body), { status })) as typeof fetch;
    expect(await createTeamPorts(answer, () => '').setRoles({ id: 'lien', rev: 1 }, ['counsellor'])).toEqual(expected);
  });
});

describe('[T15] a window', () => {
  test('that meets what a colleague changed says so, keeps the choice and shows what stands', async () => {
    const lien = person('Lien', ['coordinator'], { rev: 2 });
    const after = { ...base, people: base.people.map((one) => (one.id === 'lien' ? lien : one)) };
    const { asked } = shown(base, [failed('stale', after), { ok: true, team: after }]);
    await press('Beheer Lien');
    fireEvent.click(await screen.findByRole('radio', { name: /^Medewerker en coördinator/ }));
    await press(words.person.save);
    await alertSays(words.problems.stale);
    expect(document.querySelector('.team-now')?.textContent).toBe('Nu: Coördinator Actief');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /^Medewerker en coördinator/ }).checked).toBe(true);
    await press(words.person.save);
    await screen.findByText(words.done.roles('Lien', words.roles.both));
    expect(asked.map(({ about: [who] }) => (who as { rev: number }).rev)).toEqual([1, 2]);
  });

  test('gives the focus back to what opened it, and to the heading where that is gone', async () => {
    const { asked } = shown(base, [{ ok: true, team: { ...base, invitations: [] } }]);
    const button = await screen.findByRole('button', { name: 'Beheer Lien' });
    button.focus();
    fireEvent.click(button);
    await press(words.cancel);
    expect(document.activeElement).toBe(button);
    const other = screen.getByRole('button', { name: 'Beheer Tom' });
    other.focus();
    fireEvent.click(other);
    await pressFirm(words.invitation.withdraw);
    await screen.findByText(words.done.withdrawn);
    await waitFor(() => expect(document.activeElement?.id).toBe('page-title'));
    expect(asked).toEqual([{ what: 'withdraw', about: ['i1'] }]);
  });

  test('blocks after one question, and lets in again without; nobody is offered it for herself', async () => {
    const { asked } = shown(base);
    await press('Beheer Lien');
    await press(words.person.block);
    await screen.findByRole('dialog', { name: words.person.blockTitle('Lien') });
    expect(asked).toEqual([]);
    await pressFirm(words.person.blockYes);
    await screen.findByText(words.done.blocked('Lien'));
    await press('Beheer Samir');
    await press(words.person.enable);
    await screen.findByText(words.done.enabled('Samir'));
    expect(asked.map(({ what, about }) => [what, about[1]])).toEqual([
      ['disabled', true],
      ['disabled', false],
    ]);
    await press('Beheer Noor');
    await screen.findByText(words.person.own);
    expect(screen.queryByRole('button', { name: words.person.block })).toBeNull();
  });

  test('[T3] lets her show that it is she where that is wanted, and goes on; who gives up reads that nothing changed', async () => {
    const { asked } = shown(base, ['step_up', { ok: true, team: base }, 'step_up']);
    await press('Beheer Lien');
    await press(words.person.save);
    await waitFor(() => expect(screen.getAllByRole('dialog')).toHaveLength(2));
    fireEvent.click(within(screen.getAllByRole('dialog')[0]!).getAllByRole('button')[0]!);
    await screen.findByText(words.done.roles('Lien', words.roles.counsellor));
    expect(asked).toHaveLength(2);
    await press('Beheer Lien');
    await press(words.person.save);
    await waitFor(() => expect(screen.getAllByRole('dialog')).toHaveLength(2));
    fireEvent.click(within(screen.getAllByRole('dialog')[0]!).getAllByRole('button')[1]!);
    await waitFor(() =>
      expect(document.querySelector('.team-form [role=alert]')?.textContent).toBe(words.problems.given_up),
    );
  });

  test('[T15] what becomes of a press whose window she gave up is said on the page, and closes no other window', async () => {
    const waits: ((is: Changed) => void)[] = [];
    const pending = () => new Promise<Changed>((resolve) => waits.push(resolve)) as never;
    const answers = (is: Changed) => waits.shift()?.(is);
    shown(base, [pending(), pending()]);
    const inPage = () => screen.queryAllByRole('alert', { hidden: true }).map(({ textContent }) => textContent);
    const blocks = async () => {
      await press('Beheer Lien');
      await press(words.person.block);
      await pressFirm(words.person.blockYes);
      await press(words.cancel);
      await press(words.cancel);
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    };
    await blocks();
    expect(inPage()).toEqual([]);
    answers(failed('unreachable'));
    await waitFor(() => expect(inPage()).toEqual([words.late('Lien', words.problems.unreachable)]));
    await blocks();
    await press('Beheer Joke');
    expect(inPage()).toEqual(['']); // of this window
    answers({ ok: true, team: base });
    await screen.findByText(words.done.blocked('Lien'));
    screen.getByRole('dialog', { name: 'Joke' });
    // behind that window nobody heard it: it stands once she has closed it, beside what came about there
    await press(words.person.save);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const roles = words.done.roles('Joke', roleName(['counsellor', 'coordinator']));
    screen.getByText(`${words.done.blocked('Lien')} ${roles}`);
    await press('Beheer Joke');
    expect(screen.queryByText(words.done.blocked('Lien'), { exact: false })).toBeNull();
  });

  test.each([
    [failed('unreachable'), words.late('Lien', words.problems.unreachable)],
    [{ ok: true, team: base } as const, words.done.blocked('Lien')],
  ])(
    '[T15] what becomes of a press (%#) stands on the page when she comes back to it, and goes once she has read it',
    async (is, says) => {
      let answers: (is: Changed) => void = () => undefined;
      const { comesBack } = shown(base, [new Promise<Changed>((resolve) => (answers = resolve)) as never]);
      await press('Beheer Lien');
      await press(words.person.block);
      await pressFirm(words.person.blockYes);
      cleanup();
      answers(is);
      await new Promise<void>((told) => setImmediate(told));
      comesBack();
      await screen.findByText(says);
      expect(screen.queryByRole('dialog')).toBeNull();
      comesBack();
      await screen.findByRole('table');
      expect(screen.queryByText(says)).toBeNull();
    },
  );

  test('[T15] a link that was made once its window was given up is told as one that nobody saw', async () => {
    let answers: (is: Changed<MadeLink>) => void = () => undefined;
    shown(base, [new Promise<Changed<MadeLink>>((resolve) => (answers = resolve)) as never]);
    await press(words.invite.title);
    fireEvent.input(screen.getByLabelText(words.invite.who), { target: { value: 'Ria' } });
    await press(words.invite.make);
    await press(words.cancel);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    answers({ ok: true, team: base, link: LINK, endMs: END_MS });
    await alertSays(words.late(words.invitation.title('Ria'), words.invite.unseen));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('[G15 T15] a press whose window she gave up asks for no showing over the next one, and is not done', async () => {
    let answers: (is: StepUp) => void = () => undefined;
    const { asked } = shown(base, [new Promise<StepUp>((resolve) => (answers = resolve)) as never]);
    await press('Beheer Lien');
    await press(words.person.block);
    await pressFirm(words.person.blockYes);
    await press(words.cancel);
    await press(words.cancel);
    await press('Beheer Joke');
    answers('step_up');
    await screen.findByText(words.late('Lien', words.problems.given_up));
    expect(asked).toHaveLength(1);
    expect(screen.getAllByRole('dialog').map(({ textContent }) => textContent?.includes('Joke'))).toEqual([true]);
  });

  test('[T15] a link that she sees is not told as one that nobody saw', async () => {
    shown(base, [{ ok: true, team: base, link: LINK, endMs: END_MS }]);
    await press(words.invite.title);
    await press(words.invite.make);
    await press(words.link.done);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test.each(['own', 'gone', 'full', 'not_yours', 'signed_out', 'too_fast', 'unreachable'] as const)(
    'says %s in one sentence, at its place',
    async (why) => {
      shown(base, [failed(why)]);
      await press(words.invite.title);
      await press(words.invite.make);
      await alertSays(words.problems[why]);
      expect(screen.getByRole('dialog').contains(screen.getByRole('alert'))).toBe(true);
    },
  );
});

describe('[T12 T16] what is new', () => {
  const news = [act('n3', 'device_signed', 'd'.repeat(43)), act('n2', 'made_coordinator'), act('n1')];

  test('stands above the table until she saw it, in this browser and for this account', async () => {
    const { kept, now, news: known } = shown({ ...base, news }, [], 'n1');
    await screen.findByRole('heading', { name: words.news.title });
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'Joke schreef een computer in.',
      'Joke maakte van Tim coördinator.',
    ]);
    await press(words.news.seen);
    expect(screen.queryByRole('heading', { name: words.news.title })).toBeNull();
    expect(document.activeElement?.id).toBe('page-title');
    expect([...kept]).toEqual([['noor', { newest: 'n3', ids: ['n3', 'n2', 'n1'] }]]);
    now.list = { ...base, news: [act('n4', 'account_disabled'), ...news] };
    await known.look();
    expect((await screen.findAllByRole('listitem')).map(({ textContent }) => textContent)).toEqual([
      'Joke blokkeerde Tim.',
    ]);
  });

  test('is nothing that she saw, and all else that the service says, whatever time it names and whatever it leaves out', async () => {
    const { now, news: known } = shown({ ...base, news }, [], 'n1');
    await press(words.news.seen);
    now.list = { ...base, news: [act('n5', 'made_both'), act('n0'), act('n2', 'made_coordinator')] };
    await known.look();
    expect(known.unseen.value.map(({ id }) => id)).toEqual(['n5', 'n0']);
  });

  test('is asked since what she saw last, from her first look on; what a change answers brings none of before back', async () => {
    const asked: (string | undefined)[] = [];
    const seen = { newest: 'n2', ids: ['n2'] };
    const known = createTeamNews({
      seen: async () => seen,
      remember: async () => undefined,
      read: async (since) => {
        asked.push(since);
        return { ...base, news: since === 'n2' ? [act('n3')] : news };
      },
    });
    await known.open();
    await known.look();
    expect([asked, known.unseen.value.map(({ id }) => id)]).toEqual([[undefined, 'n2', 'n2'], ['n3']]);
    const team = createTeam(known, {
      withdraw: async () => ({ ok: true, team: { ...base, invitations: [], news } }),
      with: async (ask: () => Promise<unknown>) => ask(),
    } as never);
    expect(await team.withdraw('i1')).toBeNull();
    expect(known.unseen.value.map(({ id }) => id)).toEqual(['n3']);
    expect(known.state.value).toMatchObject({ list: { invitations: [] } });
  });

  test('shows who was made a coordinator before any number of something else', async () => {
    const five = Array.from({ length: 5 }, (_, at) => act(`n${9 - at}`, 'device_signed', 'd'.repeat(43)));
    shown({ ...base, news: [...five, act('n2', 'made_both'), act('n1', 'account_disabled')] }, [], 'none');
    const says = (await screen.findAllByRole('listitem')).map(({ textContent }) => textContent);
    expect(says).toHaveLength(5);
    expect(says.slice(-2)).toEqual(['Joke maakte van Tim medewerker en coördinator.', 'Joke blokkeerde Tim.']);
  });

  test('is all of it where this browser saw none, five at once, and the rest is in the log', async () => {
    shown({ ...base, news: Array.from({ length: 8 }, (_, at) => act(`n${at}`)) }, [], 'of another log');
    expect(await screen.findAllByRole('listitem')).toHaveLength(5);
    screen.getByText(words.news.more(3));
  });

  test('says which way in a coordinator made for herself, and whose account elsewhere was confirmed', async () => {
    const ways = ['passkey_added', 'password_set', 'codes_made'].map((what, at) => act(`n${9 - at}`, what, 'joke'));
    shown({ ...base, news: [...ways, act('n1', 'identity_confirmed')] }, [], 'none');
    expect((await screen.findAllByRole('listitem')).map(({ textContent }) => textContent)).toEqual([
      'Joke maakte een passkey.',
      'Joke stelde een wachtwoord in.',
      'Joke maakte nieuwe herstelcodes.',
      'Joke bevestigde het gekoppelde account van Tim.',
    ]);
  });

  test('is a dot on the rail, with a word for who does not see it', () => {
    const me = signal<Me | null>({ name: 'Noor', site: '', roles: ['coordinator'] });
    const fresh = signal<readonly Place[]>([]);
    const load = async () => () => <p />;
    const places = createPlaces(
      me,
      { hours: load, audit: load, figures: load, team: load, devices: load, sites: load },
      fresh,
    );
    const view = render(<Rail places={places} />);
    expect(view.queryByRole('img')).toBeNull();
    fresh.value = ['team'];
    view.rerender(<Rail places={places} />);
    expect(within(view.getByRole('link', { name: 'Team iets nieuws' })).getByRole('img')).not.toBeNull();
  });
});
