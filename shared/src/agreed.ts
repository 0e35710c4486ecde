/**
 * Bounds that the service and the browsers both hold to, each with its unit. Apart from those of the service alone,
 * since visitors download what stands here.
 */
export const agreed = {
  // frames
  textUnitsMax: 2_000, //           UTF-16 units of one message, after normalising
  nickUnitsMax: 20,
  framesPerVisitMax: 5_000,
  restoreFramesMax: 8,

  // the wire
  packetBytesMax: 16_384,
  ackWaitMs: 8_000, //              then the client asks again, with the same id
  reconnectMsMin: 250,
  reconnectMsMax: 5_000,
  sinceEveryMs: 15_000, //          while visible: the request behind every hint
  pulseLateMs: 12_000, //           a client without pulse reconnects; a desk without beat is not offered to

  // keys
  skewMsMax: 86_400_000, //         of a visitor's clock against a certificate
} as const;
