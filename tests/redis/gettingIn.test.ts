import { openRecords } from '@clbchat/server/records/open.redis';
import { gettingInContract } from '../records/gettingIn.ts';
import { ownRedis } from './world.ts';

const redis = await ownRedis();
let centres = 0;
gettingInContract('on Redis', (clock) => openRecords({ redis, tag: `{getting-in-${(centres += 1)}}`, clock }));
