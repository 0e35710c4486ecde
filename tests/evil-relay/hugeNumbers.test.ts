import type { Since } from '@clbchat/shared/protocol/visitor';
import { expect, test } from 'vitest';
import { forgeAcks } from './lies.ts';
import { idle } from '../support/idle.ts';
import { lines } from '../support/pages.ts';
import { createPair } from '../support/realScene.ts';

// `1e999` in JSON reads as Infinity, and above 2^53 a number plus one is the same number
test.each([JSON.parse('1e999') as number, 2 ** 53])(
  '[E63 C2] a relay that numbers frames with %d stops no page: Snel weg goes on working',
  async (huge) => {
    const pair = await createPair();
    const { visitor, desk, time } = pair;
    forgeAcks(visitor, (event, ack) => {
      if (!ack.ok) return ack;
      if (event === 'talk:append') return { ok: true, value: { seq: huge } };
      if (event === 'talk:since')
        return { ok: true, value: { ...(ack.value as Since), from: huge * 1.0000000000000004 } };
      return ack;
    });
    visitor.visitor.talk.send('hallo');
    await idle();
    desk.talk.talk.send('dag');
    await time.advance(20_000);
    expect(lines(visitor.visitor.talk)).toContain('me: hallo');
    visitor.visitor.quickExit();
    expect(visitor.visitor.view.value.is).toBe('none');
  },
);
