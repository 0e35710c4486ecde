import { memoryStore } from '@clbchat/server/store.memory';
import { redisStore } from '@clbchat/server/store.redis';
import type { StoreNeeds } from '@clbchat/server/kernel/needs';
import type { AccountId, Digest } from '@clbchat/shared/ids';
import { expect, test } from 'vitest';
import { tightLimits as limits, tightRules } from '../store/tight.ts';
import { fakeClock } from '../support/clock.ts';
import { ownRedis, TAG } from './world.ts';

const redis = await ownRedis();
const stores = {
  memory: memoryStore,
  Redis: (needs: StoreNeeds) =>
    redisStore({
      ...{ redis, tag: TAG, checksClock: false, clock: needs.clock, limits: needs.limits },
      get rules() {
        return needs.rules;
      },
    }),
};

test.each(Object.entries(stores))(
  '[A16] a store %s goes by the rules that stand when it is asked',
  async (_name, open) => {
    let rules = { ...tightRules, slotsDefault: 2, slotsMax: 3 };
    const clock = fakeClock();
    const { presence } = open({
      ...{ clock, limits },
      get rules() {
        return rules;
      },
    });
    const desk = { dev: 'd' as Digest, certExpMs: clock.nowMs() + 1_000_000 };
    let people = 0;
    const enter = async (slots?: number) => {
      const account = `person${(people += 1)}` as AccountId;
      const entered = await presence.enter({
        ...{ ...desk, account, serves: null, status: 'available', takeOver: false },
        ...(slots !== undefined && { slots }),
      });
      return entered.is === 'entered' ? entered.desk.slots : entered.is;
    };
    expect([await enter(), await enter(3)]).toEqual([2, 3]);
    rules = { ...rules, slotsDefault: 1, slotsMax: 2 };
    expect([await enter(), await enter(3)]).toEqual([1, 2]);
  },
);
