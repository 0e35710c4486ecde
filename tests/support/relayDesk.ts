import { randomToken } from '@clbchat/shared/digest';
import type { VisitId } from '@clbchat/shared/ids';
import type { CounsellorInput, DeskState } from '@clbchat/shared/protocol/counsellor';
import { readHeader } from '@clbchat/shared/protocol/frame';
import { done, refused, type Ack, type Share } from '@clbchat/shared/protocol/wire';
import { verifyChain, type Trust } from '@clbchat/shared/statement/certificate';
import { verifySocketProof } from '@clbchat/shared/statement/socketProof';
import type { RelayBook } from './relayBook.ts';
import { heldOf, since } from './relayVisit.ts';
import type { Service, Socket } from './wireDouble.ts';

/** Who may sit down: devices under this trust, whose session and page are these. */
export interface Admission {
  readonly trust: Trust;
  readonly binding: string;
  readonly origin: string;
}

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
/** What a console's socket meets. */
export function relayDesks(book: RelayBook, nowMs: () => number, { trust, binding, origin }: Admission): Service {
  const { visits, ended, seats, toVisitor, changed, end, release, append, restore } = book;
  const deskOf = new Map<Socket, { account: string; device: string }>();
  const nonces = new Map<Socket, string>();

  const deskState = (account: string): DeskState => ({
    status: 'available',
    slots: 3,
    slotsMax: 4,
    seat: 1,
    held: [...visits.values()].filter(({ holder }) => holder === account).map(heldOf),
    letGo: [...visits.values()].flatMap(({ visitId, was, holder, front }) =>
      was === account && holder !== account && front ? [{ visitId, why: front }] : [],
    ),
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
        unanswered: false,
        ringing: false,
      })),
    colleagues: 0,
  });

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

  function onVisit(account: string, event: string, raw: unknown): Ack<unknown> {
    const input = raw as OnVisit;
    const visit = visits.get(input.visitId);
    if (!visit) return refused(ended.has(input.visitId) ? 'ended' : 'lost');
    if (visit.holder !== account || visit.hold !== input.hold) return refused('not_yours');
    switch (event) {
      case 'desk:end':
        end(visit, input.why === 'block' ? 'blocked' : 'counsellor_ended');
        return done(null);
      case 'desk:release':
        release(visit, 'unkept');
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

  return {
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
        const visit = [...visits.values()].find(({ stage, unanswered }) => stage === 'waiting' && !unanswered);
        if (!visit) return refused('nobody_waiting');
        visit.holder = account;
        visit.hold += 1;
        changed(visit, 'opening');
        return done(heldOf(visit));
      }
      if (event.startsWith('desk:') && event !== 'desk:end' && event !== 'desk:release') {
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
}
