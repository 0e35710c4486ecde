import { memoryRecords } from '@clbchat/server/records/records.model';
import { teamContract } from './team.ts';

teamContract('in memory', async (clock) => memoryRecords(clock));
