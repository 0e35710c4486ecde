import { expect, test } from 'vitest';
import { JOIN, LIEN, lines } from '../support/pages.ts';
import { createPair, takes } from '../support/realScene.ts';

/** What a connection begins with. */
const isFirst = ({ event }: { event: string }) => event === 'visit:attached' || event === 'desk:challenge';

/** Samira is gone, and the visitor is asked about Lien, who cannot wait for ever. */
async function choosing() {
  const pair = await createPair();
  const { time, visitor } = pair;
  visitor.visitor.talk.send('tegen Samira');
  await time.advance(3_000);
  pair.desk.kill();
  await time.advance(65_000);
  const lien = await pair.deskPage(await pair.computer(LIEN));
  await takes(lien);
  await time.advance(3_000);
  expect(visitor.visitor.view.value).toMatchObject({ is: 'choosing', peer: { name: LIEN.name } });
  return { ...pair, lien, question: visitor.visitor.view.value };
}

test('[Q7 W14] her place is given away while the visitor chooses: the question stays, and nothing says that it was away', async () => {
  const { visitor, lien, theVisit, time, question } = await choosing();
  await time.advance(95_000);
  expect(theVisit()).toMatchObject({ stage: 'waiting', unanswered: true, away: 'no' });
  expect(lien.talk.stage.value).toEqual({ is: 'released', why: 'unanswered' });
  expect(visitor.visitor.view.value).toEqual(question);
  await time.advance(600_000);
  expect(theVisit()).toMatchObject({ stage: 'waiting', unanswered: true, away: 'no' });
  expect(visitor.visitor.view.value).toEqual(question);
});

test('[E77 Q7 K2] the answer counts for that person by name: she gets the key without a second tap, and nothing that was refused', async () => {
  const { visitor, lien, theVisit, time } = await choosing();
  await time.advance(95_000);
  await visitor.visitor.choose('none');
  await time.advance(1_000);
  expect(theVisit()).toMatchObject({ unanswered: false });
  await takes(lien);
  await time.advance(5_000);
  expect(visitor.visitor.view.value).toMatchObject({ is: 'talking', peer: { name: LIEN.name } });
  expect(lines(lien.desk.talks.value.at(-1)!.talk).join()).not.toContain('tegen Samira');
});

test('[E77 K2] it counts for nobody else: a third one is asked about anew', async () => {
  const { visitor, lien, theVisit, time, computer, deskPage } = await choosing();
  await time.advance(95_000);
  await time.until(lien.desk.setStatus('paused'));
  await visitor.visitor.choose('all');
  await time.advance(1_000);
  const mia = await deskPage(await computer({ sub: 'mia', name: 'Mia', site: 'CLB Oost' }));
  await takes(mia);
  await time.advance(5_000);
  expect(visitor.visitor.view.value).toMatchObject({ is: 'choosing', peer: { name: 'Mia' } });
  expect(theVisit().sealed).toBe('');
});

test('[E77 W14] an answer that crosses with the end of the 90 s counts as well', async () => {
  const { visitor, lien, theVisit, time } = await choosing();
  await time.advance(95_000);
  // what the page knew was older: it sealed, and the service says that nobody is there
  await visitor.visitor.choose('all');
  await time.advance(20_000);
  await takes(lien);
  await time.advance(5_000);
  expect(theVisit().stage).toBe('talking');
  expect(lines(lien.desk.talks.value.at(-1)!.talk)).toContain('them: tegen Samira');
});

test('[E79] who has moved already is not torn away by the goodbye of the process it left', async () => {
  const { visitor, desk, theVisit, time } = await createPair({ first: JOIN.first });
  for (const { control } of [visitor, desk]) {
    control.inject('node:leaving', { jitterMs: 60_000 });
    control.cut();
    control.mend();
  }
  await time.advance(5_000);
  const connections = () => [visitor, desk].map(({ control }) => control.heard.filter(isFirst).length);
  const [conn, moved] = [theVisit().conn, connections()];
  await time.advance(120_000);
  expect(theVisit().conn).toBe(conn);
  expect(connections()).toEqual(moved);
});
