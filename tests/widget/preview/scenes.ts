import type { Role } from '@clbchat/shared/ids';
import { fakeVisitor, lien, samir, text, waiting, type Fake } from '../fakeVisitor.ts';
import { closed, type stage, type Stage } from '../fakeWidget.tsx';

interface Scene {
  readonly fake: Fake;
  readonly options?: Parameters<typeof stage>[1];
  readonly then?: (stage: Omit<Stage, 'App'>) => void;
}

const before =
  (then: Scene['then'], options: Scene['options'] = {}) =>
  (): Scene => ({
    fake: fakeVisitor(),
    options: { already: false, ...options },
    ...(then && { then }),
  });

function talked(): Fake {
  const fake = fakeVisitor({ is: 'talking', peer: lien });
  fake.talk.items.value = [
    { is: 'system', key: 's1', from: 'them', atMs: 0, code: 'joined', name: 'Lien' },
    text('them', 'Dag Blauwe Vos! Ik ben Lien, ik werk op het CLB. Fijn dat je chat.'),
    text('them', 'Waarover wil je het hebben?'),
    text('me', 'ik durf niet meer naar school'),
    text('me', 'ze lachen met mij in de bus en nu ook in de klas', { state: 'read' }),
    text('them', 'Wat erg dat dat elke dag gebeurt. Goed dat je het vertelt. Sinds wanneer is dat zo?'),
  ];
  return fake;
}

const chat = (change: (fake: Fake) => void, then?: Scene['then']) => (): Scene => {
  const fake = talked();
  change(fake);
  return { fake, ...(then && { then }) };
};

const name = (role: Role) =>
  before(({ widget }) => {
    widget.intro.chooseRole(role);
    widget.intro.chooseTopic('wellbeing');
  });

const press = (words: string) => () =>
  requestAnimationFrame(() =>
    [...document.querySelectorAll('button')].find((one) => one.textContent.includes(words))?.click(),
  );

export const scenes: Readonly<Record<string, () => Scene>> = {
  'w02-welkom': before(undefined),
  'w02b-anoniem': before(({ widget }) => widget.intro.explain()),
  'w03-onderwerp': before(({ widget }) => widget.intro.chooseRole('pupil')),
  'w04-naam': name('pupil'),
  'w13-ouder': name('parent'),
  'w05-wachten': () => ({ fake: fakeVisitor(waiting()) }),
  'w05b-wachten-druk': () => ({ fake: fakeVisitor(waiting({ ahead: 13, range: { fromMin: 35, toMin: 200 } })) }),
  'w05c-vooraan': () => ({ fake: fakeVisitor(waiting({ ahead: 0, front: 'peer_gone' })) }),
  'w05d-even-weg': () => ({ fake: fakeVisitor(waiting({ ahead: 0, front: 'was_away' })) }),
  'w05e-beurt': () => ({ fake: fakeVisitor({ is: 'opening', peer: lien, ask: false }) }),
  'w05f-ben-je-er': () => ({ fake: fakeVisitor({ is: 'opening', peer: lien, ask: true }) }),
  'w05g-vraag': () => ({ fake: fakeVisitor(waiting()), then: press('Schrijf je vraag') }),
  'w05h-zo-gaat': () => ({ fake: fakeVisitor(waiting()), then: press('Zo gaat') }),
  'w17-adem': () => ({ fake: fakeVisitor(waiting({ ahead: 1 })), then: press('Adem rustig') }),
  'w06-chat': chat((fake) => (fake.talk.peerTyping.value = true)),
  'w07-verbinding': chat((fake) => {
    fake.connection.value = { is: 'lost', sinceMs: 0 };
    fake.talk.items.value = [
      ...fake.talk.items.value,
      text('me', 'sinds de herfstvakantie denk ik', { state: 'pending' }),
    ];
  }),
  'w07c-medewerker-weg': chat((fake) => (fake.talk.peerSilent.value = true)),
  'w06f-stil': chat((fake) => (fake.idleLeftMs.value = 120_000)),
  'w08-keuze': chat((fake) => (fake.view.value = { is: 'choosing', peer: samir, before: lien })),
  'w16-stop': chat(() => undefined, press('Stop de chat')),
  'w09-nummers': chat(
    () => undefined,
    ({ widget }) => (widget.help.value = true),
  ),
  'w10-einde': () => ({ fake: fakeVisitor({ is: 'ended', reason: 'counsellor_ended', talked: true }) }),
  'w11-dicht': before(({ facts }) => (facts.value = { is: 'known', centre: closed })),
  'w18-fout': before(({ facts }) => (facts.value = { is: 'down' })),
  'w18b-browser': before(undefined, { capable: false }),
  'w18c-elders': () => ({ fake: fakeVisitor({ is: 'elsewhere' }) }),
  'w04c-niets-bewaard': () => ({
    fake: fakeVisitor(),
    options: { already: false, kept: 'memory' },
    then: ({ widget }) => {
      widget.intro.chooseRole('pupil');
      widget.intro.chooseTopic('health');
    },
  }),
  'w19-balk': chat(
    (fake) => (fake.talk.unread.value = 2),
    ({ minimised }) => (minimised.value = true),
  ),
};
