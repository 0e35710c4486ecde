import { act, fireEvent, render, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Digest } from '@clbchat/shared/ids';
import type { Issuer } from '@clbchat/shared/statement/issuer';
import { createSitesApi } from '../../console/src/device/sitesApi.ts';
import {
  createSitesPage,
  type SavedSites,
  type SitesPorts,
  type StandingSites,
} from '../../console/src/model/sites/page.ts';
import type { Sites } from '../../console/src/model/sites/site.ts';
import { frameOf, snippetOf } from '../../console/src/model/sites/snippet.ts';
import { SitesScreen } from '../../console/src/ui/sites/SitesScreen.tsx';
import { sites as words } from '../../console/src/words/sites.ts';
import { pressFirm, textOf, tidyUp } from './screen.tsx';

afterEach(tidyUp);

const NOW_MS = Date.UTC(2026, 10, 26, 17);
const LINDE = { origins: ['https://www.delinde.example'], name: 'De Linde' };
const BERK = { origins: ['https://berk.example'], name: 'De Berk' };
const stands: StandingSites = {
  ...{ rev: 4, sites: { s_1: LINDE }, signed: null, account: 'noor' },
  ...{ pins: ['PIN', 'PIN2'], chat: 'https://chat.example' },
};

async function show({
  answers = [],
  at = {},
  over = {},
}: { answers?: SavedSites[]; at?: Partial<StandingSites>; over?: Partial<SitesPorts> } = {}) {
  const sent: { seen: number; sites: Sites; signed: string | null }[] = [];
  const first = { ...stands, ...at };
  const lists = new Map<string, { rev: number; sites: Sites }>();
  const page = createSitesPage({
    read: async () => first,
    write: async (seen, sites, signed) => {
      sent.push({ seen, sites, signed });
      return answers.shift() ?? { is: 'written', ...first, rev: seen + 1, sites };
    },
    issuer: async () => null,
    sign: async (_issuer, { rev, sites }) => {
      const text = `signed ${rev} ${Object.keys(sites).join(' ')}`;
      lists.set(text, { rev, sites });
      return text;
    },
    verify: async (text) => {
      const list = lists.get(text) ?? { rev: Number(text.split(' ')[1]), sites: first.sites };
      return text === '' ? { ok: false, why: 'chain' } : { ok: true, atMs: NOW_MS, issuer: 'i' as Digest, ...list };
    },
    own: async () => ({ demo: first.signed === null, chat: 'https://chat.example' }),
    stands: async () => null,
    seen: async () => 1,
    remember: async () => undefined,
    nowMs: () => NOW_MS,
    ...over,
  });
  const gone: string[] = [];
  const gaveUp = vi.fn();
  const view = render(<SitesScreen page={page} go={(place) => void gone.push(place)} gaveUp={gaveUp} />);
  if (!over.read) await view.findByRole('list', { name: words.list });
  const press = (name: string | RegExp) => fireEvent.click(view.getByRole('button', { name }));
  const type = (label: string, text: string) =>
    fireEvent.input(view.getByLabelText(label), { target: { value: text } });
  const dialog = () => within(view.getByRole('dialog'));
  const comesBack = () => {
    tidyUp();
    return render(<SitesScreen page={page} go={(place) => void gone.push(place)} gaveUp={gaveUp} />);
  };
  return { page, view, press, type, sent, dialog, gone, gaveUp, comesBack };
}
const stale = (sites: Sites): SavedSites => ({ is: 'stale', now: { ...stands, rev: 9, sites }, by: 'Amal' });

describe('[U37] a school', () => {
  test('is added, changed and removed, each at once and on the list that stands', async () => {
    const { view, press, type, sent } = await show();
    press(words.add);
    type(words.form.name, ' De Berk ');
    type(words.form.origins, 'https://Berk.example/\n\nhttps://*.berk.example\n');
    press(words.form.save);
    await view.findByText(words.saved('De Berk'));
    const [id = ''] = Object.keys(sent[0]!.sites).filter((one) => one !== 's_1');
    expect(id).toMatch(/^s_[\w-]{12}$/);
    const berk = { origins: ['https://berk.example', 'https://*.berk.example'], name: 'De Berk' };
    expect(sent[0]).toEqual({ seen: 4, sites: { s_1: LINDE, [id]: berk }, signed: null });
    press(`${words.change}: De Linde`);
    type(words.form.name, 'De Grote Linde');
    press(words.form.save);
    await view.findByText(words.saved('De Grote Linde'));
    expect(sent[1]).toMatchObject({ seen: 5, sites: { s_1: { ...LINDE, name: 'De Grote Linde' }, [id]: berk } });
    press(`${words.remove}: De Berk`);
    await pressFirm(view.getByRole('button', { name: words.removeYes }));
    await view.findByText(words.removed('De Berk'));
    expect(Object.keys(sent[2]!.sites)).toEqual(['s_1']);
    await waitFor(() => expect(document.activeElement?.id).toBe('page-title'));
  });

  test('that is none is one sentence at the field, which has the focus, and nothing is sent or lost', async () => {
    const { press, type, sent, dialog } = await show();
    press(words.add);
    press(words.form.save);
    expect([document.activeElement?.id, dialog().getByText(words.form.name_empty).id]).toEqual([
      'site-name',
      'site-name-wrong',
    ]);
    type(words.form.name, 'x'.repeat(61));
    press(words.form.save);
    dialog().getByText(words.form.name_long);
    type(words.form.name, 'De Berk');
    press(words.form.save);
    dialog().getByText(words.form.origins_empty);
    for (const wrong of ['http://berk.example', 'berk.example', 'https://berk.example/contact', 'https://*.be', '*']) {
      type(words.form.origins, `https://berk.example\n${wrong}`);
      press(words.form.save);
      expect(textOf(dialog().getByText(words.form.origins_origin(wrong)))).toContain(wrong);
      expect(document.activeElement?.id).toBe('site-origins');
    }
    type(words.form.origins, Array.from({ length: 41 }, (_, at) => `https://s${at}.example`).join('\n'));
    press(words.form.save);
    dialog().getByText(words.form.origins_many);
    type(words.form.origins, 'x'.repeat(20_000));
    press(words.form.save);
    dialog().getByText(words.form.origins_many);
    expect([sent, (dialog().getByLabelText(words.form.name) as HTMLInputElement).value]).toEqual([[], 'De Berk']);
  });

  test('[U52] that another one is called, or whose address another one has, is told at the field with its name', async () => {
    const { view, press, type, sent, dialog } = await show({ answers: [stale({ s_1: LINDE, s_9: BERK })] });
    press(words.add);
    type(words.form.name, 'de linde');
    type(words.form.origins, 'https://berk.example');
    press(words.form.save);
    const says = await dialog().findByText(words.form.name_twin({ other: 'De Linde' }));
    expect([says.id, document.activeElement?.id, sent]).toEqual(['site-name-wrong', 'site-name', []]);
    type(words.form.name, 'Els');
    type(words.form.origins, 'https://els.example\nhttps://www.delinde.example');
    press(words.form.save);
    const twin = { what: 'https://www.delinde.example', other: 'De Linde' };
    await waitFor(() => expect(dialog().getByText(words.form.origins_twin(twin)).id).toBe('site-origins-wrong'));
    expect([document.activeElement?.id, sent]).toEqual(['site-origins', []]);
    // somebody else added one with it meanwhile
    type(words.form.origins, 'https://berk.example');
    press(words.form.save);
    await dialog().findByText(words.form.origins_twin({ what: 'https://berk.example', other: 'De Berk' }));
    expect(sent).toHaveLength(1);
    type(words.form.origins, 'https://els.example');
    press(words.form.save);
    await view.findByText(words.saved('Els'));
    // it is not its own twin
    press(`${words.change}: De Linde`);
    type(words.form.name, 'de Linde');
    press(words.form.save);
    await view.findByText(words.saved('de Linde'));
  });

  test('that the service refuses, or does not answer, stays in its window with what is wrong', async () => {
    const answers: SavedSites[] = [
      { is: 'unreachable' },
      { is: 'not_yours' },
      { is: 'given_up' },
      { is: 'refused', paths: ['sites'] },
      { is: 'refused', paths: ['signed'] },
    ];
    const { view, press, type, dialog } = await show({ answers });
    press(words.add);
    type(words.form.name, 'De Berk');
    type(words.form.origins, 'https://berk.example');
    for (const says of ['unreachable', 'not_yours', 'given_up', 'total', 'clock'] as const) {
      press(words.form.save);
      await dialog().findByText(words.problems[says]);
    }
    press(words.form.save);
    await view.findByText(words.saved('De Berk'));
  });
});

describe('[U37] a change under way', () => {
  /** The service answers when it is told to. */
  const slow = async () => {
    const waits: ((is: SavedSites) => void)[] = [];
    const shown = await show({ over: { write: () => new Promise<SavedSites>((resolve) => waits.push(resolve)) } });
    const { view, press, type } = shown;
    const sends = () => waitFor(() => expect(waits.length).toBeGreaterThan(0));
    const adds = async () => {
      press(words.add);
      type(words.form.name, 'De Berk');
      type(words.form.origins, 'https://berk.example');
      press(words.form.save);
      await sends();
    };
    const removes = async () => {
      press(`${words.remove}: De Linde`);
      await pressFirm(view.getByRole('button', { name: words.removeYes }));
      await sends();
    };
    const gone = () => waitFor(() => expect(view.queryByRole('dialog')).toBeNull());
    return { ...shown, waits, adds, removes, gone, answers: (is: SavedSites) => waits.shift()?.(is) };
  };
  const both = { s_1: LINDE, s_2: BERK };

  test('closes no other window once she gave up its own, and is said', async () => {
    const { view, press, type, dialog, adds, gone, answers } = await slow();
    await adds();
    press(words.form.cancel);
    await gone();
    press(`${words.change}: De Linde`);
    type(words.form.origins, 'https://typed.example');
    answers({ is: 'written', ...stands, rev: 5, sites: both });
    await view.findByText(words.saved('De Berk'));
    dialog().getByDisplayValue('https://typed.example');
    press(words.form.cancel);
    await gone();
    view.getByText(words.saved('De Berk'));
  });

  test.each([
    [{ is: 'unreachable' }, words.problems.unreachable],
    [{ is: 'refused', paths: ['sites'] }, words.problems.total],
    [stale({ s_1: { ...LINDE, name: 'Linde' } }), words.clash.late('Amal')],
  ] as const)('that comes to nothing (%o) is told on the page where its window is gone', async (is, why) => {
    const { view, press, removes, gone, answers, gaveUp } = await slow();
    await removes();
    press(words.keep);
    await gone();
    expect(view.queryByRole('alert')).toBeNull();
    expect(gaveUp.mock.calls).toHaveLength(1);
    answers(is);
    await waitFor(() => expect(view.getByRole('alert').textContent).toBe(words.late('De Linde', why)));
    // read, and gone with the next window
    press(words.add);
    expect(view.queryByText(words.late('De Linde', why))).toBeNull();
  });

  test('that comes to nothing once she left the page stands there when she comes back, until she leaves it again', async () => {
    const { page, view, removes, answers, comesBack } = await slow();
    await removes();
    view.unmount();
    answers({ is: 'unreachable' });
    await waitFor(() => expect(page.saving.peek()).toBe(false));
    const says = words.late('De Linde', words.problems.unreachable);
    const back = comesBack();
    await waitFor(() => expect(back.getByRole('alert').textContent).toBe(says));
    const again = comesBack();
    await again.findByRole('list', { name: words.list });
    expect(again.queryByText(says)).toBeNull();
  });

  test('that fails as she adds one is told by the name that she typed', async () => {
    const { view, press, adds, gone, answers } = await slow();
    await adds();
    press(words.form.cancel);
    await gone();
    answers({ is: 'unreachable' });
    await waitFor(() =>
      expect(view.getByRole('alert').textContent).toBe(words.late('De Berk', words.problems.unreachable)),
    );
  });

  test('takes no second press, and says nothing of it', async () => {
    for (const goes of ['adds', 'removes'] as const) {
      const { page, dialog, waits, answers, gone, adds, removes } = await slow();
      await (goes === 'adds' ? adds() : removes());
      const button = dialog().getByRole('button', { name: goes === 'adds' ? words.form.saving : words.removing });
      expect(button.getAttribute('aria-disabled')).toBe('true');
      await act(async () => {
        fireEvent.click(button);
        // answered after the press, and drawn once both are
        expect(await page.save('s_1', undefined, LINDE)).toEqual({ is: 'busy' });
      });
      expect(waits).toHaveLength(1);
      expect(dialog().queryByText(words.problems.unreachable)).toBeNull();
      answers({ is: 'written', ...stands, rev: 5, sites: both });
      await gone();
      tidyUp();
    }
  });
});

describe('[U35] where the list is signed', () => {
  const pins = ['PIN', 'PIN2'] as const;
  const issuer = { exp: NOW_MS / 1_000 + 9, rootPublic: 'root', pins } as unknown as Issuer;

  test('it is signed in the save itself, above every list before', async () => {
    for (const [signed, rev] of [
      ['list 7', NOW_MS / 1_000],
      [`list ${NOW_MS}`, NOW_MS + 1],
    ] as const) {
      const { view, press, type, sent } = await show({ at: { signed }, over: { issuer: async () => issuer } });
      press(`${words.change}: De Linde`);
      type(words.form.name, 'Linde');
      press(words.form.save);
      await view.findByText(words.saved('Linde'));
      expect(sent[0]!.signed).toBe(`signed ${rev} s_1`);
      tidyUp();
    }
  });

  test('[U37 U93] who cannot sign reads so, is led to where she can, and changes nothing; the snippet has who knows both roots of her own [U72]', async () => {
    const { pins: _none, ...older } = issuer;
    const cases: ['not_here' | 'ended' | 'unpinned', Partial<SitesPorts>][] = [
      ['unpinned', { issuer: async () => older }],
      ['not_here', {}],
      ['not_here', { issuer: () => Promise.reject(new Error('no storage')) }],
      ['ended', { issuer: async () => ({ ...issuer, exp: NOW_MS / 1_000 }) }],
    ];
    for (const [signing, over] of cases) {
      const { view, press, gone } = await show({ at: { signed: 'list 3' }, over });
      view.getByText(words.signing[signing]);
      press(words.toDevices);
      expect(gone).toEqual(['devices']);
      expect(view.queryByRole('button', { name: words.add })).toBeNull();
      expect(view.queryByRole('button', { name: new RegExp(`^${words.change}`) })).toBeNull();
      const has = view.queryByRole('button', { name: `${words.snippet}: De Linde` }) !== null;
      expect([signing, has]).toEqual([signing, signing === 'ended']);
      tidyUp();
    }
  });

  test('[U72] a service that names other keys than those of her issuer gives no snippet away', async () => {
    const lies: Partial<StandingSites>[] = [
      { pins: ['PIN', 'EVIL'] },
      { pins: ['PIN', 'PIN2', 'EVIL'] },
      { chat: 'https://evil.example' },
    ];
    for (const lie of lies) {
      const { view } = await show({ at: { signed: 'list 3', ...lie }, over: { issuer: async () => issuer } });
      view.getByText(words.signing.stranger);
      expect(view.queryAllByRole('button')).toEqual([]);
      tidyUp();
    }
    // nor one that says that nobody signs, where the page's own host knows better
    const own = async () => ({ demo: false, chat: 'https://chat.example' });
    const { view } = await show({ at: { signed: null }, over: { issuer: async () => issuer, own } });
    view.getByText(words.signing.stranger);
    expect(view.queryAllByRole('button')).toEqual([]);
  });

  test('[U71] a list that no root of hers stands under is signed as it is shown, by a press of its own', async () => {
    const verify: SitesPorts['verify'] = async () => ({ ok: false, why: 'chain' });
    const { view, press, sent } = await show({
      at: { signed: 'of other roots' },
      over: { issuer: async () => issuer, verify, seen: async () => 0 },
    });
    view.getByText(words.signing.unsigned);
    expect(view.queryByRole('button', { name: words.add })).toBeNull();
    press(words.signShown);
    await view.findByText(words.signedShown);
    expect(sent).toEqual([{ seen: 4, sites: { s_1: LINDE }, signed: `signed ${NOW_MS / 1_000} s_1` }]);
    // where none is shown, she reads about that
    tidyUp();
    const over = { issuer: async () => issuer, verify, seen: async () => 0, read: async () => first };
    const first = { ...stands, sites: {}, signed: '' };
    const none = await show({ at: first, over });
    await none.view.findByText(words.unsignedNone);
    none.view.getByRole('button', { name: words.signNone });
  });

  test('[U72] an answer in which an id of a school is none is no answer', async () => {
    const says = (sites: unknown) => Response.json({ ...stands, sites });
    const asks = (sites: unknown) => createSitesApi(async () => says(sites)).read();
    expect(await asks({ s_1: LINDE })).toMatchObject({ sites: { s_1: LINDE } });
    for (const evil of [
      { 'x" data-key="k': LINDE },
      { s_1: { origins: 'https://evil.example' } },
      { s_1: null },
      [LINDE, 1],
    ])
      expect(await asks(evil)).toBeNull();
  });

  let left: (Issuer | null)[] = [];
  test.each<[string, Partial<SitesPorts>]>([
    [
      'because her issuer ended meanwhile',
      { issuer: async () => issuer, sign: () => Promise.reject(new RangeError()) },
    ],
    ['because another window took it away', { issuer: async () => left.shift() ?? null }],
  ])('what cannot be signed is not sent: %s', async (_why, over) => {
    left = [issuer];
    const { press, type, sent, dialog } = await show({ at: { signed: 'list 3' }, over });
    press(`${words.change}: De Linde`);
    type(words.form.name, 'Linde');
    press(words.form.save);
    await dialog().findByText(words.problems.unsigned);
    expect(sent).toEqual([]);
  });
});

test('[U72] nothing that a snippet names ends the attribute that it stands in', () => {
  const evil = { chat: 'https://chat.example', pins: ['P', 'Q'] };
  const id = 'x"><script src="https://evil.example/loader.js';
  for (const text of [snippetOf(evil, id), frameOf(evil, id)]) {
    const page = new DOMParser().parseFromString(text, 'text/html');
    expect(page.querySelectorAll('script, iframe')).toHaveLength(1);
  }
  // what a script holds is no element, and would not be counted
  const page = new DOMParser().parseFromString(snippetOf(evil, id), 'text/html');
  expect(page.querySelector('script')!.getAttribute('data-site')).toBe(id);
});

describe('[U38] two coordinators', () => {
  test('who changed different schools both have what they saved', async () => {
    const { view, press, type, sent } = await show({ answers: [stale({ s_1: LINDE, s_2: BERK })] });
    press(`${words.change}: De Linde`);
    type(words.form.name, 'Linde');
    press(words.form.save);
    await view.findByText(words.saved('Linde'));
    expect(sent.at(-1)).toMatchObject({ seen: 9, sites: { s_1: { name: 'Linde' }, s_2: BERK } });
  });

  test('who changed the same one: the second sees both, and only then saves over it, or takes theirs', async () => {
    const theirs = { origins: ['https://new.example'], name: 'Linde' };
    for (const takes of [false, true]) {
      const { view, press, type, sent, dialog } = await show({ answers: [stale({ s_1: theirs })] });
      press(`${words.change}: De Linde`);
      type(words.form.name, 'Mijn Linde');
      press(words.form.save);
      const heading = await dialog().findByRole('heading', { name: words.clash.title('Amal') });
      expect(document.activeElement).toBe(heading);
      expect(textOf(heading.parentElement!)).toContain('https://new.example');
      expect(sent).toHaveLength(1);
      press(takes ? words.clash.take : words.form.save);
      await waitFor(() => expect(view.queryByRole('dialog')).toBeNull());
      expect(sent.map(({ seen }) => seen)).toEqual(takes ? [4] : [4, 9]);
      if (takes) view.getByRole('heading', { name: 'Linde' });
      else view.getByRole('heading', { name: 'Mijn Linde' });
      tidyUp();
    }
  });

  test('one that somebody removed meanwhile, or changed before it goes, is shown first', async () => {
    const first = await show({ answers: [stale({})] });
    first.press(`${words.change}: De Linde`);
    first.press(words.form.save);
    await first.dialog().findByText(words.clash.gone);
    tidyUp();
    const { press, view, dialog } = await show({ answers: [stale({ s_1: BERK })] });
    press(`${words.remove}: De Linde`);
    await pressFirm(view.getByRole('button', { name: words.removeYes }));
    await dialog().findByText(words.clash.title('Amal'));
  });

  test('an answer that was lost is no clash: what stands is what was sent', async () => {
    const { view, press, type } = await show({ answers: [stale({ s_1: { ...LINDE, name: 'Linde' } })] });
    press(`${words.change}: De Linde`);
    type(words.form.name, 'Linde');
    press(words.form.save);
    await view.findByText(words.saved('Linde'));
  });
});

describe('[U39] the snippet and its check', () => {
  test('it names site, chat and both pins, and is copied; where that is refused it is chosen', async () => {
    const { press, view, dialog } = await show();
    const copied: string[] = [];
    const clipboard = { writeText: async (text: string) => void copied.push(text) };
    Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
    press(`${words.snippet}: De Linde`);
    press(`${words.code.copy}: ${words.code.tag}`);
    await dialog().findByText(words.code.copied);
    expect(copied[0]).toContain('src="https://chat.example/v1/loader.js"');
    expect(copied[0]).toContain('data-site="s_1" data-key="PIN.PIN2"');
    expect((view.getByLabelText(words.code.frame) as HTMLTextAreaElement).value).toContain(
      'src="https://chat.example/w/s_1/#k=PIN.PIN2"',
    );
    clipboard.writeText = () => Promise.reject(new DOMException('no'));
    press(`${words.code.copy}: ${words.code.frame}`);
    await dialog().findByText(words.code.notCopied);
  });

  test('opens a page of that school alone, in a tab that knows nothing of this one', async () => {
    const { press, type, view, dialog } = await show({
      at: { sites: { s_1: { ...LINDE, origins: ['https://www.delinde.example', 'https://*.linde.example'] } } },
    });
    press(`${words.check}: De Linde`);
    const link = () => dialog().queryByRole('link', { name: words.checking.open }) as HTMLAnchorElement | null;
    expect([link()?.href, link()?.target, link()?.rel]).toEqual([
      'https://www.delinde.example/#clbchat-check',
      '_blank',
      'noopener noreferrer',
    ]);
    type(words.checking.address, 'https://a.linde.example/hulp?x=1#top');
    expect(link()?.href).toBe('https://a.linde.example/hulp?x=1#clbchat-check');
    for (const wrong of [
      'https://linde.example/',
      'https://evil.example/',
      'javascript:alert(1)',
      '',
      'x'.repeat(3_000),
    ]) {
      type(words.checking.address, wrong);
      expect([wrong, link()]).toEqual([wrong, null]);
      view.getByText(words.checking.notThere);
    }
  });

  test('a pasted source is judged here, in words', async () => {
    const { press, type, dialog } = await show();
    press(`${words.check}: De Linde`);
    const judge = async (source: string, says: string) => {
      type(words.checking.paste, source);
      press(words.checking.judge);
      await dialog().findByText(says);
    };
    await judge('', words.checking.found.empty);
    await judge('<p>niets</p>', words.checking.found.absent);
    await judge(
      '<script src="https://chat.example/v1/loader.js" data-site="s_1" data-key="PIN.PIN2"></script>',
      words.checking.found.tag,
    );
    await judge('<script src="https://chat.example/v1/loader.js" data-site="s_1"></script>', words.checking.wrong.key);
    const frame = frameOf({ chat: 'https://chat.example', pins: ['PIN', 'PIN2'] }, 's_1');
    await judge(frame.replace('<iframe', '<iframe sandbox'), words.checking.wrong.sandbox);
    await judge(frame.replace('width="400"', 'width="0"'), words.checking.wrong.sizeless);
    await judge(frame, words.checking.found.frame);
  });
});

describe('[U37] the service', () => {
  const api = (status: number, body: unknown) =>
    createSitesApi(async () => new Response(JSON.stringify(body), { status }));
  test('is believed for what it says, or for nothing', async () => {
    const { read, write } = api(200, stands);
    expect(await read()).toEqual(stands);
    expect(await write(1, {}, null)).toEqual({ is: 'written', ...stands });
    for (const body of [null, [], {}, { ...stands, pins: 1 }, { ...stands, signed: 7 }, { ...stands, chat: 1 }])
      expect(await api(200, body).read(), JSON.stringify(body)).toBeNull();
    expect(await api(401, {}).write(1, {}, null)).toEqual({ is: 'not_yours' });
    expect(await api(403, { code: 'step_up' }).write(1, {}, null)).toBe('step_up');
    expect(await api(403, {}).write(1, {}, null)).toEqual({ is: 'not_yours' });
    expect(await api(500, {}).write(1, {}, null)).toEqual({ is: 'unreachable' });
    expect(await api(409, { now: stands, by: 7 }).write(1, {}, null)).toEqual({ is: 'stale', now: stands, by: null });
    expect(await api(422, { problems: [{ path: 'sites' }, null] }).write(1, {}, null)).toEqual({
      is: 'refused',
      paths: ['sites', 'undefined'],
    });
  });

  test('that does not answer is asked again by a press', async () => {
    let asked = 0;
    const read = async () => ((asked += 1) === 1 ? null : stands);
    const { view, press } = await show({ over: { read } });
    await view.findByText(words.failed);
    press(words.again);
    await view.findByRole('heading', { name: 'De Linde' });
  });
});
