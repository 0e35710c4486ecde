import { expect, test, vi } from 'vitest';
import { siteTyped } from '../../console/src/model/sites/site.ts';
import { sites } from '../../console/src/words/sites.ts';

test('[U37] a school with a letter with an accent in its address, written as browsers show it, is taken', () => {
  // Node 20 and 22 call it no address once what they ask was asked often and compiled; browsers do not
  vi.spyOn(URL, 'canParse').mockImplementation((address) => Boolean(new URL(address)));
  expect(siteTyped('Sint-José', 'https://www.sint-josé.be')).toMatchObject({
    ok: true,
    site: { origins: ['https://www.xn--sint-jos-i1a.be'] },
  });
});

test('[U37] the port that https has anyway is no other address', () => {
  expect(siteTyped('School', 'https://www.school.be:443')).toMatchObject({ ok: true });
});

test('[G93 U37] what nobody sees in the name of a school goes, and what nobody can read is said at that field', () => {
  const at = 'https://www.school.be';
  // what an earlier release let through stays where nobody touched it
  for (const stood of ['❤️', 'Sint-Jans\u00adcollege'])
    expect(siteTyped(stood, at, stood)).toMatchObject({ ok: true, site: { name: stood } });
  expect(siteTyped('Sint-Jans\u00adcollege', at)).toMatchObject({ ok: true, site: { name: 'Sint-Janscollege' } });
  expect(siteTyped('--', at)).toMatchObject({ ok: false, field: 'name', why: 'unread' });
  expect(siteTyped('\u200b', at)).toMatchObject({ ok: false, field: 'name', why: 'empty' });
});

// W105: on the page with #clbchat-check nothing shows until the button is pressed
test('[U39] who opens the page to see whether the snippet stands well is told to press the button there', () => {
  const { lead, silent } = sites.checking;
  expect(`${lead} ${silent}`).toMatch(/knop|druk|klik/i);
});
