import { afterAll, beforeAll, describe, test } from 'vitest';
import { programsOf } from '../../scripts/setup/tools.mjs';
import { chromiumPlayer } from './hostPages/chromium.ts';
import { firefoxPlayer } from './hostPages/firefox.ts';
import type { HostPage } from './hostPages/hostPage.ts';
import { hostPages } from './hostPages/pages.ts';
import { play, whyNot } from './hostPages/play.ts';
import type { Player } from './hostPages/player.ts';
import { openHostSite, type HostSite } from './hostPages/site.ts';
import { webkitPlayer } from './hostPages/webkit.ts';

/** An engine joins with a player of its own. */
const engines = [
  ['Chromium', 'chromium', chromiumPlayer],
  ['Firefox', 'firefox', firefoxPlayer],
  ['WebKitGTK', 'webkit', webkitPlayer],
] as const;

const table: string[] = [];
afterAll(() => console.log(['host page | engine | outcome', ...table].join('\n')));

// that an engine which is not here was not asked for is seen to elsewhere
const here = engines.filter(([, tool]) => programsOf(tool) !== undefined);
describe.each(here)('pages of schools in %s', (engine, _, open) => {
  let player: Player;
  let site: HostSite;
  beforeAll(async () => {
    [player, site] = await Promise.all([open(), openHostSite(Object.values(hostPages).flat())]);
  });
  afterAll(async () => {
    await Promise.all([player.close(), site.stop()]);
  });
  async function played(page: HostPage) {
    const why = whyNot(player, page);
    if (why === null) await play(player, site, page);
    table.push(`${page.name} | ${engine} | ${why === null ? `played: ${page.outcome}` : `cannot be played: ${why}`}`);
  }

  test.for(hostPages.ordinary)('[B40 W54 W58] $name: $outcome', played);
  test.for(hostPages.themes)('[B40 W53 W122] $name: $outcome', played);
  test.for(hostPages.policies)('[B40 W50 W56] $name: $outcome', played);
  test.for(hostPages.tools)('[B40 W41 W50 W51 W52 W121] $name: $outcome', played);
  test.for(hostPages.rewritten)('[B40 W40 W57] $name: $outcome', played);
});
