import { createHash, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** Where it connects, and what its pages call it. */
type Target = Readonly<{ port: number; origin: string }>;

interface Frame {
  readonly opcode?: number;
  readonly fin?: boolean;
  readonly rsv?: number;
  readonly masked?: boolean;
}

/** A WebSocket written byte by byte, for what no library sends. */
export interface RawSocket {
  /** the head of the server's answer */
  readonly answered: string;
  text(words: string): void;
  frame(payload: Buffer | string, how?: Frame): void;
  /** Resolves when the system took it, or never will. */
  bytes(raw: Buffer): Promise<void>;
  /** Reads no more from now on, as a phone without a network. */
  stall(): void;
  /** texts that the server sent */
  readonly heard: string[];
  hears(start: string): Promise<string>;
  /** what the server's close frame said, null when it only hung up */
  readonly closed: Promise<number | null>;
  end(): void;
}

/** Until a test that waits in vain says so: shorter than the half minute that a WebSocket waits for the other end by itself. */
const PATIENCE_MS = 20_000;

export interface Handshake {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** does not hang up when the server says goodbye */
  readonly stubborn?: boolean;
  /** another address of this machine: 127.0.0.2 and so on */
  readonly from?: string;
}

const websocketHeaders = (service: Target): Record<string, string> => ({
  host: `localhost:${service.port}`,
  origin: service.origin,
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-key': randomBytes(16).toString('base64'),
  'sec-websocket-version': '13',
});

export async function openRaw(
  service: Target,
  { path = '/rt/?EIO=4&transport=websocket', headers = {}, stubborn = false, from = '127.0.0.1' }: Handshake = {},
): Promise<RawSocket> {
  const socket = connect({ port: service.port, host: '127.0.0.1', localAddress: from });
  const sent = Object.entries({ ...websocketHeaders(service), ...headers }).filter(([, value]) => value !== undefined);
  socket.write(`GET ${path} HTTP/1.1\r\n${sent.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`);

  const heard: string[] = [];
  const listeners = new Set<() => void>();
  let pending: Buffer = Buffer.alloc(0);
  let open = false;
  let code: number | null = null;
  let headArrived: (head: string) => void = () => undefined;
  const head = new Promise<string>((resolve) => (headArrived = resolve));

  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    if (!open) {
      const end = pending.indexOf('\r\n\r\n');
      if (end < 0) return;
      open = true;
      headArrived(pending.subarray(0, end).toString());
      pending = pending.subarray(end + 4);
    }
    for (let frame = take(); frame; frame = take()) {
      if (frame.opcode === 1) heard.push(frame.payload.toString());
      if (frame.opcode !== 8) continue;
      if (frame.payload.length >= 2) code = frame.payload.readUInt16BE(0);
      if (!stubborn) socket.end();
    }
    for (const listener of listeners) listener();
  });
  socket.on('error', () => undefined);
  const closed = closing(socket, () => code);

  /** Frames of a server are not masked, and ours are short. */
  function take(): { opcode: number; payload: Buffer } | null {
    if (pending.length < 2) return null;
    const short = (pending[1] ?? 0) & 127;
    const [from, length] = short === 126 && pending.length >= 4 ? [4, pending.readUInt16BE(2)] : [2, short];
    if (pending.length < from + length) return null;
    const frame = { opcode: (pending[0] ?? 0) & 15, payload: pending.subarray(from, from + length) };
    pending = pending.subarray(from + length);
    return frame;
  }

  const frame = (payload: Buffer | string, how: Frame = {}) => void socket.write(framed(Buffer.from(payload), how));
  return {
    answered: await Promise.race([head, closed.then(() => '')]),
    heard,
    closed,
    frame,
    text: (words) => frame(words),
    stall: () => void socket.pause(),
    bytes: (raw) => new Promise((resolve) => socket.write(raw, () => resolve())),
    end: () => socket.destroy(),
    hears: (start) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`never heard ${start}, but ${heard.join(' ')}`)), PATIENCE_MS);
        const look = () => {
          const found = heard.find((each) => each.startsWith(start));
          if (!found) return;
          clearTimeout(late);
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
      }),
  };
}

/** After Engine.IO's greeting and a CONNECT to the visitors' namespace. */
export async function rawVisitor(service: Target, how?: Handshake): Promise<RawSocket> {
  const raw = await openRaw(service, how);
  await raw.hears('0{');
  raw.text('40/visitor,{}');
  await raw.hears('40/visitor,');
  return raw;
}

/** Many short texts as frames in one piece. Their mask is zero, which is a mask like any other. */
export const batchOf = (texts: readonly string[]): Buffer =>
  Buffer.concat(
    texts.flatMap((text) => {
      const payload = Buffer.from(text);
      const { length } = payload;
      const size = length < 126 ? [128 | length] : [128 | 126, length >> 8, length & 255];
      return [Buffer.from([129, ...size, 0, 0, 0, 0]), payload];
    }),
  );

function framed(payload: Buffer, { opcode = 1, fin = true, rsv = 0, masked = true }: Frame): Buffer {
  const { length } = payload;
  const first = (fin ? 128 : 0) | (rsv << 4) | opcode;
  const size =
    length < 126
      ? [length]
      : length < 65_536
        ? [126, length >> 8, length & 255]
        : [127, 0, 0, 0, 0, ...bytesOf(length)];
  const head = Buffer.from([first, ...size]);
  if (!masked) return Buffer.concat([head, payload]);
  head[1] = (head[1] ?? 0) | 128;
  const mask = createHash('sha256').update(String(length)).digest().subarray(0, 4);
  const hidden = Buffer.from(payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0)));
  return Buffer.concat([head, mask, hidden]);
}

const bytesOf = (length: number) => [length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255];

function closing(socket: Socket, code: () => number | null): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      socket.destroy();
      reject(new Error('the server did not close'));
    }, PATIENCE_MS);
    late.unref();
    socket.once('close', () => {
      clearTimeout(late);
      resolve(code());
    });
  });
}
