import { digestOf, randomToken, visitIdOf } from '@clbchat/shared/digest';
import type { Stage, VisitId } from '@clbchat/shared/ids';
import type { CounsellorInput, DeskState } from '@clbchat/shared/protocol/counsellor';
import { frameId, readHeader } from '@clbchat/shared/protocol/frame';
import type { VisitorAuth, VisitorInput } from '@clbchat/shared/protocol/visitor';
import { done, refused, type Ack, type Share } from '@clbchat/shared/protocol/wire';
import { verifyChain, type Trust } from '@clbchat/shared/statement/certificate';
import { verifySocketProof } from '@clbchat/shared/statement/socketProof';
import { heldOf, since, stateOf, type RelayVisit } from './relayVisit.ts';
import type { Service, Socket } from './wireDouble.ts';

export interface Seat {
  socket: Socket | null;
  device: string;
}

/** An honest relay, as small as the wire allows: SPEC's rows 1 to 34 without lines, rings and deadlines. */
export function createRelay(nowMs: () => number, trust: Trust, binding: string, origin: string) {
  const visits = new Map<VisitId, RelayVisit>();
  const ended = new Set<VisitId>();
  const visitOf = new Map<Socket, RelayVisit>();
  const deskOf = new Map<Socket, { account: string; device: string }>();
  const nonces = new Map<Socket, string>();
  const seats = new Map<string, Seat>();

  const toVisitor = (visit: RelayVisit, event: string, hint: unknown) => visit.socket?.emit(event, hint);
  const toHolder = (visit: RelayVisit, event: string, hint: object) => {
    if (visit.holder) seats.get(visit.holder)?.socket?.emit(event, { visitId: visit.visitId, ...hint });
  };
  const changed = (visit: RelayVisit, stage: Stage) => {
    visit.stage = stage;
    visit.rev += 1;
    const { rev, hold } = visit;
    toVisitor(visit, 'visit:stage', { rev, stage, hold });
    toHolder(visit, 'visit:stage', { rev, stage, hold });
  };
  function end(visit: RelayVisit, reason: string) {
    visits.delete(visit.visitId);
    ended.add(visit.visitId);
    const { hold } = visit;
    const hint = { rev: visit.rev + 1, stage: 'ended', hold, reason };
    toVisitor(visit, 'visit:stage', hint);
    toHolder(visit, 'visit:stage', hint);
  }

  const deskState = (account: string): DeskState => ({
    status: 'available',
    slots: 3,
    slotsMax: 4,
    seat: 1,
    held: [...visits.values()].filter(({ holder }) => holder === account).map(heldOf),
    rings: [],
    queue: [...visits.values()]
      .filter(({ stage }) => stage === 'waiting')
      .map(({ role, topic, lang }, at) => ({
        ticket: at + 1,
        role,
        topic,
        lang,
        waitedMs: 0,
        away: false,
        ringing: false,
      })),
    colleagues: 0,
  });

  function append(visit: RelayVisit, side: 'v' | 'c', frame: string, restoring: boolean): Ack<{ seq: number }> {
    const header = readHeader(frame);
    if (!header || header.visitId !== visit.visitId || header.side !== side) return refused('frame_bad');
    const key = `${side}${header.epoch}:${header.stream}`;
    const known = visit.streams.get(key) ?? { n: 0, seq: 0 };
    if (header.n <= known.n) return done({ seq: known.seq });
    const early = visit.stage === 'opening' && side === 'c' && header.type === 3;
    if (visit.stage !== 'talking' && !early) return refused('stage');
    if (header.epoch !== visit.epoch && !restoring) return refused('stale_epoch');
    if (header.n !== known.n + 1) return refused('out_of_order');
    visit.log.push({ frame, id: frameId(header), atMs: nowMs() });
    const seq = visit.log.length;
    visit.streams.set(key, { n: header.n, seq });
    const hint = { seq, frame, epoch: header.epoch };
    if (side === 'v') toHolder(visit, 'talk:frame', hint);
    else toVisitor(visit, 'talk:frame', hint);
    return done({ seq });
  }
  const restore = (visit: RelayVisit, side: 'v' | 'c', frames: string[]): Ack<{ seqs: number[] }> => {
    const seqs: number[] = [];
    for (const frame of frames) {
      const ack = append(visit, side, frame, true);
      if (!ack.ok) return ack;
      seqs.push(ack.value.seq);
    }
    return done({ seqs });
  };

  async function join(socket: Socket, input: VisitorInput<'visit:join'>): Promise<Ack<unknown>> {
    const visitId = await visitIdOf(input.proof);
    if (!visits.has(visitId)) {
      const { role, topic, lang, vnonce, first, share } = input;
      visits.set(visitId, {
        ...{ visitId, stage: 'waiting', role, topic, lang, vnonce, token: first, tokenBefore: '', rev: 1, hold: 0 },
        ...{ holder: null, epoch: 0, epochNext: 1, keyWanted: 0, shareV: share, asleep: false, socket },
        ...{ log: [], streams: new Map() },
      });
    }
    const visit = visits.get(visitId);
    if (!visit || visit.token !== input.first) return refused('not_yours');
    visit.socket = socket;
    visitOf.set(socket, visit);
    return done({ visitId, ticket: 1, ahead: 0, range: null });
  }

  const visitorService: Service = {
    async connect(socket) {
      const auth = socket.auth as VisitorAuth;
      if (!('visitId' in auth)) return null;
      const visit = visits.get(auth.visitId as VisitId);
      if (!visit) return ended.has(auth.visitId as VisitId) ? 'ended' : 'lost';
      if ('token' in auth) {
        const token = await digestOf(auth.token);
        if (token !== visit.token && token !== visit.tokenBefore) return 'token_used';
        if (token === visit.token) visit.tokenBefore = visit.token;
      }
      visit.token = auth.next;
      const before = visit.socket;
      visit.socket = socket;
      visitOf.set(socket, visit);
      before?.emit('visit:replaced', null);
      socket.emit('visit:attached', stateOf(visit));
      return null;
    },
    async answer(socket, event, raw) {
      if (event === 'visit:join') return join(socket, raw as VisitorInput<'visit:join'>);
      const visit = visitOf.get(socket);
      if (!visit) return refused('stage');
      if (!visits.has(visit.visitId)) return refused(ended.has(visit.visitId) ? 'ended' : 'lost');
      if (visit.socket !== socket) return refused('replaced');
      const input = raw as { epoch: number; sealed: string; frame: string; frames: string[]; seq: number; id?: string };
      switch (event) {
        case 'visit:state':
          return done(stateOf(visit));
        case 'visit:end':
          end(visit, 'visitor_left');
          return done(null);
        case 'queue:here':
          visit.asleep = false;
          return done({ ahead: 0, range: null });
        case 'key:seal':
          if (input.epoch !== visit.epoch) return refused('stale_epoch');
          if (!visit.keyOffer) return refused('no_key');
          visit.sealed ??= input.sealed;
          toHolder(visit, 'key:sealed', { rev: visit.rev, epoch: visit.epoch, sealed: visit.sealed });
          return done(null);
        case 'key:share':
          visit.shareV = raw as Share;
          return done(null);
        case 'key:ask':
          visit.keyWanted = visit.epoch;
          toHolder(visit, 'key:wanted', { rev: visit.rev, epoch: visit.epoch });
          return done(null);
        case 'key:refuse':
          release(visit);
          return done(null);
        case 'talk:append':
          return append(visit, 'v', input.frame, false);
        case 'talk:passing':
          if (readHeader(input.frame)?.epoch === visit.epoch) toHolder(visit, 'talk:passing', { frame: input.frame });
          return done(null);
        case 'talk:since':
          return since(visit, nowMs(), input.seq, input.id);
        case 'talk:restore':
          return restore(visit, 'v', input.frames);
        default:
          return refused('malformed');
      }
    },
    gone(socket) {
      const visit = visitOf.get(socket);
      if (visit?.socket === socket) visit.socket = null;
    },
  };

  function release(visit: RelayVisit) {
    visit.hold += 1;
    visit.sealed = undefined;
    visit.keyOffer = undefined;
    visit.shareC = undefined;
    changed(visit, 'waiting');
    visit.holder = null;
  }

  function enter(socket: Socket, takeOver: boolean): Ack<unknown> {
    const desk = deskOf.get(socket);
    if (!desk) return refused('no_cert');
    const before = seats.get(desk.account);
    if (before?.socket && before.socket !== socket) {
      if (before.device !== desk.device && !takeOver) return refused('elsewhere');
      before.socket.emit('desk:replaced', null);
    }
    seats.set(desk.account, { socket, device: desk.device });
    return done(deskState(desk.account));
  }

  const deskService: Service = {
    async connect(socket) {
      const nonce = randomToken(16);
      nonces.set(socket, nonce);
      socket.emit('desk:challenge', { nonce });
      return null;
    },
    async answer(socket, event, raw) {
      if (event === 'desk:prove') {
        const { sig, cert } = raw as CounsellorInput<'desk:prove'>;
        const chain = await verifyChain(cert, trust);
        const nonce = nonces.get(socket) ?? '';
        if (!chain.ok || !(await verifySocketProof(chain.publicKey, sig, { nonce, binding, origin })))
          return refused('no_cert');
        deskOf.set(socket, { account: chain.device.sub, device: chain.deviceDigest });
        return done({ name: chain.device.name, demo: false });
      }
      if (event === 'desk:enter') return enter(socket, (raw as CounsellorInput<'desk:enter'>).takeOver === true);
      const account = deskOf.get(socket)?.account;
      if (!account) return refused('no_cert');
      if (seats.get(account)?.socket !== socket) return refused('replaced');
      if (event === 'desk:take') {
        const visit = [...visits.values()].find(({ stage }) => stage === 'waiting');
        if (!visit) return refused('nobody_waiting');
        visit.holder = account;
        visit.hold += 1;
        changed(visit, 'opening');
        return done(heldOf(visit));
      }
      if (event.startsWith('desk:') && event !== 'desk:end') {
        if (event === 'desk:leave') seats.delete(account);
        return done(event === 'desk:leave' ? null : deskState(account));
      }
      return onVisit(account, event, raw);
    },
    gone(socket) {
      const account = deskOf.get(socket)?.account;
      const seat = account ? seats.get(account) : undefined;
      if (seat?.socket === socket) seat.socket = null;
    },
  };

  interface OnVisit extends Share {
    visitId: VisitId;
    hold: number;
    epoch: number;
    keyOffer: string;
    frame: string;
    frames: string[];
    seq: number;
    id?: string;
    why: string;
  }
  function onVisit(account: string, event: string, raw: unknown): Ack<unknown> {
    const input = raw as OnVisit;
    const visit = visits.get(input.visitId);
    if (!visit) return refused(ended.has(input.visitId) ? 'ended' : 'lost');
    if (visit.holder !== account || visit.hold !== input.hold) return refused('not_yours');
    switch (event) {
      case 'desk:end':
        end(visit, input.why === 'block' ? 'blocked' : 'counsellor_ended');
        return done(null);
      case 'key:offer':
        if (input.epoch !== visit.epochNext) return refused('stale_epoch');
        visit.epoch = input.epoch;
        visit.epochNext += 1;
        visit.keyOffer = input.keyOffer;
        visit.sealed = undefined;
        visit.keyWanted = 0;
        visit.rev += 1;
        toVisitor(visit, 'key:offered', { rev: visit.rev, epoch: visit.epoch, keyOffer: visit.keyOffer });
        return done(null);
      case 'key:share':
        visit.shareC = { rid: input.rid, R: input.R };
        return done(null);
      case 'key:opened':
        if (input.epoch !== visit.epoch) return refused('stale_epoch');
        if (!visit.shareC) return refused('no_key');
        visit.sealed = undefined;
        visit.keyOffer = undefined;
        toVisitor(visit, 'key:opened', { epoch: visit.epoch });
        if (visit.stage === 'opening') changed(visit, 'talking');
        return done(null);
      case 'talk:append':
        return append(visit, 'c', input.frame, false);
      case 'talk:passing':
        if (readHeader(input.frame)?.epoch === visit.epoch) toVisitor(visit, 'talk:passing', { frame: input.frame });
        return done(null);
      case 'talk:since':
        return since(visit, nowMs(), input.seq, input.id);
      case 'talk:restore':
        return restore(visit, 'c', input.frames);
      default:
        return refused('malformed');
    }
  }

  return { visits, visitorService, deskService, release, end, toVisitor, toHolder, seats };
}
