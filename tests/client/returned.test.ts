import { expect, test } from 'vitest';
import { createComposer } from '../../widget/src/chat/composer.ts';
import { LIEN, lines } from '../support/pages.ts';
import { asks, createPair, goesFor, loses, takes } from '../support/realScene.ts';

test('[E71 W10] what was sent, and came back because another counsellor is there, stands in the field again after a reload', async () => {
  const pair = await createPair();
  const { visitor, desk, tab, visitorPage, time } = pair;
  const composer = createComposer(visitor.visitor.talk); // as the room of the widget has it
  desk.talk.talk.send('dag Noor');
  await time.advance(3_000);
  visitor.control.fate = loses(asks('talk:append'));
  composer.write('mijn papa slaat mij');
  expect(composer.send()).toBe(true);
  await goesFor(desk, pair);
  const lien = await pair.deskPage(await pair.computer(LIEN));
  await takes(lien);
  await time.advance(3_000);
  visitor.control.fate = () => 'now';
  await visitor.visitor.choose('none');
  await time.advance(5_000);
  expect(composer.draft.value).toBe('mijn papa slaat mij');
  expect(lines(lien.talk.talk)).not.toContain('them: mijn papa slaat mij');
  composer.stop();
  visitor.kill(); // a phone takes the page out of its memory

  const again = visitorPage(tab);
  const field = createComposer(again.visitor.talk);
  await again.visitor.resume();
  await time.advance(10_000);
  expect(again.visitor.view.value.is).toBe('talking');
  expect(field.draft.value).toBe('mijn papa slaat mij');
});
