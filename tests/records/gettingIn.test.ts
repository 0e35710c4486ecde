import { memoryRecords } from '@clbchat/server/records/records.model';
import { gettingInContract } from './gettingIn.ts';

gettingInContract('in memory', async (clock) => memoryRecords(clock));
