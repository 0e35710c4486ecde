import { fireEvent, waitFor } from '@testing-library/preact';
import * as timing from '@clbchat/shared/client/timing';
import { afterEach, expect, test } from 'vitest';
import type { Desk } from '@clbchat/shared/client/views';
import type { VisitId } from '@clbchat/shared/ids';
import { fakeDesk, fakeTalk } from './fakeDesk.ts';
import { pressFirm, showConsole, textOf, tidyUp } from './screen.tsx';

afterEach(tidyUp);

type Ring = Desk['rings']['value'][number];
const ring = (receivedMs: number): Ring => ({
  offerNo: 4,
  role: 'parent',
  topic: 'health',
  lang: 'nl',
  waitedMs: 35_000,
  leftMs: 40_000,
  receivedMs,
});

test('[D5] an offer rings again and again, until it is gone', async () => {
  const { view, desk, time, bell, titles } = await showConsole();
  desk.rings.value = [ring(time.clock.nowMs())];
  const banner = await view.findByRole('region', { name: 'Nieuwe bezoeker' });
  expect(textOf(banner)).toMatch(/Ouder.*Gezondheid.*wacht 0:35.*nog 40 s/);
  expect(bell.rung).toBe(1);
  time.pass(7_000);
  expect(bell.rung).toBe(3);
  await waitFor(() => expect(textOf(banner)).toMatch(/wacht 0:42.*nog 33 s/));
  expect(titles.at(-1)).toBe('● CLBCh@t');
  desk.rings.value = [];
  time.pass(30_000);
  expect(bell.rung).toBe(3);
  expect(titles.at(-1)).toBe('CLBCh@t');
});

test('[D5] accepting opens the conversation; a refusal is a sentence', async () => {
  const { view, desk, time } = await showConsole();
  desk.rings.value = [ring(time.clock.nowMs())];
  desk.refuse = 'gone';
  await pressFirm(await view.findByRole('button', { name: 'Neem aan' }));
  await view.findByText('Deze oproep is voorbij.');
  time.pass(timing.secondTapMs);
  fireEvent.click(view.getByRole('button', { name: 'Neem aan' }));
  desk.talks.value = [fakeTalk('accepted 4', { nick: 'Vos', role: 'parent' })];
  await view.findByRole('textbox', { name: 'Bericht aan Vos' });
  expect(view.queryByText('Deze oproep is voorbij.')).toBeNull();
  desk.rings.value = [{ ...ring(time.clock.nowMs()), offerNo: 5, leftMs: 20_000 }];
  await waitFor(() => expect(view.getAllByText('nog 20 s')).toHaveLength(1));
  await pressFirm(view.getByRole('button', { name: 'Nu niet' }));
  expect(desk.calls).toEqual([
    ['accept', 4],
    ['accept', 4],
    ['decline', 5],
  ]);
});

test('[D5] who switched the sound off sees the banner and hears nothing', async () => {
  const { view, desk, time, bell, prefs } = await showConsole();
  prefs.soundVisitor.value = false;
  desk.rings.value = [ring(time.clock.nowMs())];
  await view.findByRole('region', { name: 'Nieuwe bezoeker' });
  time.pass(10_000);
  expect(bell.rung).toBe(0);
});

test('[D7] news elsewhere is a badge and a polite word, at most each five seconds; opening marks it read', async () => {
  const desk = fakeDesk();
  const [fox, tiger] = [fakeTalk('fox', { nick: 'Vos' }), fakeTalk('tiger', { nick: 'Tijger' })];
  desk.talks.value = [fox, tiger];
  const { view, workspace, open, bell, prefs, time } = await showConsole(desk);
  prefs.soundMessage.value = true;
  open('fox');
  tiger.unread.value = 1;
  expect(workspace.announcer.text.value).toBe('Tijger: nieuw bericht');
  tiger.unread.value = 2;
  expect(bell.ticked).toBe(1);
  time.pass(5_000);
  tiger.unread.value = 3;
  expect(bell.ticked).toBe(2);
  await view.findByRole('button', { name: /^Tijger, leerling, 3 ongelezen/ });
  open('tiger');
  await waitFor(() => expect(tiger.unread.value).toBe(0));
});

test('[D44 D7] what an earlier page had, and nobody read, is a badge after a reload, and no news; what comes then is', async () => {
  const desk = fakeDesk();
  const fox = fakeTalk('fox', { nick: 'Vos', had: 2 });
  desk.talks.value = [fox];
  const { view, workspace, bell, prefs, titles } = await showConsole(desk);
  prefs.soundMessage.value = true;
  fox.unread.value = 1;
  fox.unread.value = 2;
  await view.findByRole('button', { name: /^Vos, leerling, 2 ongelezen/ });
  expect(titles.at(-1)).toBe('● CLBCh@t');
  expect([workspace.announcer.text.value, bell.ticked]).toEqual(['', 0]);
  fox.unread.value = 3;
  expect([workspace.announcer.text.value, bell.ticked]).toEqual(['Vos: nieuw bericht', 1]);
});

test('[D7] a hidden page marks nothing read until it is looked at again', async () => {
  const desk = fakeDesk();
  const fox = fakeTalk('fox');
  desk.talks.value = [fox];
  const { open, time } = await showConsole(desk);
  open('fox');
  time.show(false);
  fox.unread.value = 2;
  expect(fox.unread.value).toBe(2);
  time.show(true);
  expect(fox.unread.value).toBe(0);
});

test('[D13] neither title nor announcer ever carries the text, and the title no name', async () => {
  const desk = fakeDesk();
  const fox = fakeTalk('fox', { nick: 'Blauwe Vos' });
  desk.talks.value = [fox];
  const { view, workspace, titles } = await showConsole(desk);
  const heard: string[] = [];
  workspace.announcer.text.subscribe((text) => heard.push(text));
  fox.items.value = [{ key: '1', from: 'them', atMs: 0, is: 'text', text: 'heel geheim', state: 'sent' }];
  fox.unread.value = 1;
  await view.findByText('heel geheim');
  expect(titles.at(-1)).toBe('● CLBCh@t');
  expect([...titles, ...heard].join()).not.toContain('geheim');
  expect(titles.join()).not.toContain('Vos');
  expect(view.container.querySelectorAll('[aria-live=polite] *, [role=alert]')).toHaveLength(0);
});

test('[D35] what was said aloud is gone after five seconds; the same again is said again', async () => {
  const desk = fakeDesk();
  const fox = fakeTalk('fox', { nick: 'Vos' });
  desk.talks.value = [fox];
  const { view, workspace, time } = await showConsole(desk);
  const region = () => view.container.querySelector('.hidden-text[aria-live]')?.textContent;
  fox.unread.value = 1;
  await waitFor(() => expect(region()).toBe('Vos: nieuw bericht'));
  time.pass(4_000);
  workspace.announcer.say('iets anders');
  time.pass(4_900);
  expect(workspace.announcer.text.value).toBe('iets anders');
  time.pass(100);
  await waitFor(() => expect(region()).toBe(''));
  fox.unread.value = 2;
  expect(workspace.announcer.text.value).toBe('Vos: nieuw bericht');
});

test('[D35] after the end of a conversation no name of it is left to be heard', async () => {
  const desk = fakeDesk();
  const [fox, tiger] = [fakeTalk('fox', { nick: 'Vos' }), fakeTalk('tiger', { nick: 'Tijger' })];
  desk.talks.value = [fox, tiger];
  const { workspace, time } = await showConsole(desk);
  fox.unread.value = 1;
  expect(workspace.announcer.text.value).toBe('Vos: nieuw bericht');
  fox.stage.value = { is: 'ended', reason: 'visitor_left' };
  expect(workspace.announcer.text.value).toBe('');
  time.pass(5_000);
  tiger.unread.value = 1;
  expect(workspace.announcer.text.value).toBe('Tijger: nieuw bericht');
  desk.talks.value = [fox];
  expect(workspace.announcer.text.value).toBe('');
});

test('[D13] a message is only ever text', async () => {
  const desk = fakeDesk();
  const text = '<img src=x onerror="alert(1)"> <a href="javascript:0">klik</a>';
  const fox = fakeTalk('fox', {
    nick: '<b>Vos',
    items: [{ key: '1', from: 'them', atMs: 0, is: 'text', text, state: 'sent' }],
  });
  desk.talks.value = [fox];
  const { view, open } = await showConsole(desk);
  open('fox' as VisitId);
  const log = await view.findByRole('log');
  expect(log.getAttribute('aria-live')).toBe('off');
  expect(log.querySelector('.bubble')?.textContent).toBe(text);
  expect(log.querySelectorAll('img, a, b')).toHaveLength(0);
});
