import { agreed } from './agreed.ts';

/**
 * Every bound of the machinery, each with its unit; those that the browsers hold to as well stand in agreed.ts. What a
 * centre may choose for itself (how long an offer rings, how many wait) stands in `server/src/centre/centre.rules.ts`.
 * Code receives its limits from outside; the relations between them are checked in tests/limits.test.ts.
 */
export const limits = {
  ...agreed,

  // frames
  streamsPerEpochMax: 32, //        per role; the next one answers `streams_full`
  epochsPerVisitMax: 200,

  // the wire
  // what counts by tag counts only while the house is more than half full, and by each network of an IPv6 address as well (server: edge/networks.ts)
  connectionsMax: 8_000, //         of HTTP that nobody vouches for
  socketsMax: 5_000,
  socketsKeptMax: 500, //           beyond them, for who works here or has a visit: nobody who is new comes in by these
  unansweredMax: 16, //             requests of one connection of HTTP, sent ahead of their answers; more closes it
  unauthenticatedMax: 1_000, //     sessions that have not joined, attached or proved yet, or whose visit is over
  socketsPerTagMax: 400, //         a school is one address
  strangersPerTagMax: 250,
  connectsPerSecond: 10, //         of one tag
  connectsBurst: 400,
  connectsHousePerSecond: 1_000,
  connectsHouseBurst: 10_000,
  connectWithinMs: 15_000, //       a session that says no CONNECT is let go
  connectWaitMsMax: 4_000, //       of who says that it is somebody, past the rate
  newVisitsPerTagMax: 60, //        per newVisitsWindowMs; past it one each newVisitsSlowedMs
  newVisitsWindowMs: 600_000,
  newVisitsSlowedMs: 1_000,
  newVisitsHeldMs: 6_000, //        a page that waits for its turn is told so, and asks again
  newVisitsWaitingMax: 1_000, //    of one tag
  lineShareMax: 4, //               visits of one tag in the line that may make it full for others
  eventsPerSecond: 5,
  eventsBurst: 30, //               a reconnecting client asks much at once
  packetsPerSecond: 50, //          of any kind, the transport's own included; more closes the connection
  packetsBurst: 300,
  controlFramesPerSecond: 1, //     pings and pongs of a WebSocket, which no page can send
  controlFramesBurst: 10,
  fragmentsMax: 128, //             pieces of one message of a WebSocket
  queuedBytesMax: 524_288, //       that wait for a peer to read; more closes its connection
  queuedBytesHouseMax: 67_108_864,
  queuedLookEveryMs: 1_000,
  turnsMax: 256, //                 requests of one socket that wait for the one before
  postsPerSecond: 5, //             of one tag, over HTTP
  postsBurst: 60,
  postsHousePerSecond: 100,
  postsHouseBurst: 1_000,
  settingsBytesMax: 196_608, //     of one request that saves the settings of a centre: the largest that may stand fit [U26]
  goodbyesPerSecond: 500, //        of all tags that are past their own rate together
  goodbyesBurst: 5_000,
  passingPerSecond: 1, //           of one conversation
  passingBurst: 4,
  deskTalksMax: 3, //               conversations at once, whatever a centre says
  joinWithinMs: 1_800_000, //       a connected visitor that never joins is let go
  proveWithinMs: 10_000, //         a console proves its device, or is let go

  // signs of life (SPEC: R7, V2)
  pulseEveryMs: 5_000,
  awayAfterMs: 10_000, //           without a socket
  seenEveryMs: 30_000,
  seenLateMs: 45_000, //            a node that died cannot say so
  tickEveryMs: 1_000,
  askAnewMs: 2_000, //              within which the pages of a process ask again that may have missed hints
  tickGapMs: 5_000, //              a longer gap between two ticks starts the grace
  graceMs: 60_000,
  dueAtOnceMax: 500, //             of those who wait, in one look
  clockSkewMsMax: 2_000,
  clockEveryMs: 10_000,
  clocksApartMsMax: 60_000, //      of the two stores

  // a process that ends where others go on (SPEC: M7)
  drainNoticeMs: 3_000, //          /ready says no before anybody is asked to move: a proxy looks every 2 s
  moveWithinMs: 5_000, //           each page at a moment of its own
  drainMsMax: 30_000, //            who has not moved by then is cut off
  drainLookEveryMs: 100,

  // routing
  offersPerMatchMax: 16,
  triedForMs: 60_000,
  triedAllForMs: 15_000,
  triedMax: 8,
  refusalsMax: 2, //                of the key, then the visit ends
  keyAskEveryMs: 10_000,
  requestReplayMs: 60_000,
  pressesMax: 16, //                of one desk, remembered for that long
  nextLooksMax: 20, //              visits that are looked at for one whom she serves who takes the next
  passedLooksMax: 16, //            visits that are looked at for whether one stands behind who came later
  exactPlaces: 20, //               of the queue, told each second; of who stands behind them, when it moved much
  placesAtOnceMax: 200, //          visits whose place is looked up in one turn
  placesPerSecondMax: 2_000, //     of one process; who is left over has its turn in the next second
  handoutsKept: 20,
  handoutsMin: 5, //                below it nobody knows how long it takes

  // lifetimes
  keyOfferMs: 120_000, //           a counsellor keeps an unopened key no longer
  visitMs: 14_400_000, //           token and visit, 4 h
  overKeptMax: 20_000, //           visits that ended, of which a digest is kept for as long
  broomMs: 15_300_000, //           TTL of every key, 4 h 15
  deskBroomMs: 93_600_000, //       26 h
  sessionMs: 36_000_000, //         10 h
  sessionHeldMsMax: 7_200_000, //   longer, while somebody is held
  sessionIdleMs: 1_800_000, //      30 min without a console or a request, and it is over
  sessionRenewAgainMs: 60_000, //   in which who heard no answer to a renewal asks again
  sessionCheckEveryMs: 60_000, //   an open socket of a session that ended goes
  sessionsMax: 50, //               of one account: where more come, the oldest goes
  addressMs: 900_000, //            a one-time address of set-up or recovery
  invitationMs: 604_800_000, //     7 days: who is invited has a weekend, a day off and a morning
  invitationsMax: 20, //            that stand at the same time
  accountsMax: 200, //              of one centre, those included that invitations will make
  signInDayKeptMs: 604_800_000, //  the day of a last sign-in: a week later it is *longer ago*
  teamNewsMax: 50, //               acts of others that one coordinator is shown until she saw them
  pendingMs: 300_000, //            a sign-in that has begun
  stepUpMs: 300_000, //             in which it counts that she has shown that it is she
  passkeysMax: 10, //               of one account
  codesMade: 10, //                 recovery codes, each for one use
  wrongWaitMs: 1_000, //            after the second wrong one of a tag; then twice as long each time
  wrongWaitMsMax: 60_000,
  askKeptMs: 86_400_000, //         a computer that asked to be signed
  asksMax: 3, //                    of one account at a time
  asksWaitingMax: 8, //             of one account, behind the one that is under way
  asksPerHour: 20, //               of one session: each takes a step, and the steps of all come one after the other
  devicesMax: 20, //                of one account
  deviceRenewMs: 604_800_000, //    before its end a certificate is signed anew without anybody's press
  deviceLateMs: 5_184_000_000, //   60 days: and so long after its end still
  wrongPasswordWaitMsMax: 900_000, // of one name
  knownBrowserMs: 7_776_000_000, // 90 days: who signed in there by password is told from strangers
  totpTriesMax: 5, //               of one right password
  hashesWaitingMax: 20, //          passwords that wait to be looked at
  recordsSweepEveryMs: 3_600_000, // what is past its end goes from the disk, too
  figuresEveryMs: 60_000, //        looks whether an hour is over that is not in the records
  figuresLateMs: 300_000, //        after an hour, until nobody's clock counts in it
  figuresKeptMs: 94_608_000_000, // 3 years
  figuresWeeksMax: 110, //          that one page gets: two school years
  figuresFewMax: 4, //              visits of which only that they are few is said
  figuresTableMin: 10, //           visits of a week, without which it has no tables
  figuresValuesMin: 4, //           numbers that what is hidden may be, whatever else is told
  auditShownMax: 2_000, //          entries of the audit log that one page gets
  auditKeptMs: 31_536_000_000, //   365 days

  // what the static side knows of the relay (SPEC: I10–I12)
  sitesEveryMs: 30_000, //          it asks for the list of sites
  sitesBytesMax: 262_144,
  statusCopyMs: 10_000, //          a copy of the status is as old at most
  statusBytesMax: 4_096,
  relayWaitMs: 5_000, //            one answer may take
} as const;

export type Limits = { readonly [Name in keyof typeof limits]: number };
