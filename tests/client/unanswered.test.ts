import { expect, test } from 'vitest';
import { idle } from '../support/idle.ts';
import { createPair, createScene, JOIN, LIEN, lines, newTab, SAMIRA } from '../support/pair.ts';

/** Samira is gone, and the visitor is asked about Lien, who cannot wait for ever. */
async function choosing() {
  const pair = await createPair();
  const { relay, theVisit, time, visitor } = pair;
  visitor.visitor.talk.send('tegen Samira');
  await time.advance(3_000);
  relay.release(theVisit());
  await idle();
  const lien = await pair.deskPage(await pair.computer(LIEN));
  await lien.desk.take('next');
  await time.advance(3_000);
  expect(visitor.visitor.view.value).toMatchObject({ is: 'choosing', peer: { name: LIEN.name } });
  return { ...pair, lien, question: visitor.visitor.view.value };
}

test('[W14 Q7] the slot is given away while the visitor chooses: the question stays, and nothing says that it was away', async () => {
  const { visitor, relay, theVisit, time, question } = await choosing();
  relay.release(theVisit(), 'unanswered', true);
  await time.advance(300_000);
  expect(visitor.visitor.view.value).toEqual(question);
});

test('[W14 Q7 K2] the answer counts for that person by name: she gets the key without a second tap', async () => {
  const { visitor, relay, theVisit, time, lien } = await choosing();
  relay.release(theVisit(), 'unanswered', true);
  await time.advance(20_000);
  await visitor.visitor.choose('none');
  await time.advance(1_000);
  expect(theVisit()).toMatchObject({ stage: 'waiting', unanswered: false });
  expect(visitor.visitor.view.value).toMatchObject({ is: 'waiting', unanswered: false });
  await lien.desk.take('next');
  await time.advance(5_000);
  expect(visitor.visitor.view.value).toMatchObject({ is: 'talking', peer: { name: LIEN.name } });
  expect(lines(lien.talk.talk).join()).not.toContain('tegen Samira');
});

test('[K2 W14] it counts for nobody else: a third one is asked about anew', async () => {
  const { visitor, relay, theVisit, time, ...pair } = await choosing();
  relay.release(theVisit(), 'unanswered', true);
  await time.advance(20_000);
  await visitor.visitor.choose('all');
  await time.advance(1_000);
  const mia = await pair.deskPage(await pair.computer({ sub: 'mia', name: 'Mia', site: 'CLB Oost' }));
  await mia.desk.take('next');
  await time.advance(5_000);
  expect(visitor.visitor.view.value).toMatchObject({ is: 'choosing', peer: { name: 'Mia' } });
  expect(theVisit().sealed).toBeUndefined();
});

test('[W14 Q7] an answer that crosses with the end of the 90 s counts as well', async () => {
  const { visitor, relay, theVisit, time } = await choosing();
  const answered = visitor.visitor.choose('all');
  visitor.control.faults.refuse = (event) => (event === 'key:seal' ? 'stage' : null);
  relay.release(theVisit(), 'unanswered', true);
  await answered;
  await time.advance(1_000);
  expect(theVisit()).toMatchObject({ stage: 'waiting', unanswered: false });
});

test('[R10 D4] a console whose disk refuses lets go at once, and says why', async () => {
  const scene = await createScene();
  const visitor = scene.visitorPage(newTab());
  await visitor.visitor.join({ ...JOIN });
  const samira = await scene.computer(SAMIRA);
  // the disk is full, or was taken away: every write rejects
  Object.defineProperty(samira, 'rows', {
    get: () => [],
    set() {
      throw new Error('QuotaExceededError');
    },
  });
  const desk = await scene.deskPage(samira);
  await desk.desk.take('next');
  await scene.time.advance(5_000);
  expect(desk.talk.stage.value).toEqual({ is: 'released', why: 'unkept' });
  expect(visitor.visitor.view.value).toMatchObject({ is: 'waiting', front: 'unkept', unanswered: false });
});

test.each(['counsellor_gone', 'refused', 'visitor_away'] as const)(
  '[R9 D4 V2] the counsellor reads why she lost a conversation (%s), also when the hint of it was lost',
  async (why) => {
    for (const lost of [false, true]) {
      const { desk, relay, theVisit, time, visitor } = await createPair();
      desk.control.faults.loseHint = () => lost;
      visitor.control.faults.loseHint = () => lost;
      relay.release(theVisit(), why);
      await time.advance(16_000);
      expect(desk.talk.stage.value).toEqual({ is: 'released', why });
      expect(visitor.visitor.view.value).toMatchObject({ is: 'waiting', front: why });
    }
  },
);

test('[R8 E40 V2] that nobody writes is told on both sides, by hint or by state, until somebody does', async () => {
  for (const lost of [false, true]) {
    const { desk, relay, theVisit, time, visitor } = await createPair();
    desk.control.faults.loseHint = (event) => lost && event === 'talk:idle';
    visitor.control.faults.loseHint = (event) => lost && event === 'talk:idle';
    theVisit().idleLeftMs = 120_000;
    relay.toVisitor(theVisit(), 'talk:idle', { leftMs: 120_000 });
    relay.toHolder(theVisit(), 'talk:idle', { leftMs: 120_000 });
    await time.advance(lost ? 16_000 : 100);
    expect(visitor.visitor.idleLeftMs.value).toBe(120_000);
    expect(desk.talk.idleLeftMs.value).toBe(120_000);
    delete theVisit().idleLeftMs;
    desk.talk.talk.send('ben je er nog');
    await time.advance(1_000);
    expect(visitor.visitor.idleLeftMs.value).toBeNull();
    expect(desk.talk.idleLeftMs.value).toBeNull();
  }
});
