import { signal } from '@preact/signals';
import { fireEvent, render, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createDemoApi } from '../../console/src/device/demoApi.ts';
import { createPlaces } from '../../console/src/model/places.ts';
import { endsByShowing, type OwnSession, type OwnSessions } from '../../console/src/model/session.ts';
import { PagesScreen } from '../../console/src/ui/PagesScreen.tsx';
import { nl } from '../../console/src/words/nl.ts';
import { pressFirm, showConsole, textOf, tidyUp } from './screen.tsx';

afterEach(tidyUp);

const here: OwnSession = { id: 'a', made: '2026-11-26', here: true };
const other = (id: string): OwnSession => ({ id, made: '2026-11-25', here: false });

/** The console with its window of sessions open. */
async function opened(first: readonly OwnSession[] | null) {
  const scene = await showConsole();
  const asked: unknown[] = [];
  let left: Awaited<ReturnType<OwnSessions['end']>> = [here];
  scene.own.list = async () => first;
  scene.own.end = async (which) => (asked.push(which), left);
  fireEvent.click(await scene.view.findByRole('button', { name: nl.top.account('Lien') }));
  fireEvent.click(await scene.view.findByRole('button', { name: nl.sessions.title }));
  const dialog = await scene.view.findByRole('dialog');
  return { ...scene, asked, dialog, leaves: (next: typeof left) => void (left = next) };
}

describe('[A13 D41] where she is signed in', () => {
  test('names each place and the day, with a button at the others only', async () => {
    const { dialog } = await opened([here, other('b')]);
    const items = await within(dialog).findAllByRole('listitem');
    expect(items.map(textOf)).toEqual([
      'Deze computer · sinds 26 november',
      'Een andere computer · sinds 25 novemberMeld daar af',
    ]);
    expect(within(dialog).queryByRole('button', { name: nl.sessions.endOthers })).toBeNull();
  });

  test('one is ended by a firm button; then the focus is on the heading', async () => {
    const { dialog, asked } = await opened([here, other('b')]);
    const button = await within(dialog).findByRole('button', { name: nl.sessions.end });
    button.focus();
    fireEvent.click(button);
    expect(asked).toEqual([]); // it has only just come [D20]
    await pressFirm(button);
    await within(dialog).findByText(nl.sessions.ended);
    expect(asked).toEqual([{ id: 'b' }]);
    await waitFor(() => expect(within(dialog).getAllByRole('listitem')).toHaveLength(1));
    expect(document.activeElement?.id).toBe('dialog-title');
  });

  test('a newer one ends once she has shown that it is she; who gives up reads what it wants, and nothing ended', async () => {
    const { dialog, leaves, asked } = await opened([here, other('b')]);
    leaves('step_up');
    await pressFirm(await within(dialog).findByRole('button', { name: nl.sessions.end }));
    await within(dialog).findByText(nl.sessions.newer);
    expect(within(dialog).getAllByRole('listitem')).toHaveLength(2);
    expect(asked).toEqual([{ id: 'b' }]);

    let isShown = false;
    const end = vi.fn<OwnSessions['end']>(async () => (isShown ? [here] : 'step_up'));
    const own = (shows: boolean) => endsByShowing({ list: async () => null, end }, async () => (isShown = shows));
    expect(await own(false).end('others')).toBe('step_up');
    expect(await own(true).end('others')).toEqual([here]);
    expect(end.mock.calls).toEqual([['others'], ['others'], ['others']]);
  });

  test('from two others on all of them end by one button', async () => {
    const { dialog, asked } = await opened([here, other('b'), other('c')]);
    await pressFirm(await within(dialog).findByRole('button', { name: nl.sessions.endOthers }));
    await within(dialog).findByText(nl.sessions.ended);
    expect(asked).toEqual(['others']);
  });

  test.each([
    [null, nl.sessions.lost],
    [[here], nl.sessions.ended],
    ['step_up', nl.sessions.newer],
    ['over', nl.sessions.over],
  ] as const)(
    'what came of a press (%o) whose window she gave up is said above what she sees then',
    async (left, says) => {
      const { dialog, own, view } = await opened([here, other('b')]);
      let answers: () => void = () => undefined;
      own.end = () => new Promise((resolve) => (answers = () => resolve(left)));
      await pressFirm(await within(dialog).findByRole('button', { name: nl.sessions.end }));
      fireEvent.click(within(dialog).getByRole('button', { name: nl.sessions.close }));
      await waitFor(() => expect(view.queryByRole('dialog')).toBeNull());
      expect(view.queryByText(nl.sessions.late(says))).toBeNull();
      answers();
      await view.findByText(nl.sessions.late(says));
    },
  );

  test('so it is for who chats with nobody', async () => {
    const me = signal({ who: 'a', name: 'Els', roles: ['coordinator'] } as never);
    const page = async () => () => null;
    const places = createPlaces(signal(null), {
      hours: page,
      sites: page,
      team: page,
      devices: page,
      audit: page,
      figures: page,
    });
    const session = { me, endsMs: signal(null), renew: async () => false, signOut: async () => 'still_in' as const };
    let answers: () => void = () => undefined;
    const own: OwnSessions = {
      list: async () => [here, other('b')],
      end: () => new Promise((resolve) => (answers = () => resolve(null))),
    };
    const view = render(<PagesScreen session={session} own={own} places={places} nowMs={signal(0)} />);
    const opens = async () => {
      fireEvent.click(view.getByRole('button', { name: /Els/ }));
      fireEvent.click(await view.findByRole('button', { name: nl.sessions.title }));
    };
    await opens();
    await pressFirm(await view.findByRole('button', { name: nl.sessions.end }));
    fireEvent.click(view.getByRole('button', { name: nl.sessions.close }));
    await waitFor(() => expect(view.queryByRole('dialog')).toBeNull());
    answers();
    await view.findByText(nl.sessions.late(nl.sessions.lost));
    await opens(); // it was read
    expect(view.queryByText(nl.sessions.late(nl.sessions.lost))).toBeNull();
  });

  test('a service that does not answer is said, and nothing goes from the list', async () => {
    const { dialog, leaves } = await opened([here, other('b')]);
    leaves(null);
    await pressFirm(await within(dialog).findByRole('button', { name: nl.sessions.end }));
    await within(dialog).findByText(nl.sessions.lost);
    expect(within(dialog).getAllByRole('listitem')).toHaveLength(2);
    leaves('over');
    await pressFirm(within(dialog).getAllByRole('button', { name: nl.sessions.end })[0]!);
    await within(dialog).findByText(nl.sessions.over);
    tidyUp();
    const none = await opened(null);
    await within(none.dialog).findByText(nl.sessions.failed);
  });

  test('where the answer was lost she reads that it may have come about, and sees what stands', async () => {
    const { dialog, leaves, own } = await opened([here, other('b')]);
    leaves(null);
    own.list = async () => [here];
    await pressFirm(await within(dialog).findByRole('button', { name: nl.sessions.end }));
    await within(dialog).findByText(nl.sessions.lost);
    await waitFor(() => expect(within(dialog).getAllByRole('listitem')).toHaveLength(1));
    expect(document.activeElement?.id).toBe('dialog-title');
  });

  test('what the service says is read as it is meant, or as nothing', async () => {
    const saying = (status: number, body: unknown) =>
      createDemoApi(async () => new Response(JSON.stringify(body), { status })).own.list();
    expect(await saying(200, { sessions: [{ ...here, method: 'demo' }] })).toEqual([here]);
    expect(await saying(200, { sessions: [{ id: 'a' }, { id: 'a', made: 'gisteren' }, null] })).toEqual([]);
    for (const [status, body] of [
      [401, { sessions: [here] }],
      [200, {}],
      [200, null],
    ] as const)
      expect(await saying(status, body)).toBeNull();
  });
});
