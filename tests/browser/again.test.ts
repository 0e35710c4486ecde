import { describe, expect, test } from 'vitest';
import { isAskedFor } from '../../scripts/setup/tools.mjs';
import { engines, isHere, played } from '../support/engines/play.ts';
import { opensChat } from '../support/engines/visitor.ts';
import type { Answer, Web } from '../support/engines/web.ts';
import { counsellor } from '../support/people.ts';

/** A proxy that restarts. */
const gone: Answer = { status: 502, headers: { 'content-type': 'text/html' }, body: 'bad gateway' };
/** Somebody on the way. */
const forged: Answer = {
  status: 200,
  headers: { 'content-type': 'text/javascript' },
  body: `document.title = 'forged'; export const openVisit = null;`,
};

/** @param instead what answers the nth request for a part of the page by this address: `''`, `?again=1`, `?again=2` */
function losing(web: Web, part: string, instead: (search: string, nth: number) => Answer | undefined): string[] {
  const asked: string[] = [];
  web.answer(({ pathname, search }) => {
    if (!pathname.includes(`/assets/${part}-`)) return undefined;
    asked.push(search);
    return instead(search, asked.filter((one) => one === search).length);
  });
  return asked;
}

describe.each(engines.filter((engine) => isAskedFor(engine.tool) && isHere(engine)))('$name', (engine) => {
  test(
    `[B32] ${engine.name}: the engine of the chat is lost, forged and lost: told, with numbers and a way out, and the next press brings it`,
    played(engine, 'kept', async ({ stage, web, fox }) => {
      const lien = await counsellor(stage);
      const asked = losing(web, 'visit', (search, nth) => {
        if (search === '?again=1') return forged;
        return nth === 1 ? gone : undefined;
      });
      await opensChat(fox, stage.app, 'window');
      await fox.presses('Ik ben leerling');
      await fox.presses('Hoe ik me voel');
      await fox.writes('Je eerste vraag', 'de eerste vraag');
      // the first was lost when the role was chosen; each press loses one more
      await fox.presses('Ga naar de wachtrij');
      await fox.reads('Controleer je internet');
      await fox.presses('Ga naar de wachtrij');
      await fox.reads('Chatten lukt hier niet.');
      await fox.reads('102');
      expect(
        await fox.tab.run(
          'chat',
          `return all().find((one) => one.innerText === 'Open de chat opnieuw').href === location.href`,
        ),
      ).toBe(true);
      expect([...new Set(asked)]).toEqual(['', '?again=1', '?again=2']);
      await fox.presses('Ga naar de wachtrij');
      await lien.accepts();
      await lien.hears('de eerste vraag');
      expect(await fox.tab.run('chat', 'return document.title')).not.toContain('forged');
    }),
  );

  test(
    `[B32] ${engine.name}: the steps are lost once and what is read when asked for twice: they come by themselves, and a chat stands on them`,
    played(engine, 'kept', async ({ stage, web, fox }) => {
      const lien = await counsellor(stage);
      let isGone = true;
      const steps = losing(web, 'steps', (search) => (search === '' ? gone : undefined));
      const rare = losing(web, 'rare', (search) => (search === '' || isGone ? gone : undefined));
      await opensChat(fox, stage.app, 'window');
      await fox.presses('Wat betekent anoniem precies?');
      await fox.reads('Wat betekent anoniem?');
      await fox.reads('Chatten lukt hier niet.');
      isGone = false;
      await fox.reads('Wat wij niet weten');
      await fox.presses('Terug');
      await fox.presses('Ik ben leerling');
      await fox.presses('Hoe ik me voel');
      await fox.writes('Je eerste vraag', 'de eerste vraag');
      await fox.presses('Ga naar de wachtrij');
      await lien.accepts();
      await lien.hears('de eerste vraag');
      expect([...new Set(steps)]).toEqual(['', '?again=1']);
      expect([...new Set(rare)]).toEqual(['', '?again=1']);
    }),
  );
});
