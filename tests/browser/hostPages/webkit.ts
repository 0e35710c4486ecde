import { ALL } from '../../support/engines/engine.ts';
import { openDriver, resize, type Element, type Say } from '../../support/engines/webkitDriver.ts';
import type { Player } from './player.ts';

/** WebKitGTK by plain WebDriver: one page at a time, each in a browser with nothing in it. */
export async function webkitPlayer(): Promise<Player> {
  const driver = await openDriver();
  return {
    engine: 'WebKitGTK',
    cannot: {
      phone: 'on a desktop it lays nothing out as on a phone',
      pinch: 'WebDriver has no fingers that zoom here',
      print: 'WebDriver prints to a file, and shows no page as printed',
      builtins:
        'its driver works with the lists and the JSON of the page, and never answers where a library changed them',
      redraw: 'its driver never answers a script that draws the document anew',
    },
    async open(address, { width, height }) {
      const { say, close } = await driver.session();
      await resize(say, width, height);
      await say('POST', '/url', { url: address });
      return {
        run: (at, expression) => runIn(say, at, expression) as never,
        async press(x, y) {
          await say('POST', '/frame', { id: null });
          await say('POST', '/actions', { actions: [pointer(Math.round(x), Math.round(y))] });
        },
        pinch: () => Promise.reject(new Error('no fingers')),
        shown: async () => undefined, // no press was seen to go astray here
        print: () => Promise.reject(new Error('no paper')),
        close,
      };
    },
    close: () => driver.close(),
  };
}

const pointer = (x: number, y: number) => ({
  type: 'pointer',
  id: 'mouse',
  parameters: { pointerType: 'mouse' },
  actions: [
    { type: 'pointerMove', origin: 'viewport', duration: 0, x, y },
    { type: 'pointerDown', button: 0 },
    { type: 'pointerUp', button: 0 },
  ],
});

async function runIn(say: Say, address: string, expression: string): Promise<unknown> {
  await say('POST', '/frame', { id: null });
  if (!(await intoInnermost(say, address))) throw new Error(`no document of ${address}`);
  // as text: a library may have given every object more, and the driver would take that for a part of the answer
  const script = `const told = (answer) => arguments[arguments.length - 1](JSON.stringify(answer));
    Promise.resolve().then(() => ${expression}).then((value) => told({ value }), (error) => told({ error: String(error) }));`;
  const { value, error } = JSON.parse((await say('POST', '/execute/async', { script, args: [] })) as string) as Told;
  if (error !== undefined) throw new Error(error);
  return value;
}
interface Told {
  value?: unknown;
  error?: string;
}

/** Goes into the frames of where it stands, one inside the other; @returns whether it stands in such a document now */
async function intoInnermost(say: Say, address: string): Promise<boolean> {
  const execute = (script: string) => say('POST', '/execute/sync', { script: `${ALL}${script}`, args: [] });
  const frames = (await execute(`return all().filter((one) => one.localName === 'iframe')`)) as Element[];
  for (const frame of frames.toReversed()) {
    await say('POST', '/frame', { id: frame });
    if (await intoInnermost(say, address)) return true;
    await say('POST', '/frame/parent', {});
  }
  return (await execute(`return location.href.startsWith(${JSON.stringify(address)})`)) as boolean;
}
