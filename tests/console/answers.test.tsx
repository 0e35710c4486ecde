import { signal } from '@preact/signals';
import { fireEvent, waitFor } from '@testing-library/preact';
import type { Answer } from '@clbchat/shared/answers';
import type { Connection } from '@clbchat/shared/client/views';
import { afterEach, describe, expect, test } from 'vitest';
import { createAnswersApi } from '../../console/src/device/answersApi.ts';
import { createAnswers, LOOK_EVERY_MS } from '../../console/src/model/answers.ts';
import { filledIn, placeIn } from '../../console/src/model/filling.ts';
import { fakeDesk, fakeTalk } from './fakeDesk.ts';
import { fakeTime } from './fakeTime.ts';
import { showConsole, tidyUp } from './screen.tsx';

afterEach(tidyUp);

const answer = (name: string, text: string, reader: Answer['for'] = 'all'): Answer => ({
  ...{ name, text, folder: 'start', for: reader },
});
const ALL = [
  answer('dag', 'Dag {schuilnaam}! Ik ben {naam}.'),
  answer('doorvragen', 'Kan je een voorbeeld geven?'),
  answer('afspraak', 'Op {moment} om {uur} is er iemand.'),
  answer('ouderdossier', 'Vraag het aan je CLB.', 'parent'),
];

async function talking({ nick = 'Blauwe Vos', role = 'pupil' as 'pupil' | 'parent' } = {}) {
  const desk = fakeDesk();
  const [fox, tiger] = [fakeTalk('fox', { nick, role }), fakeTalk('tiger', { nick: 'Tijger' })];
  desk.talks.value = [fox, tiger];
  const shown = await showConsole(desk, ['counsellor'], ALL);
  const { view } = shown;
  const box = () => view.container.querySelector<HTMLTextAreaElement>('.composer textarea')!;
  const names = () => view.queryAllByRole('option').map((one) => one.querySelector('b')!.textContent);
  const type = async (text: string) => {
    fireEvent.input(box(), { target: { value: text } });
    await waitFor(() => expect(box().value).toBe(text));
  };
  const key = (name: string, more: object = {}) => fireEvent.keyDown(box(), { key: name, ...more });
  const alt = (code: string) => {
    const press = new KeyboardEvent('keydown', { key: 'a', code, altKey: true, bubbles: true });
    // the test's page takes every Alt for Alt Gr
    Object.defineProperty(press, 'getModifierState', { value: () => false });
    box().dispatchEvent(press);
  };
  const there = (...wanted: string[]) => waitFor(() => expect(names()).toEqual(wanted));
  const holds = (text: string) => waitFor(() => expect(box().value).toBe(text));
  const opens = async (who: string) => {
    shown.open(who);
    await waitFor(() => expect(box()).toBeTruthy());
    shown.time.pass(2_000);
  };
  await opens('fox');
  return { ...shown, fox, tiger, box, type, key, alt, there, holds, opens };
}

describe('[D50] the list of canned answers', () => {
  test('opens with a / at the start of a line and nowhere else, over a plain field, and says how many there are', async () => {
    const { view, box, type, there, workspace } = await talking();
    await type('en/d');
    await there();
    expect(view.container.querySelector('.answers')).toBeNull();
    await type('/');
    await there('/dag', '/doorvragen', '/afspraak');
    expect(box().getAttribute('role')).toBeNull();
    expect(box().getAttribute('aria-haspopup')).toBe('listbox');
    expect(box().getAttribute('aria-controls')).toBe(view.getByRole('listbox').id);
    expect(box().getAttribute('aria-activedescendant')).toBe(view.getAllByRole('option')[0]!.id);
    expect(workspace.announcer.text.value).toBe('3 antwoorden.');
    await type('Dag.\n/d');
    await there('/dag', '/doorvragen');
    await type('Dag.\n/do');
    await there('/doorvragen');
    expect(workspace.announcer.text.value).toBe('1 antwoord.');
    await type('Dag.\n/vra');
    await there('/doorvragen');
    await type('Dag.\n/iemand');
    await there('/afspraak');
    await type('Dag.\n/do ');
    await there();
  });

  test('the arrows choose, Enter or Tab puts in; nothing is sent', async () => {
    const { fox, type, key, holds, there, view } = await talking();
    await type('Even.\n/d');
    await there('/dag', '/doorvragen');
    key('ArrowDown');
    await waitFor(() => expect(view.getByRole('option', { selected: true }).textContent).toContain('/doorvragen'));
    key('Enter');
    await holds('Even.\nKan je een voorbeeld geven?');
    await there();
    await type('/dag');
    await there('/dag');
    key('Tab');
    await holds('Dag Blauwe Vos! Ik ben Lien.');
    expect(fox.sent).toEqual([]);
    key('Enter');
    expect(fox.sent).toEqual(['Dag Blauwe Vos! Ik ben Lien.']);
  });

  test('Esc closes and leaves the text, and it stays closed while she goes on there', async () => {
    const { type, key, there, holds, box } = await talking();
    await type('/da');
    await there('/dag');
    key('Escape');
    await there();
    await holds('/da');
    await type('/dag');
    expect(box().getAttribute('aria-activedescendant')).toBeNull();
    await there();
    await type('');
    await type('/');
    await there('/dag', '/doorvragen', '/afspraak');
  });

  test('Enter at a list without a match sends nothing', async () => {
    const { type, key, there, view, fox } = await talking();
    await type('/xyz');
    await view.findByText(/Geen antwoord gevonden\. Enter/);
    key('Enter');
    await waitFor(() => expect(view.queryByText(/Geen antwoord gevonden\. Enter/)).toBeNull());
    await there();
    expect(fox.sent).toEqual([]);
  });

  test('Alt+A opens it at the caret, by the place of the key on both keyboards; so does the button', async () => {
    const { type, key, alt, there, holds, view, box } = await talking();
    for (const code of ['KeyA', 'KeyQ']) {
      await type('Hallo. ');
      alt(code);
      await there('/dag', '/doorvragen', '/afspraak');
      await type('Hallo. door');
      await there('/doorvragen');
      key('Enter');
      await holds('Hallo. Kan je een voorbeeld geven?');
    }
    await type('');
    fireEvent.click(view.getByRole('button', { name: /Antwoorden/ }));
    await there('/dag', '/doorvragen', '/afspraak');
    fireEvent.click(view.getByRole('option', { name: /\/dag/ }));
    await holds('Dag Blauwe Vos! Ik ben Lien.');
    expect(box()).toBe(document.activeElement);
  });

  test('a parent is offered what is for parents', async () => {
    const { type, there } = await talking({ role: 'parent' });
    await type('/ouder');
    await there('/ouderdossier');
  });
});

describe('[D52] places', () => {
  test('one that is not filled in is selected, and the message is not sent: she reads which', async () => {
    const { type, key, holds, box, view, fox, workspace } = await talking();
    await type('/afspraak');
    key('Enter');
    await holds('Op {moment} om {uur} is er iemand.');
    expect(box().value.slice(box().selectionStart, box().selectionEnd)).toBe('{moment}');
    await type('Op dinsdag om {uur} is er iemand.');
    key('Enter');
    await view.findByText('Vul {uur} in of haal het weg. Dan kan je versturen.');
    expect(box().value.slice(box().selectionStart, box().selectionEnd)).toBe('{uur}');
    expect(workspace.announcer.text.value).not.toContain('{');
    expect(fox.sent).toEqual([]);
    await type('Op dinsdag om 9 uur is er iemand.');
    await waitFor(() => expect(view.queryByText(/^Vul /)).toBeNull());
    key('Enter');
    expect(fox.sent).toEqual(['Op dinsdag om 9 uur is er iemand.']);
  });

  test('a yes to the question of the wrong window sends no unfilled place either', async () => {
    const { type, key, view, tiger, workspace, open } = await talking();
    workspace.drafts.write(tiger.visitId, 'Op {dag}.');
    open('tiger');
    await view.findByRole('textbox', { name: 'Bericht aan Tijger' });
    key('Enter');
    fireEvent.click(await view.findByRole('button', { name: 'Ja, verstuur' }));
    await view.findByText(/^Vul {dag} in/);
    expect(tiger.sent).toEqual([]);
    await type('Op maandag.');
  });

  test.each<[string, string | null, string]>([
    ['Dag {schuilnaam}! Ik ben {naam}.', 'Vos', 'Dag Vos! Ik ben Lien.'],
    ['Dag {schuilnaam}! Ik ben {naam}.', '', 'Dag! Ik ben Lien.'],
    ['Tot ziens, {schuilnaam}.', '', 'Tot ziens.'],
    ['{schuilnaam}, ik ben er.', '$&', '$&, ik ben er.'],
    ['Dag {schuilnaam}!', null, 'Dag {schuilnaam}!'],
    ['Dag {schuilnaam}!', '{naam}', 'Dag {naam}!'],
  ])('%s with the name %s', (text, nick, says) => expect(filledIn(text, { nick, name: 'Lien' })).toBe(says));

  test.each<[string, string | undefined]>([
    ['Op {dag} dus', '{dag}'],
    ['{naam van je school}', '{naam van je school}'],
    ['de verzameling {1, 2}', undefined],
    ['{}', undefined],
    ['een { haakje', undefined],
  ])('in "%s" there is %s', (text, says) => expect(placeIn(text)?.says).toBe(says));
});

describe('[D53] an answer goes where the list was opened', () => {
  test('another conversation closes the list, and nothing comes into either', async () => {
    const { type, there, opens, key, box, tiger, workspace, fox } = await talking();
    await type('/');
    await there('/dag', '/doorvragen', '/afspraak');
    await opens('tiger');
    await there();
    key('Enter');
    key('Tab');
    expect(box().value).toBe('');
    await opens('fox');
    await there();
    expect([workspace.drafts.of(fox.visitId), workspace.drafts.of(tiger.visitId)]).toEqual(['/', '']);
  });

  test('a second press on an answer puts nothing in', async () => {
    const { type, view, holds, there } = await talking();
    await type('/dag');
    await there('/dag');
    const option = view.getByRole('option');
    fireEvent.click(option);
    fireEvent.click(option);
    await holds('Dag Blauwe Vos! Ik ben Lien.');
  });

  test('once it ended nothing is put into it', async () => {
    const { type, view, there, fox, workspace } = await talking();
    await type('/dag');
    await there('/dag');
    const option = view.getByRole('option');
    fox.stage.value = { is: 'ended', reason: 'visitor_left' };
    fireEvent.click(option);
    expect(workspace.drafts.of(fox.visitId)).toBe('');
  });

  test('a press beside it closes it', async () => {
    const { type, there, box } = await talking();
    await type('/');
    await there('/dag', '/doorvragen', '/afspraak');
    fireEvent.blur(box());
    await there();
  });
});

describe('[D51] what they are', () => {
  test('is asked for when the desk is connected and every five minutes, and no more', async () => {
    const time = fakeTime();
    let asked = 0;
    const answers = createAnswers({ read: async () => ((asked += 1), asked === 2 ? null : ALL) }, time.timers);
    const connection = signal<Connection>({ is: 'lost', sinceMs: 0 });
    const stop = answers.follow({ connection });
    time.pass(LOOK_EVERY_MS);
    expect([asked, answers.all.value]).toEqual([0, null]);
    connection.value = { is: 'online' };
    await waitFor(() => expect(answers.all.value).toEqual(ALL));
    time.pass(LOOK_EVERY_MS);
    await waitFor(() => expect(asked).toBe(2));
    expect(answers.all.value, 'what nobody heard takes nothing away').toEqual(ALL);
    stop();
    time.pass(3 * LOOK_EVERY_MS);
    expect(asked).toBe(2);
  });

  test('the request says nothing, and what this release does not know is left out', async () => {
    const asked: unknown[] = [];
    const api = createAnswersApi(async (path, init) => {
      asked.push([path, init?.method, init?.body]);
      return Response.json({ rev: 3, answers: [ALL[0], { ...ALL[1], folder: 'later' }, null] });
    });
    expect(await api.read()).toEqual([ALL[0]]);
    expect(asked).toEqual([['/api/centre/answers', 'GET', undefined]]);
    expect(await createAnswersApi(async () => new Response('', { status: 401 })).read()).toBeNull();
  });
});
