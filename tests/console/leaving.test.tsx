import { act, fireEvent, waitFor } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { nl } from '../../console/src/words/nl.ts';
import { fakeDesk, fakeTalk } from './fakeDesk.ts';
import { pressFirm, showConsole, textOf, tidyUp } from './screen.tsx';

const asks = (event: Event) => event.preventDefault();
afterEach(() => {
  window.removeEventListener('beforeunload', asks);
  tidyUp();
});

const signedOut = (desk: ReturnType<typeof fakeDesk>) => desk.calls.filter(([name]) => name === 'signOut').length;

for (const is of ['a coordinator’s pages', 'a desk'] as const)
  test(`[U46 D38] at ${is} who signs out with something unsaved is asked before she is out, once, and has the focus at the question`, async () => {
    const desk = fakeDesk();
    const { view, door, me } = await showConsole(desk);
    if (is !== 'a desk') {
      me.value = { name: 'Lien', site: 'CLB', roles: ['coordinator'] };
      door.value = { is: 'pages' };
      await view.findByText('Hier staan de uren.');
    }
    const menu = () => fireEvent.click(view.getByRole('button', { name: nl.top.account('Lien') }));
    window.addEventListener('beforeunload', asks);
    menu();
    const out = await view.findByRole('button', { name: nl.top.signOut });
    out.focus(); // as a keyboard and a mouse leave it there: it goes with what it asks
    await pressFirm(out);
    await view.findByText(nl.top.unsaved);
    await act(async () => undefined); // who looks after the focus has looked
    expect(textOf(document.activeElement!)).toBe(nl.top.unsaved);
    expect(signedOut(desk)).toBe(0);
    // closed and opened again it asks anew
    menu();
    menu();
    expect(view.queryByText(nl.top.unsaved)).toBeNull();
    await pressFirm(await view.findByRole('button', { name: nl.top.signOut }));
    await pressFirm(await view.findByRole('button', { name: nl.top.signOutAnyway }));
    await waitFor(() => expect(signedOut(desk)).toBe(1));

    // with nothing to lose nobody is asked
    window.removeEventListener('beforeunload', asks);
    menu();
    await pressFirm(await view.findByRole('button', { name: nl.top.signOut }));
    await waitFor(() => expect(signedOut(desk)).toBe(2));
  });

test('[U46] who holds somebody reads that she cannot go, and nothing of what is not saved', async () => {
  const desk = fakeDesk();
  const { view } = await showConsole(desk);
  desk.talks.value = [fakeTalk('v1')];
  fireEvent.click(view.getByRole('button', { name: nl.top.account('Lien') }));
  await pressFirm(await view.findByRole('button', { name: nl.top.signOut }));
  await view.findByText(nl.problems.has_conversations);
  expect([view.queryByText(nl.top.unsaved), signedOut(desk)]).toEqual([null, 0]);
});
