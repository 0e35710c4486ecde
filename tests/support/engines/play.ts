import type { TestContext } from 'vitest';
import { programsOf } from '../../../scripts/setup/tools.mjs';
import { scene } from '../scene.ts';
import type { Stage } from '../stage.ts';
import { chromium } from './chromium.ts';
import type { Engine } from './engine.ts';
import { firefox } from './firefox.ts';
import { visitorAt, type EngineVisitor } from './visitor.ts';
import { openWeb, type Web } from './web.ts';
import { webkit } from './webkit.ts';

export const engines: readonly Engine[] = [chromium, firefox, webkit];
export const isHere = ({ tool }: Engine): boolean => programsOf(tool) !== undefined;

interface Played {
  readonly stage: Stage;
  readonly web: Web;
  readonly fox: EngineVisitor;
}

/** The loader closes its shadow root against the page around it, and with it against a test that looks inside. */
const OPEN_SHADOWS = `const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: 'open' }); };`;

/** As `scene`, with a visitor in a browser of this engine whose tab is still empty. Whoever else comes is in Chromium. */
export const played =
  (engine: Engine, storage: 'kept' | 'refused', play: (at: Played) => Promise<void>) =>
  (context: Pick<TestContext, 'task'>): Promise<void> =>
    scene(async (stage) => {
      const web = await openWeb();
      const { origin: school } = new URL(stage.app.school);
      web.before(OPEN_SHADOWS, ({ origin }) => origin === school);
      try {
        const tab = await engine.open(web, stage.app.origin, { storage });
        try {
          await play({ stage, web, fox: visitorAt(tab) });
        } finally {
          await tab.close();
        }
      } finally {
        web.close();
      }
    })(context);
