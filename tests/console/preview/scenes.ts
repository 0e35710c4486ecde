import { batch } from '@preact/signals';
import type { Item } from '@clbchat/shared/client/views';
import type { Language, Role, Topic } from '@clbchat/shared/ids';
import { fakeDesk, fakeTalk, type FakeDesk } from '../fakeDesk.ts';

const minute = 60_000;
const at = (hour: number, minutes: number) => new Date(2026, 10, 24, hour, minutes).getTime();

type Said = [from: 'me' | 'them', text: string, atMs: number, state?: 'pending' | 'sent' | 'read'];
const said = (rows: Said[]): Item[] =>
  rows.map(([from, text, atMs, state], n) => ({
    key: String(n),
    from,
    atMs,
    is: 'text',
    text,
    state: state ?? 'read',
  }));

const row = (ticket: number, role: Role, lang: Language, topic: Topic, waitedMs: number) => ({
  ticket,
  role,
  lang,
  topic,
  waitedMs,
  away: false,
  ringing: false,
  receivedMs: Date.now(),
});

function busyDesk(): FakeDesk {
  const desk = fakeDesk();
  const nowMs = Date.now();
  const fox = fakeTalk('fox', {
    nick: 'Blauwe Vos',
    waitedMs: 245_000,
    startedMs: nowMs - 12 * minute,
    items: said([
      ['me', 'Dag Blauwe Vos! Ik ben Lien, ik werk op het CLB. Fijn dat je chat.', at(18, 42)],
      ['me', 'Waarover wil je het hebben?', at(18, 42)],
      ['them', 'ik durf niet meer naar school', at(18, 43)],
      ['them', 'ze lachen met mij in de bus en nu ook in de klas', at(18, 43)],
      ['me', 'Wat erg dat dat elke dag gebeurt. Goed dat je het vertelt. Sinds wanneer is dat zo?', at(18, 44)],
    ]),
  });
  fox.typing.value = true;
  const tiger = fakeTalk('tiger', {
    nick: 'Stille Tijger',
    startedMs: nowMs - 7 * minute,
    unread: 2,
    items: said([['them', 'en wat als hij niet wil?', nowMs - 130_000]]),
  });
  batch(() => {
    desk.slots.value = 3;
    desk.colleagues.value = 5;
    desk.queue.value = [
      row(1, 'pupil', 'nl', 'wellbeing', 372_000),
      row(2, 'parent', 'nl', 'school-career', 220_000),
      row(3, 'pupil', 'tr', 'health', 35_000),
    ];
    desk.talks.value = [fox, tiger];
  });
  return desk;
}

/** Each scene is a state of the desk, and the conversation that is open in it. */
export const scenes: Record<string, () => { desk: FakeDesk; open?: string }> = {
  talk: () => ({ desk: busyDesk(), open: 'fox' }),
  list: () => ({ desk: busyDesk() }),
  quiet() {
    const desk = fakeDesk();
    desk.slots.value = 3;
    desk.colleagues.value = 5;
    return { desk };
  },
  lost() {
    const desk = busyDesk();
    desk.connection.value = { is: 'lost', sinceMs: Date.now() - 12_000 };
    return { desk, open: 'fox' };
  },
  ring() {
    const desk = busyDesk();
    desk.rings.value = [
      {
        offerNo: 7,
        role: 'parent',
        topic: 'school-career',
        lang: 'nl',
        waitedMs: 41_000,
        leftMs: 38_000,
        receivedMs: Date.now(),
      },
    ];
    return { desk, open: 'fox' };
  },
  wrapup() {
    const desk = fakeDesk();
    desk.status.value = 'wrap-up';
    return { desk };
  },
  ended() {
    const desk = busyDesk();
    const [fox] = desk.talks.value;
    if (fox) Object.assign(fox.stage, { value: { is: 'ended', reason: 'quick_exit' } });
    return { desk, open: 'fox' };
  },
  elsewhere() {
    const desk = fakeDesk();
    desk.view.value = { is: 'elsewhere', talking: 2 };
    return { desk };
  },
};
