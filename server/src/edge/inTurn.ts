import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

export interface InTurn {
  /** Runs `answer` once everything that this connection asked before has been answered. */
  answer(request: IncomingMessage, response: ServerResponse, answer: () => void): void;
  /** whether an answer is owed on this connection */
  isOwed(socket: Duplex): boolean;
}

/**
 * Node parses all that a connection asks in one breath, and hands every request of it over at once: each would open its
 * file before the first answer has left, and one that never gets its turn would never let go of it. Here one is answered
 * after the other, and who has asked too many ahead is cut off; browsers ask none.
 */
export function createInTurn(unansweredMax: number): InTurn {
  /** what runs each of them; the first is being answered */
  const unanswered = new WeakMap<Duplex, (() => void)[]>();

  return {
    isOwed: (socket) => (unanswered.get(socket)?.length ?? 0) > 0,
    answer({ socket }, response, answer) {
      if (socket.destroyed) return; // came in one piece with the one that was too many
      const owed = unanswered.get(socket) ?? [];
      unanswered.set(socket, owed);
      if (owed.push(answer) > unansweredMax) return void socket.destroy();
      response.once('close', () => {
        owed.shift();
        if (socket.writable) owed[0]?.();
      });
      if (owed.length === 1) answer();
    },
  };
}
