import { expect, test } from 'vitest';
import { axeFinds } from '../support/axe.ts';
import { scene } from '../support/scene.ts';

test(
  '[T13 T14 T15 T17 O33 U57] Noor invites with the keys alone, somebody makes her account in another browser, gets in and has her computer signed, and is out as soon as she is blocked',
  scene(async (stage) => {
    const noor = await (await stage.newContext({ viewport: { width: 1_280, height: 800 } })).newPage();
    const press = (name: string | RegExp) => noor.getByRole('button', { name, exact: true }).press('Enter');
    await noor.goto(stage.app.console);
    await noor.getByRole('button', { name: 'Ga verder als Noor' }).click();
    await noor.getByRole('link', { name: 'Team' }).press('Enter');
    await noor.getByRole('row', { name: /Samir/ }).waitFor();
    expect(await noor.evaluate(() => document.activeElement?.id)).toBe('page-title');
    expect((await axeFinds(noor)).found).toEqual([]);

    await press('Nodig iemand uit');
    await noor.getByRole('radio', { name: /^Medewerker Chat/ }).press('ArrowUp'); // round to the last of the three
    await noor.keyboard.press('Tab');
    await noor.keyboard.type('Els');
    await noor.keyboard.press('Enter');
    const link = await noor.getByLabel('Link', { exact: true }).inputValue();
    expect(link.startsWith(`${stage.app.console}#begin=`)).toBe(true);
    await press('Klaar');
    expect(await noor.evaluate(() => document.activeElement?.textContent)).toBe('Nodig iemand uit');
    await noor.getByRole('row', { name: /Els.*Wacht op activatie.*nog niet/ }).waitFor();

    // beside the longest name that somebody may have
    const lines = await noor.getByRole('row', { name: /Samir/ }).evaluate((row) => {
      row.querySelector('b')!.textContent = 'Vandervandenbossche'.repeat(4).slice(0, 60);
      const word = document.createRange();
      word.selectNodeContents(row.querySelector('button')!);
      return word.getClientRects().length;
    });
    expect(lines).toBe(1);

    // what is not as wide as the window stands in it, whatever the letters
    for (const [width, size] of [
      [320, ''],
      [360, '200%'],
      [1_280, '200%'],
    ] as const) {
      await noor.setViewportSize({ width, height: 800 });
      await noor.evaluate((fontSize) => (document.documentElement.style.fontSize = fontSize), size);
      const wide = await noor.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide, `${width} ${size}`).toBe(0);
    }
    await noor.evaluate(() => (document.documentElement.style.fontSize = ''));

    const els = await (await stage.newContext({ viewport: { width: 360, height: 640 } })).newPage();
    const cdp = await els.context().newCDPSession(els);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await els.goto(link);
    await els.getByLabel('Je naam').fill('Els Maes');
    await els.getByRole('button', { name: 'Maak een passkey' }).click();
    await els.getByRole('button', { name: 'Maak tien herstelcodes' }).click();
    await els.getByLabel('Ik heb de codes bewaard').check();
    await els.getByRole('button', { name: 'Ga verder' }).click();
    await els.getByText('Je bent aangemeld als Els Maes.').waitFor();
    await els.getByRole('button', { name: 'Naar de openingsuren' }).click(); // she is a coordinator, too
    await els.getByRole('link', { name: 'Team' }).click();
    await els.getByRole('row', { name: /Els Maes.*jij.*Medewerker en coördinator/ }).waitFor();

    // Noor's page is of before: what she opens there is of before, and she is told
    await press('Beheer Els');
    await noor.getByRole('button', { name: 'Trek in' }).press('Enter');
    await noor.getByRole('alert').getByText('Dit bestaat niet meer.').waitFor();
    await press('Sluit');

    // her own computer is asked for, and Noor signs it: in the demonstration as everywhere
    await els.goto(stage.app.console);
    await els.getByRole('button', { name: 'Vraag deze computer aan' }).click();
    await els.getByRole('heading', { name: 'Je aanvraag wacht' }).waitFor();
    const groups = (page: typeof els, name: string) =>
      page.getByRole('list', { name }).getByRole('listitem').allInnerTexts();
    await noor.getByRole('link', { name: 'Toestellen' }).press('Enter');
    await noor.getByText('De demonstratie tekent in jouw naam.').waitFor();
    const hers = await groups(els, 'Vingerafdruk van deze computer');
    expect(hers).toHaveLength(8);
    expect(await groups(noor, 'Vingerafdruk van de computer van Els Maes')).toEqual(hers);
    await noor.getByLabel('Vestiging die bezoekers zien').fill('CLB De Horizon');
    await press('Klopt, teken');
    await noor.getByText('Bezoekers lezen: Els Maes, CLB De Horizon').waitFor();
    await els.getByRole('button', { name: /^Jouw status: / }).waitFor();
    await noor.getByRole('link', { name: 'Team' }).press('Enter');
    await els.getByRole('link', { name: 'Team' }).click();
    await els.getByRole('row', { name: /Els Maes.*jij/ }).waitFor();

    await press('Beheer Els Maes');
    await press('Blokkeer');
    await noor.getByRole('button', { name: 'Ja, blokkeer' }).press('Enter');
    await noor.getByRole('row', { name: /Els Maes.*Geblokkeerd/ }).waitFor();
    expect(await noor.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Beheer Els Maes');
    await els.getByRole('button', { name: 'Beheer Lien' }).click();
    await els.getByRole('button', { name: 'Bewaar' }).click();
    await els.getByRole('alert').getByText('Je aanmelding is afgelopen.').waitFor();
    await els.goto(link);
    await els.getByText('Dit adres werkt niet meer').waitFor();
  }),
);
