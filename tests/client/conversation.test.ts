import { expect, test } from 'vitest';
import { lines, states } from '../support/pages.ts';
import { createPair } from '../support/realScene.ts';
import { idle } from '../support/idle.ts';

test('[K3 C1] two who meet read each other, and the name comes from the certificate', async () => {
  const { visitor, desk, theVisit } = await createPair({ first: 'Ik durf niet naar school' });
  expect(visitor.visitor.view.value).toEqual({ is: 'talking', peer: { name: 'Samira', site: 'CLB Noord' } });
  expect(desk.talk.stage.value).toEqual({ is: 'talking' });
  expect(desk.talk.nick.value).toBe('Noor');
  expect(lines(desk.talk.talk)).toEqual(['them: Ik durf niet naar school']);

  desk.talk.talk.send('Dag Noor');
  await idle();
  visitor.visitor.talk.send('Hallo');
  await idle();
  expect(lines(visitor.visitor.talk)).toEqual([
    '(joined Samira)',
    'me: Ik durf niet naar school',
    'them: Dag Noor',
    'me: Hallo',
  ]);
  expect(lines(desk.talk.talk)).toEqual(['them: Ik durf niet naar school', 'me: Dag Noor', 'them: Hallo']);
  expect(theVisit().frames.length).toBe(5);
});

test('[E21] a tick comes from the other browser: pending, sent, read', async () => {
  const { visitor, desk, time } = await createPair();
  visitor.visitor.talk.send('Hallo');
  await idle();
  expect(states(visitor.visitor.talk)).toEqual(['Hallo pending']);
  await time.advance(2_000);
  expect(states(visitor.visitor.talk)).toEqual(['Hallo sent']);
  expect(desk.talk.talk.unread.value).toBe(1);
  desk.talk.talk.markRead();
  await time.advance(2_000);
  expect(states(visitor.visitor.talk)).toEqual(['Hallo read']);
  expect(desk.talk.talk.unread.value).toBe(0);
});
