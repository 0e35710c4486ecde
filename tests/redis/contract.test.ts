import { redisStore } from '@clbchat/server/store.redis';
import { contract } from '../store/contract.ts';
import { ownRedis } from './world.ts';

const redis = await ownRedis();
let made = 0;

// Each store gets a centre of its own, so that one test may have several.
contract('on Redis', async (needs) => redisStore({ ...needs, redis, tag: `{centre${++made}}`, checksClock: false }));
