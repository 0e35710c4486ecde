import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAskedFor, programsOf } from '../../../scripts/setup/tools.mjs';
import type { HostPage } from './hostPage.ts';
import { hostPages } from './pages.ts';
import { play, whyNot } from './play.ts';
import type { Player } from './player.ts';
import { openHostSite, type HostSite } from './site.ts';

interface Engine {
  readonly name: string;
  readonly tool: Parameters<typeof programsOf>[0];
  /** whether it can show two pages at a time */
  readonly concurrent: boolean;
  readonly open: () => Promise<Player>;
}

/** Every page in one engine, and the table of what was played. */
export function showEveryPage({ name, tool, concurrent, open }: Engine): void {
  if (!isAskedFor(tool) || programsOf(tool) === undefined) {
    test(`[B29 B40] pages of schools in ${name}: not run`, () => expect(isAskedFor(tool)).toBe(false));
    return;
  }
  const table: string[] = [];
  afterAll(() => console.log(['host page | engine | outcome', ...table].join('\n')));

  describe(`pages of schools in ${name}`, { concurrent }, () => {
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
      table.push(`${page.name} | ${name} | ${why === null ? `played: ${page.outcome}` : `cannot be played: ${why}`}`);
    }

    test.for(hostPages.ordinary)('[B40 W54 W58] $name: $outcome', played);
    test.for(hostPages.themes)('[B40 W53 W122] $name: $outcome', played);
    test.for(hostPages.policies)('[B40 W50 W56] $name: $outcome', played);
    test.for(hostPages.tools)('[B40 W41 W50 W51 W52 W121] $name: $outcome', played);
    test.for(hostPages.rewritten)('[B40 W40 W57] $name: $outcome', played);
  });
}
