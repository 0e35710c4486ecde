/** What the relay answered. */
export interface Heard {
  readonly status: number;
  readonly text: string;
}

/** Asks the relay for a path. @returns null when there is no whole answer within the bounds, whatever came in its place */
export type Ask = (path: string, bytesMax: number) => Promise<Heard | null>;

interface Needs {
  /** an origin */
  readonly relay: string;
  readonly waitMs: number;
  /** in how many entries `X-Forwarded-For` has to say that nobody else asks: where this goes past the proxies in front */
  readonly hops: number;
}

const OWN_ADDRESS = '127.0.0.1';

/** The one way in which a process of files asks the relay: never longer, never more than it may, and nowhere else. */
export function outgoing({ relay, waitMs, hops }: Needs): Ask {
  const headers: Record<string, string> =
    hops > 0 ? { 'x-forwarded-for': Array(hops).fill(OWN_ADDRESS).join(', ') } : {};
  return async (path, bytesMax) => {
    try {
      const how: RequestInit = { headers, redirect: 'error', signal: AbortSignal.timeout(waitMs) };
      const answer = await fetch(relay + path, how);
      const text = await textOf(answer, bytesMax);
      return text === null ? null : { status: answer.status, text };
    } catch {
      return null; // silent, slow, or nonsense: to who asked it is all the same
    }
  };
}

/** @returns null for more than may come; what is behind it is not read */
async function textOf({ body }: Response, bytesMax: number): Promise<string | null> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body ?? []) {
    bytes += piece.length;
    if (bytes > bytesMax) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
