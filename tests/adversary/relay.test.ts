import { deriveEpoch, type EpochKeys } from '@clbchat/shared/crypto/epoch';
import { sealFrame } from '@clbchat/shared/crypto/frame';
import { randomToken } from '@clbchat/shared/digest';
import { newMid } from '@clbchat/shared/ids';
import type { DeskState, HeldVisit } from '@clbchat/shared/protocol/counsellor';
import type { VisitState } from '@clbchat/shared/protocol/visitor';
import { expect, test, vi } from 'vitest';
import { idle } from '../support/idle.ts';
import { addToLog, forgeAcks, forgeAnswer, isFrame, tellTheTruth } from '../evil-relay/lies.ts';
import { JOIN, LIEN, lines, newTab } from '../support/pages.ts';
import {
  createPair,
  createScene,
  goesFor,
  isHint,
  loses,
  takes,
  type DeskPage,
  type Scene,
} from '../support/realScene.ts';
import { answersOffer, keysOf } from './forge.ts';

/** Samira and Noor have talked; Samira was lost, and Lien has taken Noor. */
async function handedOn() {
  const pair = await createPair();
  pair.visitor.visitor.talk.send('tegen Samira');
  pair.desk.talk.talk.send('van Samira');
  await pair.time.advance(3_000);
  await goesFor(pair.desk, pair);
  const lien = await pair.deskPage(await pair.computer(LIEN));
  await takes(lien);
  await pair.time.advance(3_000);
  return { ...pair, lien };
}

/** The relay asks for a new epoch in the visitor's name, and answers the offer itself. */
async function impersonates(
  { theVisit, time, desk }: Pick<Scene, 'theVisit' | 'time'> & { desk: DeskPage },
  previous: EpochKeys,
): Promise<void> {
  const visit = theVisit();
  const epoch = visit.epochNext;
  visit.keyWanted = visit.epoch;
  await time.advance(15_000);
  expect(visit.epoch).toBe(epoch);
  const ck = await answersOffer(visit, previous);
  const { visitId } = visit;
  desk.control.inject('key:sealed', { visitId, rev: visit.rev, epoch, sealed: visit.sealed });
  await time.advance(3_000);
  const keys = await deriveEpoch(ck, visit.visitId, epoch);
  const header = { type: 1, visitId: visit.visitId, epoch, side: 'v', stream: randomToken(8), n: 1 } as const;
  const frame = await sealFrame(keys, header, { k: 'text', mid: newMid(), m: 'ik ben het hoor' });
  desk.control.inject('talk:frame', { visitId, seq: addToLog(visit, frame), frame, epoch });
  await time.advance(3_000);
}

test('[K2] the name changes under the finger: a tap for one is no tap for another', async () => {
  const scene = await handedOn();
  const { visitor, lien, time } = scene;
  const seals = () => visitor.control.asked.filter(({ event }) => event === 'key:seal').length;
  const before = seals();
  expect(visitor.visitor.view.value).toMatchObject({ is: 'choosing', peer: { name: 'Lien' } });
  // the page hears nothing, and does not look while it is hidden
  visitor.control.fate = loses(isHint);
  visitor.visible = false;
  await goesFor(lien, scene);
  const mo = await scene.deskPage(await scene.computer({ sub: 'mo', name: 'Mo', site: 'CLB West' }));
  await takes(mo);
  expect(visitor.visitor.view.value).toMatchObject({ is: 'choosing', peer: { name: 'Lien' } });

  // the page looks at the new offer, and at that instant the person presses what stands there: Lien
  const native = crypto.subtle.verify.bind(crypto.subtle);
  const verify = vi.spyOn(crypto.subtle, 'verify').mockImplementationOnce((...args) => {
    void visitor.visitor.choose('all');
    return native(...args);
  });
  visitor.show();
  await time.advance(3_000);
  expect(verify).toHaveBeenCalled();
  verify.mockRestore();
  expect(visitor.visitor.view.value).toMatchObject({ is: 'choosing', peer: { name: 'Mo' } });
  expect(seals()).toBe(before);
  visitor.control.fate = () => 'now';
  await visitor.visitor.choose('none');
  await time.advance(3_000);
  expect(visitor.visitor.view.value).toMatchObject({ is: 'talking', peer: { name: 'Mo' } });
});

test('[K6] a former counsellor with a hacked relay is not the visitor, though the keys of her time came as history', async () => {
  const scene = await handedOn();
  const { visitor, lien, time } = scene;
  await visitor.visitor.choose('all');
  await time.advance(3_000);
  expect(lines(lien.talk.talk)).toContain('colleague: van Samira');
  const hers = await keysOf(scene, 1);
  visitor.control.cut();
  await impersonates({ ...scene, desk: lien }, hers);
  expect(lines(lien.talk.talk)).toEqual(['[sealed_off]', '(unlinked)', 'them: ik ben het hoor']);
  expect(lien.talk.nick.value).toBe('');
});

test('[K6] a relay that hides what a reloaded console needs, and answers in the place of the visitor: the console is warned', async () => {
  const scene = await createPair();
  const { visitor, desk, samira, deskPage, theVisit, time } = scene;
  visitor.visitor.talk.send('van de echte');
  await time.advance(3_000);
  desk.kill();
  visitor.control.cut();
  theVisit().shareC = null;
  const again = await deskPage(samira);
  await idle();
  const visit = theVisit();
  const ck = await answersOffer(visit, null);
  const { visitId, rev, epoch, sealed } = visit;
  again.control.inject('key:sealed', { visitId, rev, epoch, sealed });
  await time.advance(3_000);
  expect(ck).toHaveLength(32);
  expect(again.talk.talk.secure.value).toBe(true);
  expect(lines(again.talk.talk)).toContain('(unlinked)');
});

test('[K6] the visitor itself, after the service lost that half: its key shows that it is the same, and nobody is warned', async () => {
  const { visitor, desk, samira, deskPage, theVisit, time } = await createPair();
  visitor.visitor.talk.send('van de echte');
  await time.advance(3_000);
  desk.kill();
  theVisit().shareC = null;
  const again = await deskPage(samira);
  await time.advance(3_000);
  expect(lines(again.talk.talk)).toEqual(expect.arrayContaining(['them: van de echte', '(history_shared)']));
  expect(lines(again.talk.talk)).not.toContain('(unlinked)');
});

test('[E51] a visit that ended is not taken up again because a relay goes on naming it', async () => {
  const { visitor, desk, theVisit, time } = await createPair();
  desk.talk.talk.send('een woord');
  await time.advance(3_000);
  const { visitId, vnonce, role, topic, lang } = theVisit();
  const ghost: HeldVisit = {
    ...{ visitId, vnonce, role, topic, lang, stage: 'talking', hold: 7, rev: 99, epoch: 4, epochNext: 5 },
    ...{ keyWanted: 0, waitedMs: 0, peer: 'here', last: 0 },
  };
  await visitor.visitor.end();
  await idle();
  expect(desk.talk.stage.value).toEqual({ is: 'ended', reason: 'visitor_left' });
  forgeAnswer<DeskState>(desk, 'desk:state', (state) => ({ ...state, held: [ghost] }));
  desk.control.asked.length = 0;
  for (const gone of [false, true]) {
    if (gone) desk.desk.dismiss(visitId);
    await time.advance(20_000);
    const asked = desk.control.asked.splice(0).map(({ event }) => event);
    expect(asked).toContain('desk:end');
    expect(asked).not.toContain('key:offer');
    expect(desk.desk.talks.value.map(({ stage }) => stage.value.is)).toEqual(gone ? [] : ['ended']);
  }
});

test('[E52 E35] after a change of person each word stands under the name of who wrote it, also after a reload', async () => {
  const scene = await handedOn();
  const { visitor, lien, visitorPage, tab, time } = scene;
  await visitor.visitor.choose('none');
  await time.advance(3_000);
  lien.talk.talk.send('van Lien');
  await time.advance(3_000);
  const signed = (page = visitor) =>
    page.visitor.talk.items.value.flatMap((item) =>
      item.is === 'text' && item.from === 'them' ? [`${item.by}: ${item.text}`] : [],
    );
  expect(signed()).toEqual(['Samira: van Samira', 'Lien: van Lien']);
  visitor.kill();
  const again = visitorPage(tab);
  await again.visitor.resume();
  await time.advance(3_000);
  expect(again.visitor.view.value).toMatchObject({ peer: { name: 'Lien' } });
  expect(signed(again)).toEqual(['Samira: van Samira', 'Lien: van Lien']);
});

test('[E54 V2] one answer that makes no sense at all does not keep a page from hearing the next', async () => {
  const { visitor, desk, time } = await createPair();
  for (const { control } of [visitor, desk]) control.fate = loses(isFrame);
  for (const page of [visitor, desk])
    forgeAcks(page, (event, ack) => (event === 'talk:since' ? { ok: true, value: { more: true } } : ack));
  await time.advance(40_000).catch(() => undefined);
  for (const page of [visitor, desk]) tellTheTruth(page);
  visitor.visitor.talk.send('hoor je mij');
  desk.talk.talk.send('en jij mij');
  await time.advance(40_000);
  expect(lines(desk.talk.talk)).toContain('them: hoor je mij');
  expect(lines(visitor.visitor.talk)).toContain('them: en jij mij');
  await goesFor(desk, { time });
  expect(visitor.visitor.view.value.is).toBe('waiting');
});

test.each([{ more: true }, null, 'yes'])(
  '[E54] the frames answered by %j do not keep a page that was loaded again from hearing where its visit stands',
  async (value) => {
    const { visitor, desk, tab, visitorPage, time } = await createPair();
    visitor.kill();
    const again = visitorPage(tab);
    await again.visitor.resume();
    forgeAcks(again, (event, ack) => (event === 'talk:since' ? { ok: true, value } : ack));
    await time.advance(20_000);
    expect(again.visitor.view.value.is).toBe('talking');
    await goesFor(desk, { time });
    expect(again.visitor.view.value.is).toBe('waiting');
  },
);

test.each([null, 'yes', {}])(
  '[E54 V2] a state that is answered by %j keeps neither page from hearing the next',
  async (value) => {
    const { visitor, desk, time } = await createPair();
    for (const page of [visitor, desk])
      forgeAcks(page, (event, ack) => (event === 'visit:state' || event === 'desk:state' ? { ok: true, value } : ack));
    await time.advance(40_000);
    for (const page of [visitor, desk]) tellTheTruth(page);
    await goesFor(desk, { time });
    await time.advance(20_000);
    expect(visitor.visitor.view.value.is).toBe('waiting');
  },
);

test('[E45] a relay that says "you talk already" to a page that nobody looks at gets no key out of it', async () => {
  const scene = await createScene();
  const page = scene.visitorPage(newTab());
  await page.visitor.join(JOIN);
  page.visible = false;
  forgeAnswer<VisitState>(page, 'visit:state', (state) => ({ ...state, stage: 'talking' }));
  const desk = await scene.deskPage(await scene.computer());
  await takes(desk);
  await scene.time.advance(30_000);
  expect(page.control.asked.map(({ event }) => event)).not.toContain('key:seal');
  page.show();
  await scene.time.advance(3_000);
  expect(page.control.asked.map(({ event }) => event)).toContain('key:seal');
});
