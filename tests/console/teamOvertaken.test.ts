import { expect, test } from 'vitest';
import { createDoorSwitch } from '../../console/src/model/door.ts';
import { createTeam, createTeamNews, type Changed, type TeamList } from '../../console/src/model/team/team.ts';

const list = (disabled: readonly string[]): TeamList => ({
  ...{ me: 'noor', invitations: [], news: [], newsCount: 0, names: {} },
  people: ['els', 'lien'].map((id) => ({
    ...{ id, rev: 1, name: id, roles: ['counsellor'] as const, lastIn: 'today' as const },
    disabled: disabled.includes(id),
  })),
});
function later<Value>() {
  let answer: (value: Value) => void = () => undefined;
  const asked = new Promise<Value>((resolve) => (answer = resolve));
  return { asked, answer };
}
const keep = { seen: async () => null, remember: async () => undefined };

/** Two presses on a slow line, and what stands at the service whenever somebody looks. */
async function twoPresses() {
  const answers = [later<Changed>(), later<Changed>()];
  const line = { isDown: false, stands: list([]) };
  let n = 0;
  const news = createTeamNews({ ...keep, read: async () => (line.isDown ? null : line.stands) });
  await news.open();
  const team = createTeam(news, {
    setDisabled: () => answers[n++]!.asked,
    with: async (ask: () => Promise<unknown>) => ask(),
  } as never);
  const [els, lien] = list([]).people;
  const presses = [team.setDisabled(els!, true), team.setDisabled(lien!, true)];
  line.stands = list(['els', 'lien']);
  const disabled = () => {
    const state = news.state.peek();
    return state.is === 'ready' && state.list.people.filter((one) => one.disabled).map(({ id }) => id);
  };
  return { answers, presses, line, disabled };
}

test('[U80] of two presses on the team the answer of the first, which comes last, takes nothing back', async () => {
  const { answers, presses, line, disabled } = await twoPresses();
  line.isDown = true;
  answers[1]!.answer({ ok: true, team: list(['els', 'lien']) });
  await presses[1];
  answers[0]!.answer({ ok: true, team: list(['els']) });
  await Promise.all(presses);
  expect(disabled()).toEqual(['els', 'lien']);
});

test('[U80] where the service took the second press first, the page shows both as well', async () => {
  const { answers, presses, disabled } = await twoPresses();
  answers[1]!.answer({ ok: true, team: list(['lien']) });
  await presses[1];
  answers[0]!.answer({ ok: true, team: list(['els', 'lien']) });
  await Promise.all(presses);
  expect(disabled()).toEqual(['els', 'lien']);
});

test('[U80] where the service took the second press first, an answer of before the other, which comes last, takes nothing back', async () => {
  const { answers, presses, disabled } = await twoPresses();
  answers[0]!.answer({ ok: true, team: list(['els', 'lien']) });
  await presses[0];
  answers[1]!.answer({ ok: true, team: list(['lien']) });
  await Promise.all(presses);
  expect(disabled()).toEqual(['els', 'lien']);
});

test('[U80] where nobody hears of the second press, the answer of the first has the page look at what stands', async () => {
  const { answers, presses, disabled } = await twoPresses();
  answers[0]!.answer({ ok: true, team: list(['els']) });
  await presses[0];
  answers[1]!.answer({ ok: false, why: 'unreachable', team: null });
  await Promise.all(presses);
  expect(disabled()).toEqual(['els', 'lien']);
});

test('[U80] a question of the team that nobody heard takes nothing away that was heard since', async () => {
  const first = later<TeamList | null>();
  const reads = [Promise.resolve(list([])), first.asked];
  const news = createTeamNews({ ...keep, read: () => reads.shift()! });
  await news.open();
  const again = news.open(); // she comes back to the page, on a line that hangs
  const team = createTeam(news, {
    invite: async () => ({ ok: true, link: 'https://console/#x', endMs: 1, team: list(['els']) }),
    with: async (ask: () => Promise<unknown>) => ask(),
  } as never);
  expect(await team.invite(['counsellor'], '')).toHaveProperty('link'); // shown once
  first.answer(null);
  await again;
  expect(news.state.peek()).toEqual({ is: 'ready', list: list(['els']) });
});

test('[U80] an answer counts where what was asked after it was heard by nobody: the page of the team opens, and says so when it could not', async () => {
  const first = later<TeamList | null>();
  const reads = [first.asked, Promise.resolve(null)];
  const news = createTeamNews({ ...keep, read: () => reads.shift() ?? Promise.resolve(null) });
  const opens = news.open();
  await news.look(); // the dot on the rail asks, and the line is gone for a moment
  first.answer(list([]));
  await opens;
  expect(news.state.peek().is).toBe('ready');
  await news.open();
  expect(news.state.peek().is).toBe('failed');
});

test('[U80] the door that was heard counts where what was asked after it was heard by nobody', async () => {
  const first = later<object | null>();
  const reads = [first.asked, Promise.resolve(null)];
  const door = createDoorSwitch({ read: () => reads.shift()!, put: async () => null } as never);
  const looks = door.look();
  await door.look();
  first.answer({ shut: true });
  await looks;
  expect(door.heard.peek()).toEqual({ shut: true });
});
