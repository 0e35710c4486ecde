import { expect, test } from 'vitest';
import { lines } from '../support/pages.ts';
import { createPair } from '../support/realScene.ts';

test.each([
  ['name', { name: 'Robin', site: 'CLB Noord' }],
  ['place', { name: 'Samira', site: 'CLB Zuid' }],
])(
  '[K2] whoever was signed under her account with another %s is another person: nothing is sealed before a tap',
  async (_what, words) => {
    const pair = await createPair();
    const { visitor } = pair.visitor;
    visitor.talk.send('voor Samira');
    await pair.time.advance(3_000);
    const robin = await pair.deskPage(await pair.computer({ sub: 'samira', ...words }));
    await robin.desk.enter?.({ takeOver: true });
    await pair.time.advance(30_000);
    visitor.talk.send('geheim voor Samira alleen');
    await pair.time.advance(10_000);
    expect(lines(robin.talk.talk)).not.toContain('them: geheim voor Samira alleen');
    expect(visitor.view.value.is).toBe('choosing');
  },
);
