import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { CentreFacts } from '@clbchat/shared/protocol/status';
import { startApp } from './app.ts';
import { counsellor, pupil, type Counsellor, type Pupil } from './people.ts';
import scaled from './scaled.json' with { type: 'json' };
import type { Stage } from './stage.ts';
import type { Look } from './walk.ts';
import { cuttable } from './wire.ts';

/** The screens of the visitor that few people come past, or only when something is wrong. */
export async function walkCorners(stage: Stage, options: BrowserContextOptions, look: Look<Pupil>): Promise<void> {
  await whileWaiting(stage, options, look);
  await whileTalking(stage, options, look);
  await withoutChat(stage, options, look);
}

/** Nobody knows how long it takes where few were served: what the service would say on a busy evening, said for it. */
async function onABusyEvening(page: Page): Promise<void> {
  await page.routeWebSocket(/\/rt\//, (socket) => {
    const service = socket.connectToServer();
    service.onMessage((said) =>
      socket.send(
        typeof said === 'string' ? said.replaceAll('"range":null', '"range":{"fromMin":30,"toMin":45}') : said,
      ),
    );
  });
  await page.route(/\/api\/centre\//, async (route) => {
    const answer = await route.fetch();
    const facts = (await answer.json()) as CentreFacts;
    const evening = [{ from: '17:00', to: '21:00' }];
    const week = [evening, evening, evening, evening, evening, evening, evening];
    const hours = { is: 'open', closesInMs: 1_500_000 } as const;
    await route.fulfill({
      response: answer,
      json: { ...facts, state: 'busy', hours, closesAt: '21:00', week } satisfies CentreFacts,
    });
  });
}

async function whileWaiting(stage: Stage, options: BrowserContextOptions, look: Look<Pupil>): Promise<void> {
  const owl = await pupil(stage, { where: 'window', ...options });
  await onABusyEvening(owl.page);
  await owl.page.reload();
  await owl.start({ nick: 'Stille Uil' });
  await owl.reads('Het is nu heel druk.');
  await owl.reads('Kom morgen terug');
  await look('w05b-druk', owl);
  await owl.presses('Ik wacht verder');
  await owl.presses(/Schrijf je vraag al op/);
  await owl.reads('Bewaard op dit scherm.');
  await look('w17c-eerste-vraag', owl);
  await owl.chat.getByLabel(/Je eerste vraag/).fill('ik durf niet meer naar school');
  await owl.presses('Terug naar de wachtrij');
  await owl.reads('Je vraag staat klaar');
  await look('w05e-vraag-klaar', owl);
  await owl.presses(/Adem rustig/);
  await owl.reads('Adem in');
  await look('w17-adem', owl);
  await owl.presses('Terug naar de wachtrij');
  await owl.presses(/Zo gaat een chat/);
  await owl.reads('Samen zoeken jullie een volgende stap.');
  await look('w17b-hoe', owl);
  await owl.presses('Terug naar de wachtrij');
  await owl.presses('Stop met wachten');
  await owl.reads('Wil je niet meer wachten?');
  await look('w16b-stop-wachten', owl);
  // she stops, so that nobody rings for her in the next walk
  await owl.presses('Ja, stop met wachten');
  await owl.chat.getByText('Wil je niet meer wachten?').waitFor({ state: 'detached' });
  await owl.vanish();
}

async function whileTalking(stage: Stage, options: BrowserContextOptions, look: Look<Pupil>): Promise<void> {
  const lien = await counsellor(stage);
  const fox = await pupil(stage, { where: 'window', ...options });
  await fox.start({ nick: 'Blauwe Vos', first: 'ik durf niet meer naar school' });
  await lien.accepts();
  await fox.reads('Lien is er.');
  await fox.composer.fill('bel mij op 0470 12 34 56');
  await fox.chat.getByRole('button', { name: 'Verstuur' }).click();
  await fox.reads('Dit lijkt een telefoonnummer of adres.');
  await look('w06e-persoonlijk', fox);
  await fox.presses('Nee, ik pas het aan');
  await fox.composer.fill('');
  const long =
    'Neem gerust je tijd. Ik luister naar wat je wil vertellen, en je hoeft niet op alles te antwoorden. '.repeat(3);
  const scrolls = () => fox.log.evaluate((log) => log.scrollHeight > log.clientHeight + 300);
  for (let n = 1; !(await scrolls()); n++) {
    await lien.says(`${n}. ${long}`.trim());
    await fox.log.getByText(`${n}. Neem`).waitFor();
  }
  await fox.log.evaluate((log) => (log.scrollTop = 0));
  await lien.says('Ik ben er nog.');
  await fox.reads('1 nieuw');
  await look('w06f-nieuw', fox);

  const kept = (await fox.page.evaluate('JSON.stringify({ ...sessionStorage })')) as string;
  const copy = await fox.context.newPage();
  await copy.addInitScript((text) => {
    for (const [key, value] of Object.entries(JSON.parse(text) as Record<string, string>))
      globalThis.sessionStorage.setItem(key, value);
  }, kept);
  await copy.goto(fox.page.url());
  await copy.getByText('Je chat staat open in een ander tabblad.').waitFor();
  await look('w18-twee-tabs', { ...fox, page: copy, chat: copy });
  await lien.ends();
  await Promise.all([fox.vanish(), lien.vanish()]);
}

async function withoutChat(stage: Stage, options: BrowserContextOptions, look: Look<Pupil>): Promise<void> {
  const problems: [name: string, spoil: (page: Page) => Promise<unknown>][] = [
    ['w19-geen-dienst', (page) => page.route(/\/api\/centre\//, (route) => route.abort())],
    ['w19b-oude-browser', (page) => page.addInitScript('delete Crypto.prototype.subtle')],
    [
      'w19c-geen-vertrouwen',
      (page) => page.route(/\/site\.json/, (route) => route.fulfill({ json: { pins: ['other'] } })),
    ],
  ];
  for (const [name, spoil] of problems) {
    const owl = await pupil(stage, { where: 'window', ...options });
    await spoil(owl.page);
    await owl.page.reload();
    await owl.reads('Chatten lukt nu niet.');
    await look(name, owl);
    await owl.vanish();
  }
}

/** The small bar on the school's page, in each of its states. */
export async function walkSmallBar(stage: Stage, options: BrowserContextOptions, look: Look<Pupil>): Promise<void> {
  const fox = await pupil(stage, options);
  const lien = await counsellor(stage);
  const bar = (words: string | RegExp) => fox.chat.locator('.bar').filter({ hasText: words }).waitFor();
  const small = async (name: string, words: string) => {
    await fox.presses('Maak klein');
    await bar(words);
    await look(name, fox);
    await fox.presses(/Chat met het CLB|Terug naar je chat|Jij bent aan de beurt/);
  };
  const line = await cuttable(fox.page);
  await fox.page.reload();
  await fox.page.getByRole('button', { name: /Chat met het CLB/ }).click();
  await fox.reads('Dag! Fijn dat je er bent.');
  await small('w01c-klein-open', 'Chat met het CLB');
  await away(lien);
  await fox.start({ nick: 'Blauwe Vos', first: 'ik durf niet meer' });
  await fox.reads('Je staat in de wachtrij.');
  await small('w01d-klein-wacht', 'Jij bent de volgende');
  await fox.presses('Maak klein');
  await lien.presses('Ik ben er weer');
  await lien.accepts();
  await bar(/Lien/);
  await look('w01e-klein-beurt', fox);
  await fox.presses(/Terug naar je chat|Jij bent aan de beurt/);
  await fox.reads('Lien is er.');
  await small('w01f-klein-gesprek', 'lezen dit');
  await fox.presses('Maak klein');
  await lien.says('Dag Blauwe Vos');
  await bar('1 nieuw bericht');
  await look('w01b-klein-ongelezen', fox);
  await line.cut();
  await bar('Geen verbinding');
  await look('w01g-klein-weg', fox);
  line.mend();
  await bar('1 nieuw bericht');
  await lien.presses('Afronden');
  await lien.page.getByRole('dialog').getByRole('button', { name: 'Rond af' }).click();
  await bar('De chat is gestopt');
  await look('w01h-klein-gestopt', fox);
  await lien.presses('Ik ben klaar');
  await Promise.all([fox.vanish(), lien.vanish()]);
}

const away = async (lien: Counsellor) => {
  await lien.presses(/Jouw status/);
  await lien.page.getByRole('menuitemradio', { name: /Even weg/ }).click();
};

/** It was silent for long: in a service of its own, where long is three seconds. */
export async function walkSilence(
  open: (app: Stage['app']) => Stage,
  options: BrowserContextOptions,
  look: Look<Pupil>,
): Promise<void> {
  const folder = resolve('.cache');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'soonSilent.json');
  writeFileSync(file, JSON.stringify({ ...scaled, rules: { ...scaled.rules, idleAskMs: 3_000, silenceMs: 183_000 } }));
  const app = await startApp({ env: { LIMITS_FILE: file } });
  try {
    const stage = open(app);
    const lien = await counsellor(stage);
    const fox = await pupil(stage, { where: 'window', ...options });
    await fox.start({ nick: 'Blauwe Vos', first: 'ik durf niet meer naar school' });
    await lien.accepts();
    await fox.reads('De chat stopt over');
    await look('w06g-stil', fox);
    await lien.ends();
    await Promise.all([fox.vanish(), lien.vanish()]);
  } finally {
    await app.stop();
  }
}
