import { Bug } from '../kernel/failure.ts';

/** This node's corrected clock and the store's differ by more than they may; the command wrote nothing [R5 A2]. */
export const clockOff = (): Bug => new Bug('the clock is too far from that of Redis; nothing was written');
