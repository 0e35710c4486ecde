import { fireEvent, waitFor } from '@testing-library/preact';
import { END_REASONS, RELEASES } from '@clbchat/shared/ids';
import * as timing from '@clbchat/shared/client/timing';
import { afterEach, describe, expect, test } from 'vitest';
import { nl } from '../../console/src/words/nl.ts';
import { fakeDesk, fakeTalk, type FakeTalk } from './fakeDesk.ts';
import { pressFirm, showConsole, textOf, tidyUp } from './screen.tsx';

afterEach(tidyUp);

async function talkingWith(...talks: FakeTalk[]) {
  const desk = fakeDesk();
  desk.talks.value = talks;
  return showConsole(desk);
}
const box = (root: Element) => root.querySelector<HTMLTextAreaElement>('.composer textarea')!;
const type = (root: Element, text: string) => fireEvent.input(box(root), { target: { value: text } });

describe('writing', () => {
  test('[D9] Enter sends and empties the box; Shift+Enter and an input method do not send', async () => {
    const fox = fakeTalk('fox', { nick: 'Blauwe Vos' });
    const { view, open } = await talkingWith(fox);
    open('fox');
    await view.findByRole('textbox', { name: 'Bericht aan Blauwe Vos' });
    type(view.container, 'dag vos');
    fireEvent.keyDown(box(view.container), { key: 'Enter', shiftKey: true });
    fireEvent.keyDown(box(view.container), { key: 'Enter', isComposing: true });
    expect(fox.sent).toEqual([]);
    fireEvent.keyDown(box(view.container), { key: 'Enter' });
    expect(fox.sent).toEqual(['dag vos']);
    await waitFor(() => expect(box(view.container).value).toBe(''));
  });

  test.each([
    ['too_long', /te lang/],
    ['surrogate', /niet verstuurd kan worden/],
  ] as const)('[D9] what is refused (%s) stays in the box, with a sentence', async (refuses, sentence) => {
    const { view, open } = await talkingWith(fakeTalk('fox', { refuses }));
    open('fox');
    await view.findByRole('textbox', { name: /Bericht aan/ });
    type(view.container, 'kijk');
    fireEvent.submit(view.container.querySelector('.composer-form')!);
    await view.findByText(sentence);
    expect(box(view.container).value).toBe('kijk');
  });

  test('[D9] near the limit the number of signs left shows, past it how many too many', async () => {
    const { view, open } = await talkingWith(fakeTalk('fox'));
    open('fox');
    await view.findByRole('textbox', { name: /Bericht aan/ });
    type(view.container, 'a'.repeat(1_700));
    expect(view.queryByText(/tekens/)).toBeNull();
    type(view.container, 'a'.repeat(1_990));
    await view.findByText('nog 10 tekens');
    type(view.container, 'a'.repeat(2_003));
    await view.findByText('Je bericht is 3 tekens te lang.');
  });

  test('[D10] within a second after switching, Enter asks first, and only a yes sends', async () => {
    const [fox, tiger] = [fakeTalk('fox', { nick: 'Vos' }), fakeTalk('tiger', { nick: 'Tijger' })];
    const { view, open, time, workspace } = await talkingWith(fox, tiger);
    open('fox');
    workspace.drafts.write(tiger.visitId, 'voor wie?');
    open('tiger');
    await view.findByRole('textbox', { name: 'Bericht aan Tijger' });
    time.pass(900);
    fireEvent.keyDown(box(view.container), { key: 'Enter' });
    await view.findByRole('alertdialog', { name: 'Naar Tijger sturen?' });
    expect(tiger.sent).toEqual([]);
    fireEvent.click(view.getByRole('button', { name: 'Nee' }));
    await waitFor(() => expect(view.queryByRole('alertdialog')).toBeNull());
    expect(box(view.container).value).toBe('voor wie?');
    fireEvent.keyDown(box(view.container), { key: 'Enter' });
    fireEvent.click(await view.findByRole('button', { name: 'Ja, verstuur' }));
    expect(tiger.sent).toEqual(['voor wie?']);
    type(view.container, 'en nu zonder vraag');
    time.pass(200);
    fireEvent.keyDown(box(view.container), { key: 'Enter' });
    expect(tiger.sent).toHaveLength(2);
    expect(fox.sent).toEqual([]);
  });

  test('[D10] while the question stands only its answer counts: a second Enter, the button and more words send nothing', async () => {
    const [fox, tiger] = [fakeTalk('fox', { nick: 'Vos' }), fakeTalk('tiger', { nick: 'Tijger' })];
    const { view, open, time, workspace } = await talkingWith(fox, tiger);
    open('fox');
    workspace.drafts.write(tiger.visitId, 'voor wie?');
    open('tiger');
    await view.findByRole('textbox', { name: 'Bericht aan Tijger' });
    fireEvent.keyDown(box(view.container), { key: 'Enter' });
    await view.findByRole('alertdialog', { name: 'Naar Tijger sturen?' });
    time.pass(1_100);
    fireEvent.keyDown(box(view.container), { key: 'Enter' });
    fireEvent.submit(view.container.querySelector('.composer-form')!);
    type(view.container, 'voor wie? en meer');
    fireEvent.keyDown(box(view.container), { key: 'Enter' });
    expect(tiger.sent).toEqual([]);
    fireEvent.click(view.getByRole('button', { name: 'Ja, verstuur' }));
    expect(tiger.sent).toEqual(['voor wie? en meer']);
    await waitFor(() => expect(view.queryByRole('alertdialog')).toBeNull());
  });

  test('[D17] who was accepted opens by itself, but not under the hands of a counsellor who writes elsewhere', async () => {
    const [fox, tiger, otter] = [fakeTalk('fox', { nick: 'Vos' }), fakeTalk('tiger'), fakeTalk('otter')];
    const { view, open, desk, time, workspace } = await talkingWith(fox);
    open('fox');
    await view.findByRole('textbox', { name: 'Bericht aan Vos' });
    type(view.container, 'half');
    /** presses accept; what comes back is the answer, seconds later */
    const accepts = (talk: FakeTalk) => {
      let arrives: () => void = () => undefined;
      desk.accept = () =>
        new Promise((resolve) => {
          arrives = () => {
            desk.talks.value = [...desk.talks.value, talk];
            resolve({ ok: true, value: talk.visitId });
          };
        });
      time.pass(timing.secondTapMs);
      const asked = workspace.accept(1);
      return async () => (arrives(), await asked);
    };

    let answer = accepts(tiger);
    type(view.container, 'half geschreven');
    await answer();
    expect(workspace.openTalk.value?.visitId).toBe('fox');
    await view.findByText('Je nieuwe gesprek staat in je lijst.');
    answer = accepts(otter);
    await answer();
    expect(workspace.openTalk.value?.visitId).toBe('otter');
    answer = accepts(fakeTalk('beer'));
    open('fox');
    await answer();
    expect(workspace.openTalk.value?.visitId).toBe('fox');
  });

  test('[D8] each conversation keeps its own draft and notes; both are wiped when it ends', async () => {
    const [fox, tiger] = [fakeTalk('fox', { nick: 'Vos' }), fakeTalk('tiger', { nick: 'Tijger' })];
    const { view, open, workspace } = await talkingWith(fox, tiger);
    open('fox');
    await view.findByRole('textbox', { name: 'Bericht aan Vos' });
    type(view.container, 'half');
    fireEvent.input(view.getByRole('textbox', { name: 'Kladblok' }), { target: { value: 'bus en klas' } });
    open('tiger');
    await view.findByRole('textbox', { name: 'Bericht aan Tijger' });
    expect(box(view.container).value).toBe('');
    await view.findByRole('button', { name: /^Vos, leerling, klad/ });
    open('fox');
    await waitFor(() => expect(box(view.container).value).toBe('half'));
    fox.stage.value = { is: 'ended', reason: 'visitor_left' };
    expect(workspace.drafts.all.value.size + workspace.pads.all.value.size).toBe(0);
  });

  test('[D8] text that came back unsent stands before the draft, and nobody sends it by itself', async () => {
    const fox = fakeTalk('fox');
    const { view, open, workspace } = await talkingWith(fox);
    open('fox');
    workspace.drafts.write(fox.visitId, 'nieuw');
    fox.returned.value = 'oud';
    await waitFor(() => expect(box(view.container).value).toBe('oud\nnieuw'));
    expect(fox.returned.value).toBe('');
    expect(fox.sent).toEqual([]);
    await view.findByText(/is niet verstuurd\. Lees het na/);
  });

  test('[D11] without a connection nothing is sent, the text stays, and the bar offers to try now', async () => {
    const fox = fakeTalk('fox');
    const { view, open, desk, time } = await talkingWith(fox);
    open('fox');
    await view.findByRole('textbox', { name: /Bericht aan/ });
    desk.connection.value = { is: 'lost', sinceMs: time.clock.nowMs() };
    expect(textOf(await view.findByRole('alert'))).toMatch(/Geen verbinding met de server.*om de 5 s opnieuw/);
    type(view.container, 'wacht');
    fireEvent.keyDown(box(view.container), { key: 'Enter' });
    expect(fox.sent).toEqual([]);
    expect(box(view.container).value).toBe('wacht');
    time.pass(12_000);
    await view.findByText('Al 0:12 weg.');
    fireEvent.click(view.getByRole('button', { name: 'Nu proberen' }));
    expect(desk.calls).toContainEqual(['tryNow']);
  });

  test('[D11] before the key is there one can write, not send', async () => {
    const fox = fakeTalk('fox');
    fox.stage.value = { is: 'opening' };
    fox.secure.value = false;
    const { view, open } = await talkingWith(fox);
    open('fox');
    await view.findByText('Sturen kan zodra de verbinding veilig is.');
    type(view.container, 'dag');
    fireEvent.keyDown(box(view.container), { key: 'Enter' });
    expect(fox.sent).toEqual([]);
  });
});

describe('the end', () => {
  test('[D12] ending asks first; then the reason stands there, without the text, and it can be taken away', async () => {
    const items = [
      { key: '1', from: 'them' as const, atMs: 0, is: 'text' as const, text: 'geheim', state: 'sent' as const },
    ];
    const fox = fakeTalk('fox', { nick: 'Vos', items });
    const { view, open, desk } = await talkingWith(fox);
    open('fox');
    fireEvent.click(await view.findByRole('button', { name: 'Afronden' }));
    fireEvent.click(await view.findByRole('button', { name: 'Terug naar het gesprek' }));
    expect(fox.stage.value.is).toBe('talking');
    fireEvent.click(view.getByRole('button', { name: 'Afronden' }));
    await pressFirm(await view.findByRole('button', { name: 'Rond af' }));
    await view.findByRole('group', { name: 'Je rondde het gesprek af.' });
    expect(view.container.textContent).not.toContain('geheim');
    await pressFirm(view.getByRole('button', { name: 'Haal uit mijn lijst' }));
    expect(desk.calls).toContainEqual(['dismiss', 'fox']);
    await view.findByText('Rustig nu.');
  });

  test('[D12] the question has the focus before the next key can be pressed', async () => {
    const fox = fakeTalk('fox', { nick: 'Vos' });
    const { view, open } = await talkingWith(fox);
    open('fox');
    // without the testing library, which would wait until everything has come to rest
    (await view.findByRole('button', { name: 'Afronden' })).click();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    expect(document.activeElement?.tagName).toBe('H1');
  });

  test.each([
    [{ is: 'ended', reason: 'quick_exit' } as const, 'Vos koos Snel weg.'],
    [{ is: 'ended', reason: 'visitor_gone' } as const, 'Vos kwam niet terug.'],
    [{ is: 'released', why: 'unanswered' } as const, 'Dit gesprek staat terug in de rij.'],
    [{ is: 'released', why: null } as const, 'Dit gesprek is niet meer bij jou.'],
  ])('[D12] %o is told in a sentence, and one cannot write any more', async (stage, sentence) => {
    const fox = fakeTalk('fox', { nick: 'Vos' });
    const { view, open } = await talkingWith(fox);
    open('fox');
    await view.findByRole('textbox', { name: /Bericht aan/ });
    fox.stage.value = stage;
    await view.findByRole('group', { name: sentence });
    expect(box(view.container)).toBeNull();
  });

  test('[V11 D4] each cause of an end and of a release has a sentence of its own', () => {
    const ends = END_REASONS.map((reason) => nl.endings[reason]('Vos'));
    expect(new Set(ends).size).toBe(END_REASONS.length);
    expect(new Set(RELEASES.map((why) => nl.releases[why])).size).toBe(RELEASES.length);
    for (const sentence of [...ends, ...Object.values(nl.releases)]) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  test('[R11 D12] why a conversation went back is read by who had it, and only who was gone reads that', async () => {
    const fox = fakeTalk('fox', { nick: 'Vos' });
    const { view, open } = await talkingWith(fox);
    open('fox');
    for (const why of RELEASES) {
      fox.stage.value = { is: 'released', why };
      await view.findByText(`${nl.releases[why]} ${nl.end.releasedWiped}`);
      expect(view.queryByText(/Je verbinding was te lang weg/) !== null).toBe(why === 'counsellor_gone');
    }
  });

  test('[R8] the counsellor reads that it has been silent for long, and when the conversation ends', async () => {
    const fox = fakeTalk('fox', { nick: 'Vos' });
    const { view, open } = await talkingWith(fox);
    open('fox');
    fox.idleLeftMs.value = 22 * 60_000;
    await view.findByText('Het is al lang stil. De chat stopt over 22 minuten als niemand schrijft.');
    fox.idleLeftMs.value = null;
    await waitFor(() => expect(view.queryByText(/al lang stil/)).toBeNull());
  });

  test('[D15] leaving the page warns exactly while somebody is held', async () => {
    const fox = fakeTalk('fox');
    const { view, desk } = await talkingWith();
    const leaving = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(leaving()).toBe(false);
    desk.talks.value = [fox];
    await view.findByRole('button', { name: /Leerling 1/ });
    await waitFor(() => expect(leaving()).toBe(true));
    fox.stage.value = { is: 'ended', reason: 'visitor_left' };
    await waitFor(() => expect(leaving()).toBe(false));
  });
});
