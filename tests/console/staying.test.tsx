import { fireEvent, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { createSession, type Person, type SessionPorts } from '../../console/src/model/session.ts';
import { asTimeOfDay } from '../../console/src/model/times.ts';
import { nl } from '../../console/src/words/nl.ts';
import { fakeDesk, fakeTalk } from './fakeDesk.ts';
import { showConsole, tidyUp } from './screen.tsx';

afterEach(tidyUp);
const MINUTE = 60_000;

describe('[A12 D40] the warning before the end of the session', () => {
  test('comes half an hour before, with the time, and not earlier', async () => {
    const { view, time, endsMs } = await showConsole();
    endsMs.value = time.clock.nowMs() + 31 * MINUTE;
    time.pass(59_000);
    expect(view.queryByRole('button', { name: nl.stay.stay })).toBeNull();
    time.pass(1_000);
    await view.findByText(nl.stay.at(asTimeOfDay(endsMs.value)));
    view.getByRole('button', { name: nl.stay.stay });
  });

  test('says after the end that it waits for the conversation', async () => {
    const { view, time, endsMs } = await showConsole();
    endsMs.value = time.clock.nowMs();
    time.pass(1_000);
    await view.findByText(nl.stay.due);
  });

  test('the answer stands where the button was, so that nothing moves up under a second tap, and goes after eight seconds', async () => {
    const { view, time, endsMs, desk, stays } = await showConsole();
    endsMs.value = time.clock.nowMs() + MINUTE;
    let answers: (ok: boolean) => void = () => undefined;
    stays.renew = () => (desk.calls.push(['renew']), new Promise((resolve) => (answers = resolve)));
    time.pass(1_000);
    const button = await view.findByRole('button', { name: nl.stay.stay });
    fireEvent.click(button);
    fireEvent.click(button);
    await waitFor(() => expect(button.getAttribute('aria-disabled')).toBe('true'));
    expect(desk.calls).toEqual([['renew']]);
    endsMs.value += 600 * MINUTE;
    answers(true);
    await view.findByText(nl.stay.stays);
    expect(view.queryByRole('button', { name: nl.stay.stay })).toBeNull();
    time.pass(7_000);
    view.getByText(nl.stay.stays);
    time.pass(2_000);
    await waitFor(() => expect(view.queryByText(nl.stay.stays)).toBeNull());
  });

  test('[D38] on a page the title has the focus once the answer has the place of the button, whoever she is', async () => {
    for (const roles of [['coordinator'], ['counsellor', 'coordinator']] as const) {
      const { view, time, endsMs, door, me, places, stays } = await showConsole(undefined, roles);
      me.value = { name: 'Lien', site: 'CLB', roles };
      if (roles.length === 1) door.value = { is: 'pages' };
      places.go('hours');
      const title = await view.findByRole('heading', { name: 'Hier staan de uren.' });
      endsMs.value = time.clock.nowMs() + MINUTE;
      stays.renew = async () => true;
      const button = await view.findByRole('button', { name: nl.stay.stay });
      button.focus();
      fireEvent.click(button);
      await waitFor(() => expect([button.isConnected, document.activeElement]).toEqual([false, title]));
      tidyUp();
    }
  });

  test('a renewal that failed says so, and can be asked for again', async () => {
    const { view, time, endsMs, stays } = await showConsole();
    endsMs.value = time.clock.nowMs() + MINUTE;
    stays.renew = async () => false;
    time.pass(1_000);
    fireEvent.click(await view.findByRole('button', { name: nl.stay.stay }));
    await view.findByText(nl.stay.failed);
    expect(view.getByRole('button', { name: nl.stay.stay }).getAttribute('aria-disabled')).toBe('false');
  });

  test('[G65] who gave up showing that it is she reads when she is signed out, and of no failure', async () => {
    const { view, time, endsMs, stays } = await showConsole();
    endsMs.value = time.clock.nowMs() + MINUTE;
    stays.renew = async () => false;
    time.pass(1_000);
    const button = await view.findByRole('button', { name: nl.stay.stay });
    fireEvent.click(button);
    await view.findByText(nl.stay.failed);
    stays.renew = async () => null;
    fireEvent.click(button);
    await view.findByText(nl.stay.at(asTimeOfDay(endsMs.value)));
    expect(view.queryByText(nl.stay.failed)).toBeNull();
    expect(button.getAttribute('aria-disabled')).toBe('false');
  });

  test('[D38] who pressed it with a key is not put into the field, where Enter would send', async () => {
    const { view, desk, time, endsMs, open } = await showConsole();
    desk.talks.value = [fakeTalk('fox', { nick: 'Vos' })];
    open('fox');
    endsMs.value = time.clock.nowMs() + MINUTE;
    time.pass(1_000);
    const button = await view.findByRole('button', { name: nl.stay.stay });
    button.focus();
    fireEvent.click(button);
    await view.findByText(nl.stay.stays);
    await waitFor(() => expect(document.activeElement?.closest('.list')).not.toBeNull());
  });
});

describe('[A12] the session of the console', () => {
  const roles = ['counsellor'] as const;
  const lien = {
    who: 'lien',
    account: 'a1',
    name: 'Lien',
    binding: 'b1',
    roles,
    endsMs: 5,
  } as Partial<Person> as Person;
  const made = (
    renew: (person: Person) => Promise<Person | null>,
    remembered = async () => lien,
    more: Partial<SessionPorts> = {},
  ) => {
    const desk = fakeDesk();
    const session = createSession({
      remembered,
      renew,
      roles: async () => null,
      signIn: async () => ({ ok: false, why: 'refused' }),
      signOut: async () => undefined,
      lock: async () => true,
      openDesk: () => desk,
      ...more,
    });
    return { desk, session };
  };

  test('goes on at the same desk with the new binding, and knows the new end', async () => {
    const { desk, session } = made(async (person) => ({ ...person, binding: 'b2', endsMs: 9 }));
    await session.start();
    expect(session.endsMs.value).toBe(5);
    expect(await session.renew()).toBe(true);
    expect(desk.calls).toEqual([
      ['enter', {}],
      ['renew', 'b2'],
    ]);
    expect([session.endsMs.value, session.door.value]).toEqual([9, { is: 'desk', desk }]);
  });

  test('stays what it was when the renewal was refused or could not be kept', async () => {
    for (const renew of [async () => null, async () => Promise.reject(new Error('no room'))]) {
      const { desk, session } = made(renew);
      await session.start();
      expect(await session.renew()).toBe(false);
      expect(desk.calls.at(-1)).toEqual(['renew', null]);
      expect(session.endsMs.value).toBe(5);
    }
  });

  test('[G39] where more than a click is needed she is asked, and her desk waits for nothing but the service', async () => {
    let isAsked: (stays: boolean) => void = () => undefined;
    const stay = () => new Promise<boolean>((resolve) => (isAsked = resolve));
    const { desk, session } = made(async () => null, undefined, { stay });
    await session.start();
    const stays = session.renew();
    expect(desk.calls).toEqual([['enter', {}]]); // she types: the desk goes on as it is
    let answer: (goes: { binding: string; endsMs: number }) => void = () => undefined;
    const goes = session.goOn(new Promise((resolve) => (answer = resolve)));
    answer({ binding: 'b2', endsMs: 9 });
    expect(await goes).toBe(true);
    isAsked(true);
    expect([await stays, session.endsMs.value]).toEqual([true, 9]);
    expect(desk.calls.at(-1)).toEqual(['renew', 'b2']);
  });

  test('[G65] *Niet nu* is told apart from what failed', async () => {
    const { desk, session } = made(async () => null, undefined, { stay: async () => false });
    await session.start();
    expect(await session.renew()).toBeNull();
    expect(desk.calls).toEqual([['enter', {}]]);
  });

  test('[G39] her desk goes on under the session that a page of hers needed, and under hers where none came', async () => {
    const { desk, session } = made(async () => null);
    await session.start();
    expect(await session.goOn(Promise.resolve(null))).toBe(false);
    expect(await session.goOn(Promise.reject(new Error('no network')))).toBe(false);
    expect([desk.calls.at(-1), session.endsMs.value]).toEqual([['renew', null], 5]);
    expect(await session.goOn(Promise.resolve({ binding: 'b2', endsMs: 9 }))).toBe(true);
    expect([desk.calls.at(-1), session.endsMs.value]).toEqual([['renew', 'b2'], 9]);
  });

  test('a tab that takes its desk back knows the session that another tab renewed', async () => {
    let known = lien;
    const { desk, session } = made(
      async () => null,
      async () => known,
    );
    await session.start();
    known = { ...lien, binding: 'b3' };
    await session.workHere();
    expect(desk.calls.slice(1)).toEqual([
      ['renew', 'b3'],
      ['enter', { takeOver: true }],
    ]);
  });
});
