/** Socket.IO 5 as text, inside Engine.IO's messages (4), and its greeting. Binary packets (5, 6) do not exist on this wire. */
export const CONNECT = 0;
export const DISCONNECT = 1;
export const EVENT = 2;
export const ACK = 3;
export const CONNECT_ERROR = 4;

export type Packet =
  | { type: typeof CONNECT | typeof DISCONNECT | typeof CONNECT_ERROR; id: string; data: unknown }
  | { type: typeof EVENT | typeof ACK; id: string; data: unknown[] };

/** @param id empty: nobody waits for an answer */
export const encode = (type: number, namespace: string, data: unknown, id = ''): string =>
  `4${type}${namespace},${id}${JSON.stringify(data)}`;

/** @returns null for whatever is not a packet of this namespace */
export function decode(namespace: string, text: string): Packet | null {
  const [, digit, of, id = '', json] = /^4([0-4])(\/\w+),(\d*)(.*)$/s.exec(text) ?? [];
  if (of !== namespace) return null;
  const type = Number(digit);
  const data = json ? parsed(json) : null;
  // events and acknowledgements carry a list, and nothing else does
  if (data === undefined || Array.isArray(data) !== (type === EVENT || type === ACK)) return null;
  return type === EVENT && typeof (data as unknown[])[0] !== 'string' ? null : ({ type, id, data } as Packet);
}

/** What the service says first: the connection's name, and how long it is never silent while it lives, in ms. */
export interface Greeting {
  readonly sid: string;
  readonly quietMs: number;
}

export function readGreeting(packet: string): Greeting | null {
  const { sid, pingInterval, pingTimeout } = (packet[0] === '0' && (parsed(packet.slice(1)) as Partial<Greeted>)) || {};
  const quietMs = Number(pingInterval) + Number(pingTimeout);
  return /^[\w-]+$/.test(String(sid)) && quietMs > 0 ? { sid: String(sid), quietMs } : null;
}
type Greeted = Record<'sid' | 'pingInterval' | 'pingTimeout', unknown>;

/** @returns undefined for what is not JSON */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
