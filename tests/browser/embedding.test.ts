import { describe, expect, test } from 'vitest';
import { counsellor, openShadows, pupil, pupilIn } from '../support/people.ts';
import { scene } from '../support/scene.ts';

describe.concurrent('the chat in pages of others', () => {
  test(
    '[B10] a page that forbids scripts: its plain frame holds a whole conversation',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const fox = await pupil(stage, { where: 'smartschool' });
      await fox.start({ nick: 'Blauwe Vos', first: 'vanuit Smartschool' });
      await lien.accepts();
      await lien.hears('vanuit Smartschool');
      await lien.says('welkom');
      await fox.hears('welkom');
      await fox.ends();
      await lien.reads('De leerling stopte de chat.');
    }),
  );

  test(
    '[B10] its plain link opens the chat in a window of its own, and that holds one, too',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const fox = await pupil(stage, { where: 'link' });
      await fox.reads('Dag! Fijn dat je er bent.');
      expect(fox.page.url().startsWith(`${stage.app.origin}/w/`)).toBe(true);
      expect(await fox.page.evaluate(() => window.opener)).toBeNull();
      await fox.start({ nick: 'Blauwe Vos', first: 'uit een eigen venster' });
      await lien.accepts();
      await lien.hears('uit een eigen venster');
      await lien.says('welkom');
      await fox.hears('welkom');
    }),
  );

  test(
    '[W128] a hostile page around a chat hears that there is news once, however it has it drawn',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const src = /<iframe[^>]+src="([^"]+)"/.exec(await (await fetch(stage.app.smartschool)).text())![1]!;
      const page = await (await stage.newContext()).newPage();
      await page.goto(stage.app.school);
      await page.evaluate((to) => {
        document.body.innerHTML = '<iframe style="width: 500px; height: 700px"></iframe>';
        const frame = document.querySelector('iframe')!;
        const say = (word: string) => frame.contentWindow!.postMessage(word, new URL(to).origin);
        const heard: string[] = [];
        Object.assign(window, { heard, say });
        addEventListener('message', ({ data, source }) => {
          if (source !== frame.contentWindow) return;
          heard.push(String(data));
          if (data === 'ready') say('open');
          // as if somebody had looked, in the hope of hearing of the next one as well
          if (data === 'attention') for (const word of ['open', 'minimise']) say(word);
        });
        frame.src = to;
      }, src);
      const chat = page.frameLocator('iframe');
      for (const name of ['Ik ben leerling', 'Hoe ik me voel', 'Ga naar de wachtrij'])
        await chat.getByRole('button', { name }).click();
      await lien.page.getByRole('button', { name: 'Neem aan' }).waitFor();
      await page.evaluate("say('minimise')");
      await lien.accepts();
      for (const text of ['dag een', 'dag twee', 'dag drie']) {
        await lien.says(text);
        await chat.getByText(text, { exact: true }).first().waitFor({ state: 'attached' });
      }
      await page.evaluate("say('open')");
      await chat.getByText('dag drie', { exact: true }).first().waitFor();
      expect(await page.evaluate('heard')).toEqual(['ready', 'attention']);
    }),
  );

  test(
    '[B11] a page with a strict policy of its own names the chat three times, and nothing breaks it',
    scene(async (stage) => {
      const context = await stage.newContext();
      await openShadows(context);
      const page = await context.newPage();
      await page.addInitScript(() => {
        const broken: string[] = [];
        Object.assign(globalThis, { broken });
        document.addEventListener('securitypolicyviolation', (event) =>
          broken.push(`${event.violatedDirective} ${event.blockedURI}`),
        );
        const watcher = new MutationObserver(() => {
          if (!document.head) return;
          watcher.disconnect();
          const meta = document.createElement('meta');
          meta.httpEquiv = 'Content-Security-Policy';
          meta.content = "require-trusted-types-for 'script'";
          document.head.append(meta);
        });
        watcher.observe(document, { childList: true, subtree: true });
      });
      const answer = await page.goto(stage.app.school);
      const policy = answer?.headers()['content-security-policy'];
      expect(policy).toContain("default-src 'none'");
      for (const rule of ['script-src', 'connect-src', 'frame-src'])
        expect(policy).toContain(`${rule} ${stage.app.origin};`);
      await page.getByRole('button', { name: /Chat met het CLB/ }).click();
      const chat = page.frameLocator('iframe');
      await chat.getByRole('heading', { name: 'Dag! Fijn dat je er bent.' }).waitFor();
      expect(await page.evaluate('broken')).toEqual([]);
      const takesMarkup = await page.evaluate(() => {
        try {
          document.createElement('p').innerHTML = 'text';
          return true;
        } catch {
          return false;
        }
      });
      expect(takesMarkup, 'trusted types were really demanded').toBe(false);
    }),
  );

  test(
    '[B25] where the network lets no WebSocket through, a whole conversation runs by long polling',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const context = await stage.newContext();
      await context.routeWebSocket(/\/rt\//, (socket) => socket.close());
      const fox = await pupilIn(context, stage.app, 'school');
      await fox.start({ nick: 'Blauwe Vos', first: 'door de proxy' });
      await lien.accepts();
      await lien.hears('door de proxy');
      for (const text of ['één', 'twee', 'drie']) {
        await lien.says(`vraag ${text}`);
        await fox.hears(`vraag ${text}`);
        await fox.says(`antwoord ${text}`);
        await lien.hears(`antwoord ${text}`);
      }
      await fox.sees('antwoord drie', 'Gelezen');
      await fox.ends();
      await lien.reads('De leerling stopte de chat.');

      expect(fox.traffic.messages).toEqual([]);
      const realtime = fox.traffic.addresses
        .map((address) => new URL(address))
        .filter(({ pathname }) => pathname === '/rt/');
      expect(realtime.length).toBeGreaterThan(10);
      expect(new Set(realtime.map(({ searchParams }) => searchParams.get('transport')))).toEqual(new Set(['polling']));
      expect(new Set(realtime.flatMap(({ searchParams }) => [...searchParams.keys()]))).toEqual(
        new Set(['EIO', 'transport', 'sid']),
      );
    }),
  );

  // a browser may keep no cookie for a frame of another site, and does so for a page of its own
  for (const [where, of] of [
    ['school', 'in a frame'],
    ['window', 'in a window of its own'],
  ] as const) {
    test(
      `[B13 P2] a whole visit ${of} asks nothing of a third party, sets no cookie and puts nothing into an address`,
      scene(async (stage) => {
        const lien = await counsellor(stage);
        const fox = await pupil(stage, { where });
        await fox.start({ nick: 'Blauwe Vos', first: 'mijn geheim' });
        await lien.accepts();
        await lien.hears('mijn geheim');
        await lien.says('dag');
        await fox.hears('dag');
        await fox.ends();
        await fox.reads('Bedankt om te chatten.');

        const own = [stage.app.origin, stage.app.origin.replace('http', 'ws'), new URL(stage.app.school).origin];
        for (const { traffic } of [fox, lien]) {
          expect(traffic.addresses.length).toBeGreaterThan(5);
          expect(
            traffic.addresses.filter(
              (address) => !own.some((one) => address.startsWith(`${one}/`)) && !address.startsWith('data:'),
            ),
          ).toEqual([]);
        }
        expect(await fox.context.cookies()).toEqual([]);
        for (const frame of fox.page.frames()) {
          expect(await frame.evaluate('document.cookie').catch(() => '')).toBe('');
        }
        const queries = fox.traffic.addresses.map((address) => [...new URL(address).searchParams.keys()]).flat();
        expect(queries.filter((name) => !['EIO', 'transport', 'sid', 't'].includes(name))).toEqual([]);
      }),
    );
  }
});
