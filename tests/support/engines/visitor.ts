import type { App } from '../app.ts';
import type { Place, Tab } from './engine.ts';

export const embeddings = ['school', 'smartschool', 'window'] as const;
/** The school's page with its button, the frame in a page without scripts, or a window of the chat's own. */
export type Embedding = (typeof embeddings)[number];

/** How long a person looks for something before the test says that it is not there. */
const PATIENCE_MS = process.env['FIRST_FAILURE'] === 'yes' ? 30_000 : 60_000;
const LOOK_AGAIN_MS = 40;

const text = (value: string) => JSON.stringify(value);
/** What a person could press, and would be heard: its name, as it stands there or is read aloud. */
const button = (name: string) => `return all().find((one) => one.matches('button, a[href]') && one.checkVisibility()
  && !one.closest('[inert]') && one.ariaDisabled !== 'true' && (one.getAttribute('aria-label') ?? one.innerText).includes(${text(name)})) ?? null;`;
const field = (label: string) =>
  `return [...document.querySelectorAll('label')].find((one) => one.textContent.includes(${text(label)}))?.control ?? null;`;
/** An element does not cross, the fact that it is there does. */
const there = (script: string) => `return ((() => {${script}})()) !== null`;
/** Where it is, and of what size. */
const placeOf = (script: string) => `const found = (() => {${script}})();
  return found && JSON.stringify([found.getBoundingClientRect(), innerWidth, innerHeight])`;
const FRAMES = `return JSON.stringify(all().filter((one) => one.localName === 'iframe').map((one) => one.getBoundingClientRect()))`;
/** All messages with this text, and how far each is. */
const messages = (said: string) => `[...document.querySelectorAll('[role=log] [dir=auto]')]
  .filter((one) => one.innerText === ${text(said)}).map((one) => one.closest('li').innerText)`;

/** Somebody at a tab, in whatever browser: does and sees what the people of `people.ts` do and see. */
export function visitorAt(tab: Tab) {
  /** @returns what the script returned, as soon as that is something; the place may be on its way, too */
  async function until<Value>(at: Place, script: string): Promise<Value> {
    const late = performance.now() + PATIENCE_MS;
    let reason: unknown;
    for (;;) {
      try {
        const value = await tab.run<Value>(at, script);
        if (value) return value;
      } catch (error) {
        reason = error;
      }
      if (performance.now() > late) {
        const seen = await tab.run<string>(at, 'return document.body.innerText.slice(0, 400)').catch(String);
        throw new Error(`not within ${PATIENCE_MS} ms: ${script}\nbut: ${seen}`, { cause: reason });
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }
  /** It is there, and neither it nor the frame around it moves: a press goes where the last picture had it. */
  async function standsStill(at: Place, script: string): Promise<void> {
    let before = '';
    for (;;) {
      const now = (await until<string>(at, placeOf(script))) + (await tab.run<string>('page', FRAMES));
      if (now === before) return;
      before = now;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }
  const presses = (name: string, at: Place = 'chat') => pressesOn(button(name), at);
  /** A driver that finds nothing to press there, as it does while a machine is busy drawing, is asked again. */
  async function pressesOn(target: string, at: Place): Promise<void> {
    const late = performance.now() + PATIENCE_MS;
    for (;;) {
      await standsStill(at, target);
      try {
        return await tab.press(at, target);
      } catch (error) {
        // what a press takes away may be gone before the driver has looked at it again
        if (!(await tab.run<boolean>(at, there(target)).catch(() => false))) return;
        if (performance.now() > late) throw error;
      }
    }
  }

  return {
    tab,
    until,
    presses,
    reads: (sentence: string, at: Place = 'chat') =>
      until<true>(at, `return document.body.innerText.replaceAll(/\\s+/g, ' ').includes(${text(sentence)})`),
    /** whether a sentence stands there now */
    sees: (sentence: string, at: Place = 'chat') =>
      tab.run<boolean>(at, `return document.body.innerText.replaceAll(/\\s+/g, ' ').includes(${text(sentence)})`),
    async writes(label: string, said: string, at: Place = 'chat') {
      await until(at, `const own = (() => {${field(label)}})(); own.scrollIntoView({ block: 'center' }); return true`);
      await pressesOn(field(label), at);
      const own = `const own = (() => {${field(label)}})(); if (own !== document.activeElement) return false;`;
      await until(at, `${own} own.select(); return true`);
      await tab.type(at, said);
      await until(at, `${own} return own.value === ${text(said)}`);
    },
    /** the other side's message stands in the conversation, once; an own one with its state */
    hears: (said: string, state = '') =>
      until<true>(
        'chat',
        `const found = ${messages(said)}; return found.length === 1 && found[0].includes(${text(state)})`,
      ),
  };
}
export type EngineVisitor = ReturnType<typeof visitorAt>;

/** Where the plain link of a page without scripts leads. */
async function linkIn(page: string): Promise<string> {
  const address = /<a href="([^"]+\/w\/#[^"]+)"/.exec(await (await fetch(page)).text())?.[1];
  if (address === undefined) throw new Error('no plain link to the chat');
  return address;
}

export async function opensChat({ tab, presses, until }: EngineVisitor, app: App, embedding: Embedding): Promise<void> {
  if (embedding === 'school') {
    await tab.goto(app.school);
    await presses('Chat met het CLB', 'page');
  }
  if (embedding === 'smartschool') await tab.goto(app.smartschool);
  if (embedding === 'window') await tab.goto(await linkIn(app.smartschool));
  await until('chat', `return document.querySelector('h1') !== null`);
}
