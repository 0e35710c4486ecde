import { memoryRecords } from '@clbchat/server/records/records.model';
import { Problem } from '@clbchat/server/kernel/failure';
import type { Digest } from '@clbchat/shared/ids';
import { assembleChain } from '@clbchat/shared/statement/certificate';
import { issueDevice } from '@clbchat/shared/statement/issue';
import type { Issuer } from '@clbchat/shared/statement/issuer';
import { exportPublic, pinOf } from '@clbchat/shared/statement/signingKey';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { standing } from '../../console/src/model/enrolment.ts';
import {
  asks,
  at as atConsole,
  chainOf,
  codeOf,
  computer,
  get,
  issuerBy,
  makeCentreKeys,
  posts,
  send,
  startCentre,
  type AtConsole,
  type CentreKeys,
} from '../support/centreKeys.ts';
import { deskOpens, visitorWaits, type SignedIn } from '../support/clients.ts';
import { frameOf } from '../support/frames.ts';
import type { TestService } from '../support/service.ts';
import { talks } from '../support/talk.ts';

const DAY_MS = 86_400_000;
const ISSUER_MS = 180 * DAY_MS;
let centre: CentreKeys;
beforeAll(async () => void (centre = await makeCentreKeys()));
let service: TestService;
let isDown = false;
beforeEach(async () => {
  isDown = false;
  service = await startCentre(centre, {
    async records(clock) {
      const under = memoryRecords(clock);
      const up = () => {
        if (isDown) throw new Problem('unavailable');
      };
      return { ...under, get: async (name) => (up(), under.get(name)), list: async (kind) => (up(), under.list(kind)) };
    },
  });
});
afterEach(() => service.stop());
const nowMs = () => service.clock.nowMs();
const at = (who: 'noor' | 'lien') => atConsole(service, who);
interface Own {
  holding: Digest | null;
  waits: Digest[];
  otherPins: Digest[];
}
const own = async (who: AtConsole) => JSON.parse((await get(who, '/api/devices')).body) as Own;
async function signed(issuer: Issuer, lien: AtConsole & SignedIn, seconds?: number) {
  const one = await computer();
  await asks(lien, one);
  const nbf = Math.floor(nowMs() / 1_000);
  const exp = seconds === undefined ? issuer.exp : nbf + seconds;
  const says = { org: issuer.org, sub: 'lien', name: 'Lien', site: 'CLB', pub: one.pub, nbf, exp };
  const chain = assembleChain(issuer.rootPublic, issuer.statement, await issueDevice(issuer.keys, says));
  expect(codeOf(await send(await at('noor'), '/api/devices/sign', { chain }))).toBe('200 ok');
  return { ...one, chain };
}
const goOn = async (ms: number) => {
  for (let gone = 0; gone < ms; gone += 5_000) await service.advance(5_000);
};

test.each([false, true])(
  '[O28 O38 O45] a certificate that ends within a conversation leaves it, also where its issuer ends with it: %s',
  async (together) => {
    const issuer = await issuerBy(centre, together ? nowMs() - ISSUER_MS + 125_000 : nowMs());
    expect(codeOf(await posts(await at('noor'), issuer))).toBe('200 ok');
    const lien = await at('lien');
    const { chain, keys: device, id } = await signed(issuer, lien, 120);
    const visitor = await visitorWaits(service);
    const desk = await deskOpens(service, { ...lien, chain, device }, { slots: 2 });
    const { on } = await talks(desk, visitor);
    await goOn(250_000);
    const { frame } = frameOf({ visitId: visitor.visitId, side: 'c', n: 1 });
    expect(await desk.send('talk:append', { ...on, frame })).toMatchObject({ ok: true });
    desk.leave();
    const said = await own(lien);
    expect(said).toMatchObject({ holding: id, waits: [], otherPins: [] });
    expect(standing({ id, endsMs: 0 }, { said, nowMs: nowMs() })).toBe('signed');
    expect((await deskOpens(service, { ...lien, chain, device })).state.held).toHaveLength(1);
  },
);

test('[O45 O67] what ended with its issuer is asked for anew; what was signed by one that was revoked stays that, after its end', async () => {
  const [ends, revoked] = [1, 2].map(() => issuerBy(centre, nowMs() - ISSUER_MS + 3_600_000));
  await posts(await at('noor'), await ends!);
  await posts(await at('noor'), await revoked!);
  const lien = await at('lien');
  const [one, stolen] = [await signed(await ends!, lien), await signed(await revoked!, lien)];
  const id = await pinOf(await exportPublic((await revoked!).keys.publicKey));
  expect(codeOf(await send(await at('noor'), '/api/issuers/remove', { id }))).toBe('200 ok');
  service.clock.advance(7_200_000);
  const again = await at('lien');
  expect(await own(again)).toMatchObject({ waits: [stolen.id] });
  const seats = (who: typeof one) => service.devices.isOf(who.id, 'lien' as never, who.chain);
  expect([await seats(one), await seats(stolen)]).toEqual([true, false]);
  service.clock.advance(service.limits.deviceLateMs - DAY_MS);
  expect((await service.issuers.get(id as Digest))?.revoked).toBe(true);
});

test.each([false, true])(
  '[N16 O25] a desk at the certificate of before goes on while the records are silent, whether she looked at her own page or not: %s',
  async (looks) => {
    const issuer = await issuerBy(centre, nowMs());
    const noor = await at('noor');
    await posts(noor, issuer);
    const lien = await at('lien');
    const { chain, keys: device, pub } = await signed(issuer, lien, (6 * DAY_MS) / 1_000);
    const visitor = await visitorWaits(service);
    const desk = await deskOpens(service, { ...lien, chain, device }, { slots: 2 });
    await talks(desk, visitor);
    const next = await chainOf(issuer, { sub: 'lien', pub, name: 'Lien', site: 'CLB' }, nowMs());
    expect(codeOf(await send(noor, '/api/devices/renew', { chain: next }))).toBe('200 ok');
    await service.advance(5_000);
    if (looks) expect((await own(lien)).waits).toEqual([]);
    isDown = true;
    await goOn(125_000);
    isDown = false;
    expect(desk.socket.connected).toBe(true);
  },
);
