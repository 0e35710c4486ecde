import type { AccountId } from '@clbchat/shared/ids';
import { expect, test } from 'vitest';
import { idle } from '../support/idle.ts';
import { JOIN, newTab } from '../support/pages.ts';
import { createPair, createScene, loses, takes, type DeskPage, type Scene } from '../support/realScene.ts';

/** A console that is ready, and what the store has of it. */
async function ready() {
  const scene = await createScene();
  const samira = await scene.computer();
  const page = await scene.deskPage(samira);
  await page.desk.setStatus('available');
  const stored = () => {
    const desk = scene.live.desks.get('samira' as AccountId);
    if (!desk) throw new Error('she has no desk');
    return desk;
  };
  return { ...scene, samira, page, stored };
}
async function withoutNetwork(page: DeskPage, { time }: Pick<Scene, 'time'>) {
  page.control.cut();
  await time.advance(50_000);
  page.control.mend();
  await time.advance(3_000);
}

test.each(['paused', 'wrap-up'] as const)(
  '[R3 D16] who was set to %s by the service does not become available by a bad network',
  async (status) => {
    const scene = await ready();
    scene.stored().status = status;
    scene.page.show();
    await idle();
    expect(scene.page.desk.status.value).toBe(status);
    await withoutNetwork(scene.page, scene);
    expect(scene.stored().status).toBe(status);
    expect(scene.page.desk.status.value).toBe(status);
  },
);

test('[D16] who loaded her page again stays available after 50 s without network', async () => {
  const scene = await ready();
  scene.page.kill();
  const again = await scene.deskPage(scene.samira);
  expect(again.desk.status.value).toBe('available');
  await withoutNetwork(again, scene);
  expect(scene.stored().status).toBe('available');
});

test('[D16 V2] a console comes back by itself after the live store started anew, as it was', async () => {
  const scene = await ready();
  scene.newLife();
  await scene.time.advance(16_000);
  expect(scene.page.desk.view.value).toEqual({ is: 'here' });
  expect(scene.stored().status).toBe('available');
});

test('[R9 V10] what she presses at a desk that the store has just forgotten is done all the same', async () => {
  const scene = await createScene();
  const { desk } = await scene.deskPage(await scene.computer());
  await desk.setStatus('available');
  scene.newLife();
  expect(await desk.setStatus('paused')).toEqual({ ok: true, value: null });
  await scene.time.advance(20_000);
  expect(desk.status.value).toBe('paused');
  expect(desk.problem.value).toBeNull();
});

test('[N3] a console whose socket goes while it sits down leaves nothing behind that the service goes on asking', async () => {
  let enter: () => void = () => undefined;
  const entering = new Promise<void>((resolve) => (enter = resolve));
  let rows = 0;
  const scene = await createScene({
    store: ({ presence, queue, ...others }) => ({
      ...others,
      presence: { ...presence, enter: (input) => entering.then(() => presence.enter(input)) },
      queue: {
        ...queue,
        rows(max) {
          rows += 1;
          return queue.rows(max);
        },
      },
    }),
  });
  const page = await scene.deskPage(await scene.computer(), { enter: false });
  void page.desk.enter();
  await idle();
  page.kill();
  await idle();
  enter();
  await idle();
  const before = rows;
  await scene.time.advance(10_000);
  expect(rows).toBe(before); // nobody is connected, so nobody is told of the line
});

test('[E42 V2] a ring that comes in one packet with the answer to "available" stays on the screen', async () => {
  const scene = await createScene();
  await scene.visitorPage(newTab()).visitor.join({ ...JOIN });
  const { desk } = await scene.deskPage(await scene.computer());
  await desk.setStatus('available');
  await idle();
  expect(desk.rings.value).toHaveLength(1);
});

test('[E78 R10 D4 K3] a console whose disk refuses says so, and holds nobody for ninety seconds', async () => {
  const scene = await createScene();
  const visitor = scene.visitorPage(newTab());
  await visitor.visitor.join({ ...JOIN });
  const desk = await scene.deskPage(await scene.computer(), {
    keep: (keep) => ({ ...keep, write: () => Promise.reject(new Error('QuotaExceededError')) }),
  });
  await takes(desk);
  await scene.time.advance(5_000);
  expect(desk.talk.stage.value).toEqual({ is: 'released', why: 'unkept' });
  expect(scene.theVisit().holder).toBe('');
  // and it does not ring at the same console at once
  await scene.time.advance(5_000);
  expect(scene.theVisit().holder).toBe('');
  expect(visitor.visitor.view.value.is).toBe('waiting');
});

test('[R12 D36 Q3] somebody who went before the first word is put back with one press, and is first again when it is back', async () => {
  const scene = await createScene();
  const visitor = scene.visitorPage(newTab());
  await visitor.visitor.join({ ...JOIN });
  const desk = await scene.deskPage(await scene.computer());
  // it goes in the moment in which it is accepted, and never hears of the key
  visitor.control.fate = loses(({ way }) => way === 'down');
  await takes(desk);
  visitor.control.cut();
  expect(desk.talk.stage.value).toEqual({ is: 'opening' });
  const presses = [desk.talk.putBack(), desk.talk.putBack()]; // a nervous finger
  expect(await scene.time.until(Promise.all(presses))).toMatchObject([{ ok: true }, { ok: true }]);
  expect(desk.talk.stage.value).toEqual({ is: 'released', why: 'visitor_away' });
  expect(scene.theVisit()).toMatchObject({ holder: '', stage: 'waiting', front: 'visitor_away' });
  visitor.control.fate = () => 'now';
  visitor.control.mend();
  await scene.time.advance(5_000);
  expect(visitor.visitor.view.value).toMatchObject({ is: 'waiting', ahead: 0 });
});

test('[R12] who is back by then is not sent away, and the console learns it', async () => {
  const { desk } = await createPair();
  expect(await desk.talk.putBack()).toEqual({ ok: false, code: 'not_away' });
  expect(desk.talk.stage.value).toEqual({ is: 'talking' });
});

test('[D4] the counsellor reads why she lost a conversation', async () => {
  const stages: object[] = [];
  {
    // her own connection was away for too long
    const { desk, time } = await createPair();
    desk.control.cut();
    await time.advance(65_000);
    desk.control.mend();
    await time.advance(15_000);
    stages.push(desk.talk.stage.value);
  }
  {
    // the visitor refused the key
    const scene = await createScene();
    const visitor = scene.visitorPage(newTab());
    await visitor.visitor.join({ ...JOIN });
    visitor.skewMs = 15 * 86_400_000;
    const desk = await scene.deskPage(await scene.computer());
    await takes(desk);
    await scene.time.advance(15_000);
    stages.push(desk.talk.stage.value);
  }
  const [away, refused] = stages;
  expect(away).toMatchObject({ is: 'released', why: expect.any(String) });
  expect(refused).toMatchObject({ is: 'released', why: expect.any(String) });
  expect(away).not.toEqual(refused);
});
