import { expect, test } from 'vitest';
import { startApp } from '../support/app.ts';
import { openBrowser } from '../support/chromium.ts';
import { counsellor, pupil } from '../support/people.ts';
import { stageOf } from '../support/stage.ts';
import { openTlsProxy } from '../support/tlsProxy.ts';

const [CHAT, SCHOOL] = ['chat.example.be', 'school.example.org'];

test('[N52] behind a proxy with TLS a pupil on the school’s page and a counsellor talk, each under the names that the world knows', async () => {
  const env = { PUBLIC_ORIGIN: `https://${CHAT}`, DEMO_PUBLIC_ORIGIN: `https://${SCHOOL}`, TRUSTED_HOPS: '1' };
  const app = await startApp({ env });
  const proxy = await openTlsProxy({ [CHAT]: app.ports.chat, [SCHOOL]: app.ports.school });
  const rules = [CHAT, SCHOOL].map((name) => `MAP ${name} 127.0.0.1:${proxy.port}`).join(', ');
  const browser = await openBrowser({ args: [`--host-resolver-rules=${rules}`, '--ignore-certificate-errors'] });
  try {
    const { stage } = stageOf(app, browser);
    const lien = await counsellor(stage);
    const fox = await pupil(stage);
    expect(new URL(fox.page.url()).origin).toBe(`https://${SCHOOL}`);
    expect(new URL(lien.page.url()).origin).toBe(`https://${CHAT}`);
    await fox.start({ nick: 'Blauwe Vos', first: 'Ik durf niet meer naar school.' });
    await lien.accepts();
    await lien.hears('Ik durf niet meer naar school.');
    await lien.says('Fijn dat je het zegt.');
    await fox.hears('Fijn dat je het zegt.');

    await lien.page.reload(); // her cookie still signs her in
    await lien.opens('Blauwe Vos');
    await lien.hears('Ik durf niet meer naar school.');
    await fox.says('ze lachen met mij');
    await lien.hears('ze lachen met mij');
    expect(app.said()).not.toContain('TRUSTED_HOPS');
  } finally {
    await browser.close();
    proxy.close();
    await app.stop();
  }
});
