import type { Item } from '@clbchat/shared/client/views';
import { cleanup, render } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import { createLines } from '../../console/src/ui/chat/lines.tsx';
import { partsOf } from '../../widget/src/chat/links.ts';
import { fakeVisitor, text, waiting } from '../widget/fakeVisitor.ts';
import { now, onScreen, page, show } from '../widget/screen.tsx';

const lines = () => [...document.querySelectorAll('a[href^="tel:"]')].map((line) => line.getAttribute('href'));
const all = ['tel:112', 'tel:1813', 'tel:102', 'tel:1712', 'tel:106'];

describe('what a visitor is told when nobody may be trusted', () => {
  onScreen();

  test.each([
    ['clock', 'De klok van dit toestel staat verkeerd.'],
    ['chain', 'We konden niet nagaan wie de medewerker is.'],
    ['version', 'Deze pagina is te oud om veilig te chatten.'],
  ] as const)('[E53] %s: a sentence and the help lines, while waiting and at the end', (trust, sentence) => {
    show(fakeVisitor(waiting({ front: 'refused', trust })));
    expect(page()).toContain(sentence);
    expect(lines()).toEqual(expect.arrayContaining(all));
  });

  test.each(['clock', 'chain', 'version'] as const)('[E53] %s, when the visit ended of it', (trust) => {
    show(fakeVisitor({ is: 'ended', reason: 'refused', talked: false, trust }));
    expect(page()).not.toContain('Je was te lang weg.');
    expect(page()).toMatch(/klok|nagaan|te oud/);
    expect(lines()).toEqual(expect.arrayContaining(all));
  });
});

describe('words of two counsellors', () => {
  onScreen();

  test('[E52] each stands under its own name', () => {
    const { fake } = show(fakeVisitor({ is: 'talking', peer: { name: 'Lien', site: 'CLB' } }));
    const both = [text('them', 'van Samira', { by: 'Samira' }), text('them', 'van Lien', { by: 'Lien' })];
    now(() => (fake.talk.items.value = both));
    expect([...document.querySelectorAll('.who')].map((who) => who.textContent)).toEqual(['Samira', 'Lien']);
  });
});

test('[E52] what a colleague wrote before is hers on the counsellor’s screen', () => {
  const item = (colleague: boolean) =>
    ({
      key: `${colleague}`,
      from: 'me',
      atMs: 0,
      is: 'text',
      text: 'dag',
      state: 'read',
      ...(colleague && { colleague }),
    }) as Item;
  const items = [item(true), item(false)];
  const line = createLines();
  render(<ol>{items.map((_, at) => line(items, at, 'Noor', false))}</ol>);
  const [hers, mine] = document.querySelectorAll('li');
  expect(hers?.textContent).toContain('Collega');
  expect(mine?.textContent).not.toContain('Collega');
  cleanup();
});

describe('addresses of a counsellor', () => {
  const linked = (words: string) => partsOf(words).flatMap((part) => (part.is === 'link' ? [part.url] : []));

  test.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)//https',
    'data:text/html,<b>x</b>',
    'http://clb.be',
    'ftp://clb.be',
    'https:clb.be',
    'https://',
    'https://clb.be@evil.example/',
    'https://clb.be:geheim@evil.example/',
    'https://\u0441lb.be/',
    'https://clb\u2024be/',
    'https://clb.be\\@evil.example/',
    'https://[::1',
  ])('[E56] %s is text', (words) => {
    expect(linked(words)).toEqual([]);
  });

  test('[E56] an address is followed to where it says, and nowhere else', () => {
    expect(linked('kijk op https://www.awel.be/chat?x=1#y. Of (https://clb.be)!')).toEqual([
      'https://www.awel.be/chat?x=1#y',
      'https://clb.be',
    ]);
  });
});
