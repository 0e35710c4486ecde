import { fireEvent, render, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { createDemoApi, type DemoApi } from '../../console/src/device/demoApi.ts';
import { remembered } from '../../console/src/device/signIn.ts';
import { takeTabLock } from '../../console/src/device/tabLock.ts';
import { watchExpiry } from '../../console/src/model/expiry.ts';
import { createSession, type Person, type SessionPorts } from '../../console/src/model/session.ts';
import { App } from '../../console/src/ui/App.tsx';
import { fakeDesk } from './fakeDesk.ts';
import { fakeTime } from './fakeTime.ts';
import { pagesOf, tidyUp } from './screen.tsx';

afterEach(tidyUp);

const lien = {
  who: 'lien',
  account: 'a1',
  name: 'Lien',
  site: 'CLB',
  chain: 'c',
  binding: 'b',
  roles: ['counsellor'],
} as Partial<Person> as Person;

function door(over: Partial<SessionPorts> = {}) {
  const desk = fakeDesk();
  desk.view.value = { is: 'entering' };
  const asked: string[] = [];
  const session = createSession({
    remembered: async () => null,
    signIn: async (who) => (asked.push(who), { ok: true, person: { ...lien, who } }),
    renew: async () => null,
    roles: async () => null,
    signOut: async () => undefined,
    lock: async () => true,
    openDesk: () => desk,
    ...over,
  });
  const view = render(
    <App
      session={session}
      consoleOf={() => {
        throw new Error('no workspace here');
      }}
      pages={pagesOf(session)}
    />,
  );
  return { session, view, desk, asked };
}

test('[N17 D4] who was signed out at one process only reads so', async () => {
  const { session, view } = door();
  await session.start('Je bent afgemeld. Het kan even duren voor dat overal geldt.');
  expect((await view.findByRole('alert')).textContent).toMatch(/kan even duren/);
});

describe('signing in', () => {
  test('[D1] one click on a name, and the desk is entered', async () => {
    const { session, view, desk, asked } = door();
    await session.start();
    fireEvent.click(await view.findByRole('button', { name: 'Ga verder als Samir' }));
    await waitFor(() => expect(desk.calls).toEqual([['enter', {}]]));
    await view.findByText('CLBCh@t start…');
    expect(asked).toEqual(['samir']);
  });

  test.each([
    ['refused', /lukte niet/],
    ['unreachable', /server antwoordt niet/],
    ['no_key', /geen sleutel bewaren/],
  ] as const)('[D1] %s is a sentence, and one can try again', async (why, sentence) => {
    const { session, view } = door({ signIn: async () => ({ ok: false, why }) });
    await session.start();
    fireEvent.click(await view.findByRole('button', { name: 'Ga verder als Lien' }));
    expect((await view.findByRole('alert')).textContent).toMatch(sentence);
    expect(session.door.value).toMatchObject({ is: 'sign_in', busy: null });
  });

  test('[D2] a reload goes on without a click', async () => {
    const { session, desk, asked } = door({ remembered: async () => lien });
    await session.start();
    expect(session.door.value).toEqual({ is: 'desk', desk });
    expect(desk.calls).toEqual([['enter', {}]]);
    expect(asked).toEqual([]);
  });

  test('[D1] who signed in by a click is available; a reload keeps what she was', async () => {
    for (const [click, calls] of [
      [
        true,
        [
          ['enter', {}],
          ['setStatus', 'available'],
        ],
      ],
      [false, [['enter', {}]]],
    ] as const) {
      const { session, desk } = door({ remembered: async () => (click ? null : lien) });
      desk.view.value = { is: 'replaced' };
      desk.status.value = 'paused';
      desk.enter = async (options) => {
        desk.calls.push(['enter', options]);
        desk.view.value = { is: 'here' };
      };
      tidyUp();
      await session.start();
      if (click) await session.signIn('lien');
      expect(desk.calls).toEqual(calls);
    }
  });

  test('[D2] whom a reload finds are session and storage agreed upon, person and binding', async () => {
    const kept = { who: 'lien', keys: { privateKey: 'key' }, signed: { account: 'a1', binding: 'b2' } };
    const database = { transaction: () => ({ objectStore: () => ({ getAll }) }) } as unknown as IDBDatabase;
    const request = { result: [kept], onsuccess: () => undefined };
    const getAll = () => (queueMicrotask(() => request.onsuccess()), request);
    const found = (session: { account: string; binding: string } | null) =>
      remembered(database, { session: async () => session } as DemoApi);
    expect(await found({ account: 'a1', binding: 'b2' })).toMatchObject({ who: 'lien', deviceKey: 'key' });
    expect(await found({ account: 'a1', binding: 'b1' })).toBeNull();
    expect(await found({ account: 'a2', binding: 'b2' })).toBeNull();
    expect(await found(null)).toBeNull();
  });

  test('[D2] when the session is over one signs in again, and is told why', async () => {
    const { session, view } = door({ remembered: async () => lien });
    await session.start();
    session.expired(0);
    await view.findByText('Je aanmelding is afgelopen. Meld opnieuw aan.');
  });

  test('[D2] leaving by choice is no lost session; a session that ends is', async () => {
    const inner = fakeDesk();
    let expired = 0;
    const watched = watchExpiry(inner, fakeTime(), {
      expired: () => void (expired += 1),
      refused: () => expect.fail(),
    });
    await watched.leave();
    inner.view.value = { is: 'signed_out' };
    expect(expired).toBe(0);
    inner.view.value = { is: 'replaced' };
    inner.enter = async () => {
      inner.view.value = { is: 'signed_out' };
      inner.view.value = { is: 'here' };
    };
    await watched.enter();
    expect(expired).toBe(0);
    inner.view.value = { is: 'signed_out' };
    expect(expired).toBe(1);
  });

  test('[O67] a computer that is not believed is told apart from a session that ended', () => {
    const inner = fakeDesk();
    const heard: string[] = [];
    watchExpiry(inner, fakeTime(), {
      expired: () => void heard.push('expired'),
      refused: () => void heard.push('refused'),
    });
    inner.view.value = { is: 'here' };
    inner.view.value = { is: 'refused' };
    expect(heard).toEqual(['refused']);
  });

  const AWAY: readonly [
    string,
    (inner: ReturnType<typeof fakeDesk>, time: ReturnType<typeof fakeTime>) => void,
    RegExp,
  ][] = [
    [
      'whose line was gone for half an hour',
      (inner, { pass }) => {
        inner.connection.value = { is: 'lost', sinceMs: 0 };
        pass(1_800_000);
      },
      /30 minuten niet actief/,
    ],
    [
      'whose line was gone for less',
      (inner, { pass }) => {
        inner.connection.value = { is: 'lost', sinceMs: 0 };
        pass(1_680_000);
      },
      /is afgelopen/,
    ],
    [
      'whose computer slept for half an hour, and whose line seems open',
      (_inner, time) => {
        time.sleep(1_800_000);
        time.pass(1_000);
      },
      /30 minuten niet actief/,
    ],
    [
      'whose computer slept, and who was there again for a while',
      (_inner, time) => {
        time.sleep(1_800_000);
        time.pass(130_000);
      },
      /is afgelopen/,
    ],
    ['who was there all the time', (_inner, { pass }) => pass(7_200_000), /is afgelopen/],
  ];
  test.each(AWAY)('[A14 D2] %s is told why she signs in anew', async (_who, happens, sentence) => {
    const [inner, time] = [fakeDesk(), fakeTime()];
    inner.view.value = { is: 'entering' };
    inner.connection.value = { is: 'online' };
    const { session, view } = door({ remembered: async () => lien, openDesk: () => watched });
    const watched = watchExpiry(inner, time, {
      expired: (awayMs) => session.expired(awayMs),
      refused: () => expect.fail(),
    });
    await session.start();
    happens(inner, time);
    inner.view.value = { is: 'signed_out' };
    expect((await view.findByRole('alert')).textContent).toMatch(sentence);
  });

  test('[D3] signing in again in the same tab asks no other tab', async () => {
    let asked = 0;
    const { session } = door({ remembered: async () => lien, lock: async () => (asked += 1) === 1 });
    await session.start();
    session.expired(0);
    await session.signIn('lien');
    expect(session.door.value.is).toBe('desk');
    expect(asked).toBe(1);
  });
});

describe('one tab per person', () => {
  test('[D3] a second tab enters nothing until the person says so; the first one then stops', async () => {
    let stolen: () => void = () => undefined;
    let free = true;
    const lock: SessionPorts['lock'] = async (_who, { steal, onStolen }) => {
      if (!free && !steal) return false;
      if (!free) stolen();
      free = false;
      stolen = onStolen;
      return true;
    };
    const first = door({ remembered: async () => lien, lock });
    await first.session.start();
    const second = door({ remembered: async () => lien, lock });
    await second.session.start();
    await second.view.findByText(/in een ander venster van deze browser/);
    expect(second.desk.calls).toEqual([]);
    await second.session.workHere();
    expect(second.desk.calls).toEqual([['enter', {}]]);
    expect(first.session.door.value.is).toBe('taken');
    await first.session.workHere();
    expect(first.desk.calls).toEqual([
      ['enter', {}],
      ['enter', { takeOver: true }],
    ]);
    expect(second.session.door.value.is).toBe('taken');
  });

  test('[D3] the lock is kept until another tab steals it', async () => {
    const holders: { reject: (why: Error) => void }[] = [];
    const request = async (name: string, options: LockOptions, run: (lock: Lock | null) => unknown) => {
      if (holders.length > 0 && options.ifAvailable) return run(null);
      holders.pop()?.reject(new Error('stolen'));
      return new Promise((resolve, reject) => {
        const holder = { reject };
        holders.push(holder);
        const held = async () => {
          resolve(await run({ mode: 'exclusive', name }));
          holders.splice(holders.indexOf(holder), 1);
        };
        void held();
      });
    };
    const locks = { request } as unknown as LockManager;
    let stolen = 0;
    const onStolen = () => void (stolen += 1);
    expect(await takeTabLock(locks, 'desk lien', { steal: false, onStolen })).toBe(true);
    expect(await takeTabLock(locks, 'desk lien', { steal: false, onStolen })).toBe(false);
    expect(stolen).toBe(0);
    expect(await takeTabLock(locks, 'desk lien', { steal: true, onStolen })).toBe(true);
    await waitFor(() => expect(stolen).toBe(1));
  });
});

describe('the doors of the server', () => {
  const answering = (status: number, body: unknown) => {
    const seen: { path: string; init: RequestInit | undefined }[] = [];
    const api = createDemoApi(async (path, init) => {
      if (typeof path === 'string') seen.push({ path, init });
      return new Response(JSON.stringify(body), { status });
    });
    return { api, seen };
  };

  test('[D1] the sign-in carries who, key and proof, and the header that a foreign page cannot send', async () => {
    const body = {
      account: 'a',
      name: 'Lien',
      site: 's',
      chain: 'c',
      binding: 'b',
      roles: ['coordinator', 'auditor', 7],
      centre: { name: 'x', slotsMax: 3 },
    };
    const { api, seen } = answering(200, body);
    const signed = await api.signIn({ who: 'lien', devicePub: 'p', proof: 'q' });
    expect(signed).toEqual({ account: 'a', name: 'Lien', site: 's', chain: 'c', binding: 'b', roles: ['coordinator'] });
    expect(seen[0]?.path).toBe('/api/demo/sign-in');
    expect(seen[0]?.init).toMatchObject({
      method: 'POST',
      headers: { 'x-clb': '1', 'content-type': 'application/json' },
    });
    expect(JSON.parse(seen[0]?.init?.body as string)).toEqual({ who: 'lien', devicePub: 'p', proof: 'q' });
  });

  test.each([
    [401, {}],
    [200, { account: 'a' }],
    [200, null],
  ])('[D2] %i %o is nobody', async (status, body) => {
    expect(await answering(status, body).api.session()).toBeNull();
    expect(await answering(status, body).api.signIn({ who: 'lien', devicePub: 'p', proof: 'q' })).toBeNull();
  });
});
