import { memoryRecords } from '@clbchat/server/records/records.model';
import { recordsContract } from './contract.ts';

recordsContract('in memory', async (clock) => memoryRecords(clock));
