import type { Where } from './harness.ts';
import type { HostPage } from './hostPage.ts';
import type { How, Opened, Player } from './player.ts';
import type { HostSite } from './site.ts';

/** A planted bug makes it wait in vain. */
const PATIENCE_MS = process.env['FIRST_FAILURE'] === 'yes' ? 30_000 : 60_000;
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 640 };
/** Half a pixel lost by rounding, twice. */
const SLACK_PX = 1;

/** Why an engine cannot play a page; null when it can. */
export const whyNot = ({ cannot }: Player, { needs = [] }: HostPage): string | null =>
  needs.map((need) => cannot[need]).find((why) => why !== undefined) ?? null;

/** Shows a page to an engine, and looks whether what it promises is so. @throws with what was seen instead */
export async function play(player: Player, site: HostSite, page: HostPage): Promise<void> {
  const how: How = {
    ...(page.window ?? (page.needs?.includes('phone') ? PHONE : DESK)),
    phone: page.needs?.includes('phone') ?? false,
  };
  const opened = await player.open(site.addressOf(page), how);
  try {
    await lookAt(eyesOn(opened, site), page);
  } finally {
    await opened.close();
  }
}

/** Asks again until it is so: nothing here says how fast a machine has to be. */
async function until<Value>(what: string, look: () => Promise<Value | null | undefined | false>): Promise<Value> {
  const deadline = performance.now() + PATIENCE_MS;
  let last = '';
  for (;;) {
    try {
      const seen = await look();
      if (seen) return seen;
    } catch (error) {
      last = ` (${error instanceof Error ? error.message : String(error)})`;
    }
    if (performance.now() > deadline) throw new Error(`never so: ${what}${last}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

const within = ({ left, top, width, height, glass }: Where) =>
  left >= -SLACK_PX &&
  top >= -SLACK_PX &&
  left + width <= glass.width + SLACK_PX &&
  top + height <= glass.height + SLACK_PX;

/** In view, and nothing over it. */
const isInView = (at: Where) => at.seen && at.onTop && within(at);

/** What a person does with eyes and hands, whatever the engine. */
function eyesOn(opened: Opened, { place }: HostSite) {
  const inPage = <Value>(expression: string) => opened.run<Value>(`${place.own}/`, expression);
  const inChat = <Value>(expression: string) => opened.run<Value>(`${place.chat}/w/`, expression);
  const where = (what: 'button' | 'link' | 'frame') => inPage<Where | null>(`hostPage.where('${what}')`);
  const button = (name: string) =>
    `[...document.querySelectorAll('button')].find((one) => (one.ariaLabel || one.textContent).includes(${JSON.stringify(name)}))`;

  const inView = (what: 'button' | 'link') =>
    until(`the ${what} is in view`, async () => {
      const at = await where(what);
      if (at && !isInView(at)) throw new Error(JSON.stringify(at));
      return at;
    });
  return {
    inPage,
    inChat,
    where,
    inView,
    warned: () => inPage<string[]>('hostPage.warned'),
    async pressButton() {
      const { client } = await inView('button');
      await opened.press(client.middleX, client.middleY);
    },
    async pressIfInView(what: 'button') {
      const at = await where(what);
      if (!at || !isInView(at)) return false;
      await opened.press(at.client.middleX, at.client.middleY);
      return true;
    },
    reads: (heading: string) =>
      until(`the chat reads "${heading}"`, () =>
        inChat<boolean>(`document.querySelector('h1')?.textContent.includes(${JSON.stringify(heading)})`),
      ),
    /** by its place on the glass, as a hand does it; scrolled to first, inside the frame, and once it stands still */
    async pressInChat(name: string) {
      let before = '';
      const spot = await until(`"${name}" is where it can be pressed`, async () => {
        const frame = await where('frame');
        const inside = await inChat<{ x: number; y: number } | null>(`(() => {
          const button = ${button(name)};
          if (!button) return null;
          button.scrollIntoView({ block: 'nearest' });
          const { left, top, width, height } = button.getBoundingClientRect();
          return { x: left + width / 2, y: top + height / 2 };
        })()`);
        if (!frame || !inside) return null;
        const { client, glass } = frame;
        const spot = { x: client.left + inside.x * client.drawn, y: client.top + inside.y * client.drawn };
        const [right, down] = [(spot.x - glass.x) * glass.scale, (spot.y - glass.y) * glass.scale];
        if (right < 0 || down < 0 || right > glass.width || down > glass.height)
          throw new Error(`off the glass: ${JSON.stringify({ spot, frame })}`);
        const stood = before;
        before = JSON.stringify(spot);
        return stood === before && spot;
      });
      await opened.press(spot.x, spot.y);
    },
    has: (name: string) => until(`the chat has "${name}"`, () => inChat<boolean>(`Boolean(${button(name)})`)),
    pinch: (scale: number) => opened.pinch(scale),
    print: () => opened.print(),
    shown: () => opened.shown(),
  };
}
type Eyes = ReturnType<typeof eyesOn>;

async function lookAt(eyes: Eyes, page: HostPage): Promise<void> {
  if (page.outcome === 'chat' || page.outcome === 'away') await eyes.inView('button');
  if (page.before) {
    await eyes.inPage(page.before);
    await eyes.shown();
  }
  if (page.pinched) await eyes.pinch(page.pinched);
  if (page.outcome === 'chat') await chatIsUsable(eyes, page);
  else if (page.outcome === 'away') await staysAway(eyes);
  else await linkIsInView(eyes, page);
  const errors = await eyes.inPage<string[]>('hostPage.errors');
  if (errors.length > 0) throw new Error(`the page has faults: ${errors.join(' · ')}`);
}

async function chatIsUsable(eyes: Eyes, page: HostPage): Promise<void> {
  await eyes.pressButton();
  await eyes.reads('Dag! Fijn dat je er bent.');
  await panelIsWhole(eyes, page.pinched ?? 1);
  await eyes.pressInChat('Ik ben leerling');
  await eyes.has('Hoe ik me voel');

  if (page.during) {
    await eyes.inPage(page.during);
    await eyes.shown();
  }
  if (page.pinchedDuring) {
    await eyes.pinch(page.pinchedDuring);
    await panelIsWhole(eyes, page.pinchedDuring);
    await eyes.pinch(1);
    await panelIsWhole(eyes, 1);
  }
  if (page.needs?.includes('print')) return nothingIsPrinted(eyes);
  if (page.reopens) {
    await eyes.pressButton();
    await eyes.reads('Dag! Fijn dat je er bent.');
    await eyes.pressInChat('Ik ben leerling');
    await eyes.has('Hoe ik me voel');
  }
  if ((page.pinched ?? 1) === 1) {
    await eyes.pressInChat('Hoe ik me voel');
    await eyes.has('Ga naar de wachtrij');
    await eyes.pressInChat('klein');
    const bar = await until('the bar is in view', async () => {
      const at = await eyes.where('frame');
      if (!at || at.height > 100 || !within(at)) throw new Error(JSON.stringify(at));
      return at;
    });
    if (!bar.seen) throw new Error('the bar is not seen');
    if ((await eyes.inPage<number>('hostPage.inert()')) > (page.name.includes('inert') ? 1 : 0))
      throw new Error('the page stays out of reach');
  }
  if ((await eyes.inPage<number>('hostPage.count()')) !== 1) throw new Error('not one element of ours');
  const warned = await eyes.warned();
  if (warned.length > 0) throw new Error(`told the webmaster: ${warned.join(' · ')}`);
}

/** On the glass; or, under a magnifying glass, as large as it was, with the glass on it. */
const panelIsWhole = (eyes: Eyes, scale: number) =>
  until('the panel is where it is seen', async () => {
    const at = await eyes.where('frame');
    if (!at) return null;
    const { left, top, width, height, glass } = at;
    const covers =
      left <= SLACK_PX &&
      top <= SLACK_PX &&
      left + width >= glass.width - SLACK_PX &&
      top + height >= glass.height - SLACK_PX;
    const isWhole =
      scale === 1
        ? within(at)
        : covers &&
          Math.abs(width - glass.width * scale) < 2 * scale &&
          Math.abs(height - glass.height * scale) < 2 * scale;
    if (!at.seen || !isWhole) throw new Error(JSON.stringify(at));
    return at;
  });

async function nothingIsPrinted(eyes: Eyes): Promise<void> {
  await eyes.print();
  await until('nothing of the chat is printed', () => eyes.inPage<boolean>('hostPage.hidden()'));
  await until('nor by its own frame', () =>
    eyes.inChat<boolean>("getComputedStyle(document.querySelector('#app')).display === 'none'"),
  );
}

async function staysAway(eyes: Eyes): Promise<void> {
  await until('the button is gone', async () => (await eyes.inPage<number>('hostPage.count()')) === 0);
  await isToldOnce(eyes);
}

async function linkIsInView(eyes: Eyes, { outcome }: HostPage): Promise<void> {
  // what the page forbids is heard when the frame is asked for; what the service does not know, by itself and any time
  await until('a link, or a button that is pressed', async () => {
    if (await eyes.where('link')) return true;
    return eyes.pressIfInView('button');
  });
  await eyes.inView('link');
  await isToldOnce(eyes);
  const href = (await eyes.inPage<string | null>('hostPage.href()')) ?? '';
  const answer = await fetch(href, { headers: { accept: 'text/html' } });
  if (!(await answer.text()).includes('<main class=')) throw new Error(`${href} leads to no chat`);
  if (outcome === 'address' && !(await eyes.inPage<string>('hostPage.text()')).includes(href))
    throw new Error('the address does not stand there as text');
}

const isToldOnce = (eyes: Eyes) =>
  until('the webmaster is told once', async () => {
    const warned = await eyes.warned();
    if (warned.length !== 1) throw new Error(warned.join(' · '));
    return true;
  });
