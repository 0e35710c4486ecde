import { signal } from '@preact/signals';
import { act, fireEvent, render, waitFor, within } from '@testing-library/preact';
import type { JSX } from 'preact';
import { afterEach, describe, expect, test } from 'vitest';
import { unsavedPages } from '../../console/src/coordinatorPages.ts';
import type { Stand } from '../../console/src/model/gettingIn.ts';
import { ownSteps } from '../../console/src/model/ownSteps.ts';
import { createPlaces, OtherBuild, type Place, type Steps } from '../../console/src/model/places.ts';
import { createSession, type Me, type Person, type Role } from '../../console/src/model/session.ts';
import type { ShownPlaces } from '../../console/src/ui/console.ts';
import { losesSomething } from '../../console/src/ui/loses.ts';
import { Skip } from '../../console/src/ui/Skip.tsx';
import { PagePane } from '../../console/src/ui/PagePane.tsx';
import { Rail } from '../../console/src/ui/Rail.tsx';
import { nl } from '../../console/src/words/nl.ts';
import { places as words } from '../../console/src/words/places.ts';
import { fakeDesk, fakeTalk } from './fakeDesk.ts';
import { showConsole, tidyUp } from './screen.tsx';

afterEach(tidyUp);

const never = () => new Promise<never>(() => undefined);
const both = ['counsellor', 'coordinator'] as const;

describe('[U15] the rail', () => {
  test('leads to what the roles may open, and only there', async () => {
    const { view } = await showConsole();
    expect(view.queryByRole('link', { name: words.rail.hours })).toBeNull();
    tidyUp();
    const second = await showConsole(fakeDesk(), both);
    const link = second.view.getByRole('link', { name: words.rail.hours });
    expect(second.view.getByRole('link', { name: words.rail.chat }).getAttribute('aria-current')).toBe('page');
    fireEvent.click(link);
    await second.view.findByText('Hier staan de uren.');
    expect(link.getAttribute('aria-current')).toBe('page');
    expect(second.view.queryByRole('log')).toBeNull();
    fireEvent.click(second.view.getByRole('link', { name: words.rail.chat }));
    await waitFor(() => expect(second.view.queryByText('Hier staan de uren.')).toBeNull());
  });

  test('a coordinator who is no counsellor has her pages, and no desk is opened for her', async () => {
    const { view, door, me } = await showConsole();
    me.value = { name: 'Noor', site: 'CLB', roles: ['coordinator'] };
    door.value = { is: 'pages' };
    await view.findByText('Hier staan de uren.');
    expect(view.queryByRole('link', { name: words.rail.chat })).toBeNull();
    expect(view.queryByRole('button', { name: /Jouw status/ })).toBeNull();

    const desks: string[] = [];
    let asked = async (): Promise<readonly Role[] | null> => ['coordinator'];
    const noor = {
      who: 'noor',
      name: 'Noor',
      site: 'CLB',
      roles: ['coordinator'],
      endsMs: 9,
    } as Partial<Person> as Person;
    const session = createSession({
      remembered: async () => noor,
      signIn: async () => ({ ok: true, person: noor }),
      renew: async (person) => ({ ...person, binding: 'b2', endsMs: 19 }),
      signOut: async () => undefined,
      lock: async () => true,
      roles: async () => asked(),
      openDesk: ({ who }) => (desks.push(who), fakeDesk()),
    });
    await session.start();
    expect([session.door.value.is, session.me.value?.name, desks]).toEqual(['pages', 'Noor', []]);
    expect([await session.renew(), session.endsMs.value, desks]).toEqual([true, 19, []]);
    asked = () => Promise.reject(new TypeError('no network'));
    await session.look();
    expect([session.door.value.is, session.me.value?.roles]).toEqual(['pages', ['coordinator']]);
    asked = async () => [];
    await session.look();
    expect(session.me.value?.roles).toEqual([]);
    asked = async () => null;
    await session.look();
    expect(session.door.value).toEqual({ is: 'sign_in', problem: nl.signIn.expired, busy: null });
    await session.signOut();
    expect([session.door.value.is, session.me.value]).toEqual(['sign_in', null]);
  });
});

test('[U13] the rail says where something is not saved, as long as it is', async () => {
  const me = signal<Me | null>({ name: 'Noor', site: 'CLB', roles: both });
  const unsaved = unsavedPages();
  const places = createPlaces(
    me,
    { hours: never, audit: never, sites: never, team: never, devices: never, figures: never },
    signal([]),
    unsaved.at,
  );
  const view = render(<Rail places={places as unknown as ShownPlaces} />);
  const link = () => view.getByRole('link', { name: /^Uren/ });
  expect(within(link()).queryByRole('img')).toBeNull();
  await act(() => unsaved.set('hours', true));
  expect(within(link()).getByRole('img', { name: words.unsaved })).toBeTruthy();
  expect(losesSomething()).toBe(true);
  await act(() => unsaved.set('hours', false));
  expect([within(link()).queryByRole('img'), losesSomething()]).toEqual([null, false]);
});

describe('[U16] a page', () => {
  test('is asked for once, when it is wanted; one that did not come is said, and comes when asked again', async () => {
    let asked = 0;
    const me = signal<Me | null>({ name: 'Noor', site: 'CLB', roles: both });
    const places = createPlaces(me, {
      hours: async () => {
        asked += 1;
        if (asked === 1) throw new TypeError('no network');
        return 'the page';
      },
      audit: async () => 'another',
      figures: async () => 'another',
      sites: async () => 'a fifth',
      team: async () => 'a third',
      devices: async () => 'a fourth',
    });
    expect([asked, places.shown.value]).toEqual([0, null]);
    places.go('hours');
    expect(places.shown.value).toEqual({ is: 'loading' });
    await waitFor(() => expect(places.shown.value).toEqual({ is: 'failed' }));
    places.again();
    await waitFor(() => expect(places.shown.value).toEqual({ is: 'here', View: 'the page' }));
    places.again();
    places.go('chat');
    places.go('hours');
    expect(asked).toBe(2);
    me.value = { name: 'Noor', site: 'CLB', roles: ['counsellor'] };
    expect([places.at.value, places.shown.value]).toEqual(['chat', null]);
  });

  test('of another build is said to be one: the press loads the console anew, and where none is there asks again', async () => {
    const me = signal<Me | null>({ name: 'Noor', site: 'CLB', roles: both });
    let loads = 0;
    let isHostThere = false;
    const anew = async () => (isHostThere && (loads += 1), isHostThere);
    const steps: Steps = { named: () => 'team', push: () => undefined, onStep: () => undefined, anew };
    const team = () => Promise.reject(new OtherBuild('no more'));
    const pages = { hours: never, audit: never, sites: never, team, devices: never, figures: never };
    const places = createPlaces(me, pages, signal([]), signal([]), steps);
    const view = render(<PagePane places={places as unknown as ShownPlaces} />);
    await view.findByText(words.pages.renewed);
    fireEvent.click(view.getByRole('button', { name: words.pages.anew }));
    await view.findByText(words.pages.failed);
    isHostThere = true;
    fireEvent.click(view.getByRole('button', { name: words.pages.again }));
    await view.findByText(words.pages.renewed);
    fireEvent.click(view.getByRole('button', { name: words.pages.anew }));
    await waitFor(() => expect(loads).toBe(1));
    expect(view.getByText(words.pages.renewed)).toBeTruthy();
  });
});

describe('[U16 D38] the title of a page that comes has the focus', () => {
  function waiting() {
    const come = new Map<Place, () => void>();
    const page = (name: Place) => () =>
      new Promise<() => JSX.Element>((comes) =>
        come.set(name, () =>
          comes(() => (
            <h1 id="page-title" tabIndex={-1}>
              {name}
            </h1>
          )),
        ),
      );
    const me = signal<Me | null>({ name: 'Noor', site: 'CLB', roles: ['coordinator'] });
    const pages = {
      hours: page('hours'),
      audit: never,
      sites: never,
      team: page('team'),
      devices: never,
      figures: never,
    };
    const places = createPlaces(me, pages) as unknown as ShownPlaces;
    const view = render(
      <>
        <Rail places={places} />
        <PagePane places={places} />
      </>,
    );
    const link = (name: string) => view.getByRole('link', { name });
    const comes = async (name: Place) => {
      await act(() => come.get(name)!());
      await view.findByRole('heading', { name });
    };
    return { view, places, link, comes };
  }
  const focused = () => document.activeElement?.textContent;

  test('who waits for it is at its title, where the press was and where nothing has the focus', async () => {
    const { link, comes, places } = waiting();
    await comes('hours');
    await waitFor(() => expect(focused()).toBe('hours'));
    link(words.rail.team).focus();
    fireEvent.click(link(words.rail.team));
    await comes('team');
    await waitFor(() => expect(focused()).toBe('team'));
    link(words.rail.hours).focus();
    await act(() => places.go('hours'));
    await waitFor(() => expect(focused()).toBe('hours'));
  });

  test('who went on by the keys meanwhile stays where she is, and her Enter goes there', async () => {
    const { link, comes, places } = waiting();
    link(words.rail.team).focus();
    await comes('hours');
    await act(() => undefined);
    expect(focused()).toBe(words.rail.team);
    fireEvent.click(link(words.rail.team));
    link(words.rail.hours).focus();
    await comes('team');
    await act(() => undefined);
    expect([focused(), places.at.value]).toEqual([words.rail.hours, 'team']);
  });
});

describe('[U94] back and forward', () => {
  const pages = { hours: never, audit: never, sites: never, team: never, devices: never, figures: never };
  function stepping(named: Place | null) {
    const pushed: (Place | null)[] = [];
    const back: ((place: Place | null) => void)[] = [];
    const steps: Steps = {
      named: () => pushed.at(-1) ?? named,
      push: (place) => void pushed.push(place),
      onStep: (run) => void back.push(run),
      anew: async () => false,
    };
    const me = signal<Me | null>({ name: 'Noor', site: 'CLB', roles: ['coordinator'] });
    const places = createPlaces(me, pages, signal([]), signal([]), steps);
    return { me, places, steps, pushed, step: (place: Place | null) => back.forEach((run) => run(place)) };
  }

  test('go over the pages that were opened, each once; an address opens what her roles may, and nothing else', () => {
    const { me, places, pushed, step } = stepping(null);
    for (const place of ['hours', 'team', 'team', 'chat', 'sites'] as const) places.go(place);
    expect([pushed, places.at.value]).toEqual([['team', 'sites'], 'sites']);
    step('team');
    expect(places.at.value).toBe('team');
    step(null);
    expect([places.at.value, pushed]).toEqual(['hours', ['team', 'sites']]);
    const named = stepping('devices');
    expect(named.places.at.value).toBe('devices');
    named.me.value = { name: 'Lien', site: 'CLB', roles: ['counsellor'] };
    expect([named.places.at.value, named.places.shown.value]).toEqual(['chat', null]);
    me.value = null;
  });

  test('are not in the way of who skips the rail by the keyboard: the address stays, and a reload with it', () => {
    history.replaceState(null, '', '#team');
    const view = render(
      <>
        <Skip to="page" says="Naar de pagina" />
        <main id="page" tabIndex={-1} />
      </>,
    );
    fireEvent.click(view.getByRole('link', { name: 'Naar de pagina' }));
    expect([document.activeElement?.id, location.hash]).toEqual(['page', '#team']);
    history.replaceState(null, '', location.pathname);
  });

  test('go between what is her own and her pages, and take nothing away that stands there once', () => {
    const own = (named: Place | null) => {
      const { places, steps, pushed, step } = stepping(named);
      const stand = signal<Stand>({ is: 'sign_in' });
      const home = { is: 'home' } as Stand;
      const model = {
        stand,
        toPages: () => void (stand.value = { is: 'pages' } as Stand),
        toHome: async () => void (stand.value = home),
      };
      const { toHome } = ownSteps(model, places, steps);
      return { stand, home, model, toHome, pushed, step };
    };
    const { stand, home, model, toHome, pushed, step } = own(null);
    stand.value = home;
    expect([stand.value.is, pushed]).toEqual(['home', []]);
    model.toPages();
    expect(pushed).toEqual(['hours']);
    step(null);
    expect(stand.value.is).toBe('home');
    step('team');
    expect([stand.value.is, pushed]).toEqual(['pages', ['hours']]);
    toHome();
    expect([stand.value.is, pushed]).toEqual(['home', ['hours', null]]);
    stand.value = { is: 'codes', codes: ['once'] };
    step('team');
    expect(stand.value.is).toBe('codes');
    const named = own('team');
    named.stand.value = named.home;
    expect([named.stand.value.is, named.pushed]).toEqual(['pages', []]);
  });
});

describe('[U19] conversations while a page stands there', () => {
  test('one that was open is closed first, so nothing of it is read unseen; one that opens is shown', async () => {
    const desk = fakeDesk();
    const { view, workspace, places, open } = await showConsole(desk, both);
    desk.talks.value = [fakeTalk('v1')];
    open('v1');
    await waitFor(() => expect(workspace.openTalk.value).not.toBeNull());
    fireEvent.click(view.getByRole('link', { name: words.rail.hours }));
    await view.findByText('Hier staan de uren.');
    expect(workspace.openTalk.value).toBeNull();
    open('v1');
    await waitFor(() => expect(places.at.value).toBe('chat'));
    expect(view.queryByText('Hier staan de uren.')).toBeNull();
    places.go('hours'); // as Back does, which no press on the rail came before
    await view.findByText('Hier staan de uren.');
    await waitFor(() => expect(workspace.openTalk.value).toBeNull());
    expect(places.at.value).toBe('hours');
  });
});
