import type { BrowserContext, BrowserContextOptions, FrameLocator, Locator, Page } from 'playwright-core';
import type { App } from './app.ts';
import type { Stage } from './stage.ts';
import { listenTo, type Traffic } from './traffic.ts';

/** How long a person looks for something before the test says that it is not there; a planted bug makes it wait in vain. */
const patienceMs = process.env['FIRST_FAILURE'] === 'yes' ? 30_000 : 60_000;

/** The page or the frame that a person looks at. */
type Surface = Page | FrameLocator;
type Where = 'school' | 'window' | 'smartschool' | 'link';

interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly traffic: Traffic;
  /** the browser goes away without a word */
  vanish(): Promise<void>;
}

interface Start {
  role?: 'leerling' | 'ouder';
  topic?: string | RegExp;
  nick?: string;
  first?: string;
}

export interface Pupil extends Person {
  /** where the chat stands: a frame in the school's page, or a page of its own */
  readonly chat: Surface;
  readonly log: Locator;
  readonly composer: Locator;
  /** from the welcome screen into the queue */
  start(start?: Start): Promise<void>;
  says(text: string): Promise<void>;
  /** the other side's message stands in the conversation, once */
  hears(text: string): Promise<void>;
  /** own message with its state: Nog niet verstuurd, Verstuurd, Gelezen */
  sees(text: string, state?: string): Promise<void>;
  /** a sentence or a heading anywhere in the chat */
  reads(text: string | RegExp): Promise<void>;
  presses(button: string | RegExp): Promise<void>;
  ends(): Promise<void>;
}

export interface Counsellor extends Person {
  readonly name: string;
  /** accepts who rings and waits for the conversation */
  accepts(): Promise<void>;
  /** opens the conversation with this visitor */
  opens(nick: string): Promise<void>;
  readonly log: Locator;
  readonly composer: Locator;
  says(text: string): Promise<void>;
  hears(text: string): Promise<void>;
  sees(text: string, state?: string): Promise<void>;
  reads(text: string | RegExp): Promise<void>;
  presses(button: string | RegExp): Promise<void>;
  /** ends the open conversation and is ready for the next one */
  ends(): Promise<void>;
}

async function newPerson(context: BrowserContext): Promise<Person> {
  context.setDefaultTimeout(patienceMs);
  await openShadows(context);
  const traffic = listenTo(context);
  const page = await context.newPage();
  page.on('dialog', (dialog) => void dialog.accept()); // the warning before a page with a conversation goes
  return { context, page, traffic, vanish: () => context.close() };
}

/** The loader closes its shadow root against the page around it, and with it against a test that looks inside. */
export const openShadows = (context: BrowserContext) =>
  context.addInitScript(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) {
      return attach.call(this, { ...init, mode: 'open' });
    };
  });

const exactly = (text: string) => new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);

/** Both applications write a conversation as `role=log` with one item for each message. */
function talkIn(surface: Surface, log: Locator, composer: Locator) {
  const bubble = (text: string) => log.locator('[dir="auto"]').filter({ hasText: exactly(text) });
  return {
    async says(text: string) {
      await composer.fill(text);
      await composer.press('Enter');
    },
    hears: (text: string) => bubble(text).waitFor(),
    async sees(text: string, state?: string) {
      const item = log
        .getByRole('listitem')
        .filter({ has: surface.locator('[dir="auto"]').filter({ hasText: exactly(text) }) });
      await (state ? item.filter({ hasText: state }) : item).waitFor();
    },
    reads: (text: string | RegExp) => surface.getByText(text).filter({ visible: true }).first().waitFor(),
    presses: (button: string | RegExp) => surface.getByRole('button', { name: button }).first().click(),
  };
}

/** Somebody who opens the chat from the school's page, at its address, or by Smartschool's plain frame or plain link. */
export async function pupil(
  stage: Stage,
  { where = 'school', ...options }: BrowserContextOptions & { where?: Where } = {},
): Promise<Pupil> {
  return pupilIn(await stage.newContext(options), stage.app, where);
}

export async function pupilIn(context: BrowserContext, app: App, where: Where): Promise<Pupil> {
  const person = await newPerson(context);
  const [page, chat] = await openChat(person.page, app, where);
  const log = chat.getByRole('log');
  const composer = chat.getByRole('textbox', { name: 'Jouw bericht' });
  return {
    ...person,
    page,
    chat,
    log,
    composer,
    ...talkIn(chat, log, composer),
    async start({ role = 'leerling', topic = 'Hoe ik me voel', nick, first } = {}) {
      await chat.getByRole('button', { name: `Ik ben ${role}` }).click();
      await chat.getByRole('button', { name: topic }).click();
      if (nick !== undefined) {
        const field = chat.getByLabel(/Schuilnaam/);
        await field.evaluate(isSuggested);
        await field.fill(nick);
      }
      if (first !== undefined) await chat.getByLabel(/Je eerste vraag/).fill(first);
      await chat.getByRole('button', { name: 'Ga naar de wachtrij' }).click();
      await chat.getByRole('heading', { name: 'Ga naar de wachtrij' }).waitFor({ state: 'hidden' });
    },
    async ends() {
      await chat.getByRole('button', { name: 'Stop de chat' }).click();
      await chat.getByRole('button', { name: 'Ja, stop de chat' }).click();
    },
  };
}

/** A name comes as soon as the step is there; who writes one in that moment would have both. */
async function isSuggested(field: Element): Promise<void> {
  while (field instanceof HTMLInputElement && field.value === '') await new Promise(requestAnimationFrame);
}

const frame = 'iframe';

async function openChat(page: Page, app: App, where: Where): Promise<[Page, Surface]> {
  if (where === 'school') {
    await page.goto(app.school);
    await page.getByRole('button', { name: /Chat met het CLB/ }).click();
    return [page, page.frameLocator(frame)];
  }
  if (where === 'window') {
    await page.goto(await addressOfChat(app));
    return [page, page];
  }
  await page.goto(app.smartschool);
  if (where === 'smartschool') return [page, page.frameLocator(frame)];
  const [popup] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: /CLB/ }).first().click(),
  ]);
  return [popup, popup];
}

/** Where the plain link leads, without a browser drawing the page that it stands on, with a second chat in its frame. */
async function addressOfChat(app: App): Promise<string> {
  const page = await (await fetch(app.smartschool)).text();
  const address = /<a href="([^"]+\/w\/#[^"]+)"/.exec(page)?.[1];
  if (address === undefined) throw new Error('no plain link to the chat');
  return address;
}

/** Takes over from an earlier test's browser that still counts as there, and is available. */
async function settle(page: Page): Promise<void> {
  const status = page.getByRole('button', { name: /^Jouw status/ });
  const takeOver = page.getByRole('button', { name: 'Ga hier verder' });
  const ready = page.getByRole('button', { name: 'Ik ben klaar' }).first();
  await status.or(takeOver).first().waitFor();
  if (await takeOver.isVisible()) await takeOver.click();
  await status.waitFor();
  if (await ready.isVisible()) await ready.click();
  await page.getByRole('button', { name: 'Jouw status: Beschikbaar' }).waitFor();
}

/** A counsellor at the console, signed in for the demonstration and available. */
export async function counsellor(
  stage: Stage,
  { name = 'Lien', ...options }: BrowserContextOptions & { name?: 'Lien' | 'Samir' } = {},
): Promise<Counsellor> {
  const person = await newPerson(await stage.newContext({ viewport: { width: 1280, height: 800 }, ...options }));
  const { page } = person;
  await page.goto(stage.app.console);
  await page.getByRole('button', { name: `Ga verder als ${name}` }).click();
  await settle(page);
  const log = page.getByRole('log');
  const composer = page.getByRole('textbox', { name: /^Bericht aan/ });
  const talk = talkIn(page, log, composer);
  return {
    ...person,
    name,
    log,
    composer,
    ...talk,
    async accepts() {
      await page.getByRole('button', { name: 'Neem aan' }).first().click();
      await page.getByText(/^Versleuteld\./).waitFor();
    },
    opens: (nick) => page.getByRole('button', { name: new RegExp(`^${nick}, `) }).click(),
    async ends() {
      await page.getByRole('button', { name: 'Afronden' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Rond af' }).click();
      await page.getByRole('button', { name: 'Ik ben klaar' }).first().click();
      await page.getByRole('button', { name: 'Jouw status: Beschikbaar' }).waitFor();
    },
  };
}
