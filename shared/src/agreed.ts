/**
 * Bounds that the service and the browsers both hold to, each with its unit. Apart from those of the service alone,
 * since visitors download what stands here.
 */
export const agreed = {
  // frames
  textUnitsMax: 2_000, //           UTF-16 units of one message, after normalising
  nickUnitsMax: 20,
  framesPerVisitMax: 5_000,
  frameMs: 7_200_000, //            ciphertext goes two hours after it was stored
  restoreFramesMax: 8,
  listCharsMax: 14_000, //          characters of frames in one packet, whichever way it goes

  // the wire
  packetBytesMax: 16_384,
  ackWaitMs: 8_000, //              then the client asks again, with the same id
  reconnectMsMin: 250,
  reconnectMsMax: 5_000,
  sinceEveryMs: 15_000, //          while visible: the request behind every hint
  pulseLateMs: 12_000, //           a client without pulse reconnects; a desk without beat is not offered to

  // how long a visit waits for its page, where a centre does not say otherwise
  waitKeptMs: 180_000,
  talkKeptMs: 600_000,
  awayMsMax: 1_860_000, //          whatever a centre says: half an hour, and a minute for clocks and signs of life

  // keys
  skewMsMax: 86_400_000, //         of a visitor's clock against a certificate
} as const;
