import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { createNewsPorts } from '../../console/src/device/teamApi.ts';
import { createTeam, createTeamNews, type NewsItem, type TeamList } from '../../console/src/model/team/team.ts';
import { TeamNewsStrip } from '../../console/src/ui/team/TeamNewsStrip.tsx';
import { afterEach, expect, test } from 'vitest';

afterEach(cleanup);

const signed = (id: string): NewsItem => ({ id, by: 'joke', act: 'device_signed', about: id, atMs: 1 });
const newsOf = (many: number, from = 0) => Array.from({ length: many }, (_, at) => signed(`n${from + many - at}`));
const base: TeamList = { me: 'noor', people: [], invitations: [], news: [], names: { joke: 'Joke' } };
const keepNothing = {
  seen: async () => {
    throw new DOMException('a private window');
  },
  remember: async () => {
    throw new DOMException('a private window');
  },
};

test('[T12] of more than is told she reads how many stand in the log, all of them, before she says that she saw', async () => {
  const says = { list: { ...base, news: newsOf(50), newsCount: 80 } as TeamList };
  const news = createTeamNews({ read: async () => says.list, seen: async () => null, remember: async () => undefined });
  await news.open();
  render(<TeamNewsStrip news={news} names={base.names} onSeen={() => undefined} />);
  await screen.findByText('Nog 75 in het logboek.');
  // what a change answers says nothing of them
  const team = createTeam(news, {
    withdraw: async () => ({ ok: true, team: { ...base, names: {}, news: newsOf(2, 90), newsCount: 2 } }),
    with: async (ask: () => Promise<unknown>) => ask(),
  } as never);
  await team.withdraw('i1');
  expect(news.untold.value).toBe(30);
  const { state } = news;
  expect(state.value).toMatchObject({ list: { names: { joke: 'Joke' } } }); // who stands in the strip has her name still
  // of what was done again to the same only the last is told
  says.list = { ...base, news: newsOf(2), newsCount: 60 };
  await news.look();
  await screen.findByText('Nog 58 in het logboek.');
  // a service of before counts nothing
  says.list = { ...base, news: newsOf(7) };
  await news.look();
  await screen.findByText('Nog 2 in het logboek.');
});

test('[T12] where this browser can keep nothing what she saw stays seen for as long as the page stands', async () => {
  const says = { list: { ...base, news: newsOf(3) } as TeamList };
  const news = createTeamNews({ read: async () => says.list, ...keepNothing });
  await news.open();
  render(<TeamNewsStrip news={news} names={base.names} onSeen={() => undefined} />);
  fireEvent.click(await screen.findByRole('button', { name: 'Gezien' }));
  says.list = { ...base, news: [signed('n9'), ...newsOf(3)] };
  await news.look();
  await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1));
});

test.each([
  ['now', { newest: 'n2', ids: ['n2', 'n1'] }, { newest: 'n2', ids: ['n2', 'n1'] }],
  ['once', { id: 'n2', atMs: 5 }, { newest: 'n2', ids: ['n2'] }],
  ['at first', 'n2', { newest: 'n2', ids: ['n2'] }],
  ['never', undefined, null],
])('[T12] what she saw counts as a release kept it %s', async (_when, kept, seen) => {
  const answering = <Value,>(result: Value) => {
    const asked = { result, onsuccess: () => undefined };
    queueMicrotask(() => asked.onsuccess());
    return asked;
  };
  const transaction = () => ({ objectStore: () => ({ get: () => answering(kept) }) });
  const factory = { open: () => answering({ transaction }) } as unknown as IDBFactory;
  expect(await createNewsPorts(fetch, factory).seen('noor')).toEqual(seen);
});
