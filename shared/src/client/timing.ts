/** Times of the client alone, in milliseconds. What both sides must agree on stands in limits.ts. Each a constant of its own: no browser fetches its name. */
export const typingEveryMs = 4_000; //      at most one sign of writing leaves in this time
export const typingShownMs = 10_000; //     and it is believed for this long
export const marksAfterMs = 250; //         what came together is acknowledged together
export const marksEveryMs = 1_000; //       the service lets one passing frame a second through
export const hintLateMs = 4_000; //         what an end is called comes behind the answer that knows of it
export const resendAfterMs = 1_500; //      a request that was not answered, while there is a connection
export const silentAfterMs = 20_000; //     then a person is told that the other side is silent
export const askEveryMs = 5_000; //         another epoch is asked for at most so often, whatever the service says
export const offerEveryMs = 1_000; //       a new key offer follows another one not sooner, whatever is sealed to it
export const refusedAgainMs = 5_000; //     a refused connection that may be tried again later
export const reclaimEveryMs = 30_000; //    a place that this tab alone has the lock of is taken back at most so often
export const secondTapMs = 400; //          a second tap of a nervous finger means what stood there before

/** Marks are repeated with so many of the following readings of the store: a passing frame may be lost. */
export const MARKS_REPEATED = 2;
