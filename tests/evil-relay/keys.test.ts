import { fromBase64url } from '@clbchat/shared/base64url';
import { digestOf, randomToken } from '@clbchat/shared/digest';
import { newMid } from '@clbchat/shared/ids';
import { deriveEpoch, makeKey } from '@clbchat/shared/crypto/epoch';
import { sealFrame } from '@clbchat/shared/crypto/frame';
import { makeEphemeral, openKey, sealKey } from '@clbchat/shared/crypto/seal';
import { unwrap } from '@clbchat/shared/crypto/split';
import type { DeskState } from '@clbchat/shared/protocol/counsellor';
import type { VisitState } from '@clbchat/shared/protocol/visitor';
import type { Ack } from '@clbchat/shared/protocol/wire';
import { makeKeyOffer, offerDigestOf } from '@clbchat/shared/statement/keyOffer';
import { describe, expect, test } from 'vitest';
import { makeAuthority } from '../crypto/authority.ts';
import { idle } from '../support/idle.ts';
import { JOIN, LIEN, lines, newTab, SAMIRA } from '../support/pages.ts';
import { asks, createPair, createScene, loses, takes } from '../support/realScene.ts';
import { addToLog, forgeAnswer, tellTheTruth } from './lies.ts';

type Scene = Awaited<ReturnType<typeof waitingFor>>;

/** A visitor that waits, a counsellor that takes it, and a relay that may change what is said about keys. */
async function waitingFor() {
  const scene = await createScene();
  const tab = newTab();
  const visitor = scene.visitorPage(tab);
  await visitor.visitor.join({ ...JOIN, first: 'geheim' });
  await idle();
  const desk = await scene.deskPage(await scene.computer());
  return { ...scene, tab, visitor, desk };
}

const changeOffer = ({ visitor }: Scene, change: (offer: string) => string) =>
  forgeAnswer<VisitState>(visitor, 'visit:state', (state) =>
    state.keyOffer ? { ...state, keyOffer: change(state.keyOffer) } : state,
  );
const sealsOf = ({ visitor }: Pick<Scene, 'visitor'>) =>
  visitor.control.asked.filter(({ event }) => event === 'key:seal');

describe('[K1 K2] a relay that puts a key of its own before the visitor', () => {
  test('signed by a root that nobody pinned', async () => {
    const scene = await waitingFor();
    const mallory = await makeAuthority({ who: SAMIRA });
    const { publicBytes } = await makeEphemeral();
    const { visitId, vnonce } = scene.theVisit();
    const forged = await makeKeyOffer({
      ...{ visitId, vnonce, epoch: 1, ephemeralPublic: publicBytes },
      ...{ deviceKey: mallory.device.privateKey, chain: mallory.chain },
    });
    changeOffer(scene, () => forged);
    await takes(scene.desk);
    await scene.time.advance(30_000);
    expect(sealsOf(scene)).toEqual([]);
    expect(scene.visitor.control.asked).toContainEqual({ event: 'key:refuse', input: { epoch: 1, why: 'chain' } });
    expect(scene.visitor.visitor.view.value).toMatchObject({ is: 'waiting' });
  });

  test("a genuine counsellor's chain under another's signature", async () => {
    const scene = await waitingFor();
    const mallory = await makeAuthority({ who: LIEN });
    const { publicBytes } = await makeEphemeral();
    const { visitId, vnonce } = scene.theVisit();
    const { chain } = scene.desk.computer.authority;
    const forged = await makeKeyOffer({
      ...{ visitId, vnonce, epoch: 1, ephemeralPublic: publicBytes },
      ...{ deviceKey: mallory.device.privateKey, chain },
    });
    changeOffer(scene, () => forged);
    await takes(scene.desk);
    await scene.time.advance(30_000);
    expect(sealsOf(scene)).toEqual([]);
  });

  test('a name written over in the certificate', async () => {
    const scene = await waitingFor();
    changeOffer(scene, (offer) => {
      const parts = offer.split('.');
      const device = Buffer.from(parts[4] ?? '', 'base64url')
        .toString()
        .replace('Samira', 'Mallor');
      return parts.with(4, Buffer.from(device).toString('base64url')).join('.');
    });
    await takes(scene.desk);
    await scene.time.advance(30_000);
    expect(sealsOf(scene)).toEqual([]);
    expect(JSON.stringify(scene.visitor.visitor.view.value)).not.toContain('Mallor');
  });

  test.each(['visitId', 'vnonce', 'epoch'] as const)('a genuine offer for another %s', async (field) => {
    const scene = await waitingFor();
    const { authority } = scene.desk.computer;
    const { publicBytes } = await makeEphemeral();
    const { visitId, vnonce } = scene.theVisit();
    const occasion = { visitId: visitId as string, vnonce, epoch: 1 };
    const other = { visitId: randomToken(16), vnonce: randomToken(32), epoch: 7 };
    const replayed = await makeKeyOffer({
      ...{ ...occasion, [field]: other[field], ephemeralPublic: publicBytes },
      ...{ deviceKey: authority.device.privateKey, chain: authority.chain },
    });
    changeOffer(scene, () => replayed);
    await takes(scene.desk);
    await scene.time.advance(30_000);
    expect(sealsOf(scene)).toEqual([]);
  });

  test('the same epoch a second time, with another genuine key: nothing is sealed to it', async () => {
    const pair = await createPair();
    const home = await pair.computer(SAMIRA);
    const { publicBytes } = await makeEphemeral();
    const { visitId, vnonce } = pair.theVisit();
    const second = await makeKeyOffer({
      ...{ visitId, vnonce, epoch: 1, ephemeralPublic: publicBytes },
      ...{ deviceKey: home.authority.device.privateKey, chain: home.authority.chain },
    });
    const before = sealsOf(pair).length;
    forgeAnswer<VisitState>(pair.visitor, 'visit:state', (state) => ({
      ...{ ...state, stage: 'opening', epoch: 1, keyOffer: second, sealedSet: false },
    }));
    await pair.time.advance(30_000);
    expect(before).toBe(1);
    expect(sealsOf(pair)).toHaveLength(1);
  });

  test('the same before it was confirmed: what is sealed again goes to the first key or nowhere', async () => {
    const scene = await waitingFor();
    const home = await scene.computer(SAMIRA);
    scene.desk.control.fate = loses(asks('key:share'));
    await takes(scene.desk);
    await idle();
    expect(sealsOf(scene)).toHaveLength(1);
    const { publicBytes } = await makeEphemeral();
    const { visitId, vnonce } = scene.theVisit();
    const second = await makeKeyOffer({
      ...{ visitId, vnonce, epoch: 1, ephemeralPublic: publicBytes },
      ...{ deviceKey: home.authority.device.privateKey, chain: home.authority.chain },
    });
    const genuine = scene.theVisit().keyOffer;
    let offer = genuine;
    forgeAnswer<VisitState>(scene.visitor, 'visit:state', (state) => ({
      ...{ ...state, keyOffer: offer, sealedSet: false },
    }));
    // the genuine one again: the same key, for the same reader
    await scene.time.advance(15_000);
    const sealed = sealsOf(scene).length;
    expect(sealed).toBeGreaterThan(1);
    offer = second;
    await scene.time.advance(30_000);
    expect(sealsOf(scene)).toHaveLength(sealed);
  });

  test('an epoch from before, after a reload: nothing is sealed, and nothing is said under it', async () => {
    const pair = await createPair();
    forgeAnswer<VisitState>(pair.visitor, 'visit:state', (state) => ({ ...state, epoch: 0 }));
    pair.visitor.visitor.talk.send('gewoon door');
    await pair.time.advance(30_000);
    expect(sealsOf(pair)).toHaveLength(1);
    expect(lines(pair.desk.talk.talk)).toContain('them: gewoon door');
  });

  test("the certificate is of another time than the visitor's clock: refused, and the reason is said", async () => {
    const scene = await waitingFor();
    scene.visitor.skewMs = 15 * 86_400_000;
    await takes(scene.desk);
    await scene.time.advance(1_000);
    const refusals = scene.visitor.control.asked.filter(({ event }) => event === 'key:refuse');
    expect(sealsOf(scene)).toEqual([]);
    expect(refusals[0]?.input).toEqual({ epoch: 1, why: 'clock' });
  });
});

describe('[K6] a relay that takes the place of the visitor', () => {
  test('it answers a new key offer itself: the counsellor is told, and reads and sends nothing of before', async () => {
    const { visitor, desk, samira, theVisit, time, deskPage } = await createPair();
    visitor.visitor.talk.send('van de echte');
    desk.talk.talk.send('aan de echte');
    await time.advance(3_000);
    visitor.control.cut();
    desk.talk.talk.send('nog voor de echte');
    await idle();
    const visit = theVisit();
    // the relay says that the visitor lost its key, and seals one of its own to what comes
    visit.keyWanted = visit.epoch;
    await time.advance(15_000);
    expect(visit.epoch).toBe(2);
    const { keyOffer } = visit;
    const payload = JSON.parse(Buffer.from(keyOffer.split('.')[6] ?? '', 'base64url').toString()) as { pub: string };
    const ephemeralPublic = fromBase64url(payload.pub);
    if (!ephemeralPublic) throw new Error('no key in the offer');
    const ck = makeKey();
    const offerDigest = await offerDigestOf(keyOffer);
    visit.sealed = await sealKey({
      ephemeralPublic,
      offerDigest,
      visitId: visit.visitId,
      epoch: 2,
      ck,
      link: randomLink(),
    });
    desk.control.inject('key:sealed', { visitId: visit.visitId, rev: visit.rev, epoch: 2, sealed: visit.sealed });
    await time.advance(3_000);

    const keys = await deriveEpoch(ck, visit.visitId, 2);
    const header = { type: 1, visitId: visit.visitId, epoch: 2, side: 'v', stream: randomToken(8), n: 1 } as const;
    const frame = await sealFrame(keys, header, { k: 'text', mid: newMid(), m: 'ik ben het hoor' });
    const seq = addToLog(visit, frame);
    desk.control.inject('talk:frame', { visitId: visit.visitId, seq, frame, epoch: 2 });
    await time.advance(3_000);

    expect(lines(desk.talk.talk)).toEqual(['[sealed_off]', '(unlinked)', 'them: ik ben het hoor']);
    expect(desk.talk.nick.value).toBe('');
    const said = visit.frames.filter(({ id }) => id.startsWith('c2:'));
    expect(said).toHaveLength(1); // the confirm, and nothing that was written for the other one

    // nor after a reload
    desk.kill();
    const again = await deskPage(samira);
    await time.advance(3_000);
    expect(lines(again.talk.talk).join()).not.toContain('van de echte');
  });

  test('the visitor itself, with a link, is nobody else', async () => {
    const { desk, visitor, theVisit, time } = await createPair();
    visitor.visitor.talk.send('dezelfde');
    await time.advance(3_000);
    theVisit().keyWanted = 1;
    await time.advance(20_000);
    expect(theVisit().epoch).toBe(2);
    expect(lines(desk.talk.talk)).toEqual(['them: dezelfde']);
    expect(desk.talk.nick.value).toBe('Noor');
    expect(desk.talk.talk.secure.value).toBe(true);
  });
});

test('[K3] a sealed key that is garbage opens nothing, and the counsellor starts another epoch', async () => {
  const scene = await waitingFor();
  scene.desk.control.forge = (packet) => {
    if (packet.event === 'key:sealed')
      return { ...packet, body: { ...(packet.body as object), sealed: randomToken(145) } };
    const held = packet.kind === 'ack' && packet.event === 'desk:state' && (packet.body as Ack<DeskState>);
    if (!held || !held.ok) return packet;
    for (const visit of held.value.held) if (visit.sealed && visit.epoch === 1) visit.sealed = randomToken(145);
    return packet;
  };
  await takes(scene.desk);
  await scene.time.advance(1_000);
  tellTheTruth(scene.desk);
  await scene.time.advance(20_000);
  expect(scene.theVisit().epoch).toBeGreaterThan(1);
  expect(scene.visitor.visitor.view.value.is).toBe('talking');
  expect(lines(scene.desk.talk.talk)).toEqual(['them: geheim']);
});

test('[K7] after the end a full dump, both disks and the device key open nothing', async () => {
  const { visitor, desk, tab, samira, live, theVisit, time } = await createPair({ first: 'eerste vraag' });
  desk.talk.talk.send('antwoord');
  await time.advance(3_000);
  const sealed = visitor.control.asked.flatMap(({ event, input }) =>
    event === 'key:seal' ? [(input as { sealed: string }).sealed] : [],
  );
  // a store that kept everything but what it deletes at the end: the two shares
  const visit = theVisit();
  const dump = { ...visit, frames: [...visit.frames] };
  const shares = [visit.shareV, visit.shareC].flatMap((share) => share ?? []);
  await visitor.visitor.end();
  await idle();
  expect(live.visits.size).toBe(0);
  expect(dump.frames.length).toBeGreaterThan(3);

  const disks = [...tab.written.map(({ vault }) => vault.w), ...samira.written.map(({ wrap }) => wrap)].filter(Boolean);
  expect(disks.length).toBeGreaterThan(2);
  const others = [randomToken(32), dump.vnonce, dump.tok, await digestOf(tab.written[0]?.proof ?? '')];
  for (const wrapped of disks)
    for (const guess of others) expect(await unwrap(guess, dump.visitId, wrapped)).toBeNull();
  // the device's key signs and nothing else; a new one-time key opens no old seal
  const { keyPair } = await makeEphemeral();
  const offerDigest = await offerDigestOf(dump.keyOffer);
  for (const one of sealed)
    expect(await openKey({ keyPair, offerDigest, visitId: dump.visitId, epoch: 1, sealed: one })).toBeNull();
  expect(samira.authority.device.privateKey.usages).toEqual(['sign']);
  // while with the shares the same wraps do open: the test looks at the right bytes
  const opens = await Promise.all(disks.flatMap((wrapped) => shares.map(({ R }) => unwrap(R, dump.visitId, wrapped))));
  expect(opens.filter((plain) => plain !== null).length).toBeGreaterThan(1);
});

test('[K7] during it, the store alone holds neither a wrap nor a key', async () => {
  const { theVisit, tab, samira } = await createPair({ first: 'eerste vraag' });
  const dump = JSON.stringify({ ...theVisit(), streams: [...theVisit().streams] });
  for (const { vault } of tab.written) if (vault.w) expect(dump).not.toContain(vault.w);
  for (const { wrap } of samira.written) expect(dump).not.toContain(wrap);
  expect(dump).not.toContain('eerste vraag');
});

function randomLink() {
  return crypto.getRandomValues(new Uint8Array(32));
}
