import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestOf, randomToken, visitIdOf } from '@clbchat/shared/digest';
import type { VisitId } from '@clbchat/shared/ids';
import { refused } from '@clbchat/shared/protocol/wire';
import {
  connectVisitor,
  deskOpens,
  joinInput,
  newSecrets,
  visitorReturns,
  visitorWaits,
  type Secrets,
} from '../support/clients.ts';
import { frameOf } from '../support/frames.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

let service: TestService;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

const tokenAuth = async ({ visitId }: Pick<Secrets, 'visitId'>, token: string) => ({
  visitId,
  token,
  next: await digestOf(randomToken(32)),
});

describe('[N5] a visitor is who has the token or the proof', () => {
  test('the token of one visit opens no other', async () => {
    const [a, b] = [await visitorWaits(service), await visitorWaits(service)];
    await expect(connectVisitor(service, { auth: await tokenAuth(b.secrets, a.secrets.token) })).rejects.toThrow(
      'token_used',
    );
    expect(await b.ask('visit:state', {})).toMatchObject({ ok: true });
  });

  test('a token that was replaced is refused; the one before only while its answer may have been lost', async () => {
    const visitor = await visitorWaits(service);
    const first = visitor.secrets.token;
    await visitorReturns(service, visitor.secrets);
    const again = { auth: await tokenAuth(visitor.secrets, first) };
    const second = await connectVisitor(service, again);
    await second.hears('visit:attached');
    await visitor.closed;
    await expect(
      connectVisitor(service, { auth: await tokenAuth(visitor.secrets, visitor.secrets.token) }),
    ).rejects.toThrow('token_used');
  });

  test('a proof opens the visit that it names, and no other', async () => {
    const visitor = await visitorWaits(service);
    const next = await digestOf(randomToken(32));
    const { visitId, proof } = visitor.secrets;
    await expect(connectVisitor(service, { auth: { visitId, proof: randomToken(32), next } })).rejects.toThrow(
      'not_yours',
    );
    const back = await connectVisitor(service, { auth: { visitId, proof, next } });
    expect(await back.hears('visit:attached')).toMatchObject({ visitId });
    expect(await visitor.closed).toBe('io server disconnect');
    expect(visitor.heard('visit:replaced')).toHaveLength(1);
  });

  test('[N36] a token tells nobody whether there is such a visit: there, over or never there, the answer is the same', async () => {
    const visitor = await visitorWaits(service);
    const over = await visitorWaits(service);
    await good(over.ask('visit:end', { why: 'left' }));
    const refusal = async (visitId: VisitId) => {
      const auth = await tokenAuth({ visitId }, randomToken(32));
      const error: unknown = await connectVisitor(service, { auth }).catch((why: unknown) => why);
      const { message, data } = error as Error & { data: unknown };
      return { message, data };
    };
    const answers = [visitor.secrets.visitId, over.secrets.visitId, randomToken(16) as VisitId].map(refusal);
    const [there, gone, never] = await Promise.all(answers);
    expect(there?.message).toBe('token_used');
    expect([gone, never]).toEqual([there, there]);
  });

  test('after the end nothing opens it again', async () => {
    const visitor = await visitorWaits(service);
    await good(visitor.ask('visit:end', { why: 'quick_exit' }));
    const { visitId, proof, token } = visitor.secrets;
    await expect(connectVisitor(service, { auth: await tokenAuth(visitor.secrets, token) })).rejects.toThrow(
      'token_used',
    );
    await expect(connectVisitor(service, { auth: { visitId, proof, next: await digestOf('x') } })).rejects.toThrow(
      'lost',
    );
    expect(await visitor.ask('visit:state', {})).toEqual(refused('ended'));
    expect(await visitor.ask('visit:end', { why: 'left' })).toEqual({ ok: true, value: null });
  });

  test('an id that somebody else proved is not to be had by joining', async () => {
    const visitor = await visitorWaits(service);
    const other = await connectVisitor(service);
    const input = { ...(await joinInput(await newSecrets())), proof: visitor.secrets.proof };
    expect(await other.ask('visit:join', input)).toEqual(refused('not_yours'));
  });

  test('who has not joined has nothing', async () => {
    const nobody = await connectVisitor(service);
    expect(await nobody.ask('visit:state', {})).toEqual(refused('stage'));
    expect(await nobody.ask('talk:since', { seq: 0 })).toEqual(refused('stage'));
    expect(await nobody.ask('key:ask', { epoch: 1 })).toEqual(refused('stage'));
  });

  test('another proof on the same socket ends the first visit', async () => {
    const visitor = await visitorWaits(service);
    const next = await newSecrets();
    expect(await good(visitor.ask('visit:join', await joinInput(next)))).toMatchObject({
      visitId: await visitIdOf(next.proof),
    });
    expect((await service.live.queue.facts()).places).toHaveLength(1);
  });

  test('[N43] who joins, goes and joins again does not learn how many others came between', async () => {
    const joinsAndGoes = async () => {
      const one = await connectVisitor(service);
      const { visitId: _id, ...told } = await good(one.ask('visit:join', await joinInput(await newSecrets())));
      await good(one.ask('visit:end', { why: 'left' }));
      one.leave();
      return told;
    };
    const before = await joinsAndGoes();
    expect(await joinsAndGoes()).toEqual(before);
  });
});

describe('[N5] a frame speaks for its own visit, side and kind only', () => {
  test('everything else is refused and never stored', async () => {
    const visitor = await visitorWaits(service);
    const desk = await deskOpens(service);
    const other = await visitorWaits(service);
    await talks(desk, visitor);
    const { visitId } = visitor;
    const mine = frameOf({ visitId, side: 'v', n: 1 }).frame;
    const bad = {
      'of another visit': frameOf({ visitId: other.visitId, side: 'v', n: 1 }).frame,
      'of the other side': frameOf({ visitId, side: 'c', n: 2 }).frame,
      'not to be stored': frameOf({ visitId, side: 'v', n: 1, kind: 'passing' }).frame,
      'of another version': `B${mine.slice(1)}`,
      'a character short': mine.slice(1),
      'a character long': `${mine}A`,
      'number zero': frameOf({ visitId, side: 'v', n: 0 }).frame,
      'epoch zero': frameOf({ visitId, side: 'v', n: 1, epoch: 0 }).frame,
    };
    for (const [what, frame] of Object.entries(bad))
      expect(await visitor.ask('talk:append', { frame }), what).toEqual(refused('frame_bad'));
    expect(await visitor.ask('talk:restore', { frames: [mine, bad['of the other side']] })).toEqual(
      refused('frame_bad'),
    );

    const wrong = {
      stale_epoch: frameOf({ visitId, side: 'v', n: 1, epoch: 2 }).frame,
      out_of_order: frameOf({ visitId, side: 'v', n: 2 ** 32 - 1 }).frame,
    };
    for (const [code, frame] of Object.entries(wrong))
      expect(await visitor.ask('talk:append', { frame })).toEqual({ ok: false, code });
    expect(await good(visitor.ask('talk:since', { seq: 0 }))).toMatchObject({ last: 1 });
  });
});
