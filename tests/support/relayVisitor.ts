import { digestOf, visitIdOf } from '@clbchat/shared/digest';
import type { VisitId } from '@clbchat/shared/ids';
import { readHeader } from '@clbchat/shared/protocol/frame';
import type { VisitorAuth, VisitorInput } from '@clbchat/shared/protocol/visitor';
import { done, refused, type Ack, type Share } from '@clbchat/shared/protocol/wire';
import type { RelayBook } from './relayBook.ts';
import { since, stateOf, type RelayVisit } from './relayVisit.ts';
import type { Service, Socket } from './wireDouble.ts';

/** What a visitor's socket meets. */
export function relayVisitors(book: RelayBook, nowMs: () => number): Service {
  const { visits, ended, toHolder, changed, end, release, append, restore } = book;
  const visitOf = new Map<Socket, RelayVisit>();

  async function join(socket: Socket, input: VisitorInput<'visit:join'>): Promise<Ack<unknown>> {
    const visitId = await visitIdOf(input.proof);
    if (!visits.has(visitId)) {
      const { role, topic, lang, vnonce, first, share } = input;
      visits.set(visitId, {
        ...{ visitId, stage: 'waiting', role, topic, lang, vnonce, token: first, tokenBefore: '', rev: 1, hold: 0 },
        ...{ holder: null, epoch: 0, epochNext: 1, keyWanted: 0, shareV: share, socket },
        ...{ unanswered: false, was: null, front: null },
        ...{ log: [], streams: new Map() },
      });
    }
    const visit = visits.get(visitId);
    if (!visit || visit.token !== input.first) return refused('not_yours');
    visit.socket = socket;
    visitOf.set(socket, visit);
    return done({ visitId, ticket: 1, ahead: 0, range: null });
  }

  return {
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
          if (visit.stage === 'opening') return refused('stage');
          delete visit.idleLeftMs;
          if (visit.unanswered) {
            visit.unanswered = false;
            changed(visit, 'waiting');
          }
          return done({ ahead: 0, range: null });
        case 'key:seal':
          if (visit.stage === 'waiting') return refused('stage');
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
          release(visit, 'refused');
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
}
