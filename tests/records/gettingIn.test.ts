import { memoryPending } from '@clbchat/server/accounts/pending.model';
import { memoryRecords } from '@clbchat/server/records/records.model';
import { gettingInContract, identitiesContract, pendingContract } from './gettingIn.ts';

gettingInContract('in memory', async (clock) => memoryRecords(clock));
identitiesContract('in memory', async (clock) => memoryRecords(clock));
pendingContract('in memory', (clock) => memoryPending({ clock }));
