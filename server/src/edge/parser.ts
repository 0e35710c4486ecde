/** Socket.IO's own numbers. A client may send the first four; binary packets (5, 6) do not exist here. */
const CONNECT = 0;
const DISCONNECT = 1;
const EVENT = 2;
const ACK = 3;

interface Packet {
  type: number;
  nsp: string;
  data?: unknown;
  id?: number;
}

interface Allowed {
  readonly namespaces: readonly string[];
  readonly charsMax: number;
}

const ARGUMENTS_MAX = 3;
const DEPTH_MAX = 6;
const SHAPE = /^([0-3])(\/[a-z]+),(\d{1,9})?([^]*)$/; // at most charsMax
/** None of Socket.IO's own event names has a colon. */
const EVENT_NAME = /^[a-z]{1,16}:[a-z]{1,16}$/; // at most charsMax
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

class Violation extends Error {
  override readonly name = 'Violation';
}
const insist = (holds: boolean): void => {
  if (!holds) throw new Violation('not the protocol'); // says nothing of what came
};

/**
 * Socket.IO's wire in text only, and of it as little as the two applications use. The decoder throws at the first
 * thing that no client of ours sends; Socket.IO then closes the connection.
 */
export function strictParser({ namespaces, charsMax }: Allowed): {
  Encoder: typeof Encoder;
  Decoder: new () => Decoder;
} {
  /** As much of an emitter as Socket.IO asks of it: there is one for each socket. */
  class Decoder {
    #connected = false;
    #decoded: ((packet: Packet) => void) | null = null;

    on(_event: 'decoded', run: (packet: Packet) => void): void {
      this.#decoded = run;
    }

    add(chunk: unknown): void {
      if (typeof chunk !== 'string' || chunk.length > charsMax) throw new Violation('not the protocol');
      const packet = read(chunk);
      insist(namespaces.includes(packet.nsp));
      insist((packet.type === CONNECT) !== this.#connected); // once, and first
      this.#connected = true;
      this.#decoded?.(packet);
    }

    removeListener(): void {
      this.#decoded = null;
    }

    destroy(): void {
      this.removeListener();
    }
  }
  return { Encoder, Decoder };
}

interface Decoder {
  on(event: 'decoded', run: (packet: Packet) => void): void;
  /** @throws Violation for what no client of ours sends */
  add(chunk: unknown): void;
  removeListener(): void;
  destroy(): void;
}

class Encoder {
  encode({ type, nsp, id, data }: Packet): string[] {
    return [`${type}${nsp === '/' ? '' : `${nsp},`}${id ?? ''}${data === undefined ? '' : JSON.stringify(data)}`];
  }
}

function read(text: string): Packet {
  const found = SHAPE.exec(text);
  if (!found) throw new Violation('not the protocol');
  const [, digit, nsp = '', digits, json = ''] = found;
  const type = Number(digit);
  const data = json === '' ? undefined : parsed(json);
  checkPayload(type, digits !== undefined, data);
  return { type, nsp, ...(digits !== undefined && { id: Number(digits) }), ...(data !== undefined && { data }) };
}

function checkPayload(type: number, hasId: boolean, data: unknown): void {
  if (type === DISCONNECT) return insist(!hasId && data === undefined);
  if (type === CONNECT) return insist(!hasId && (data === undefined || isPlainObject(data)));
  if (!Array.isArray(data)) throw new Violation('not the protocol');
  if (type === ACK) return insist(hasId && data.length <= 1);
  if (type === EVENT) insist(typeof data[0] === 'string' && EVENT_NAME.test(data[0]) && data.length <= ARGUMENTS_MAX);
}

const isPlainObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(json: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Violation('not the protocol'); // the engine's own error quotes the text
  }
  inspect(value, 0);
  return value;
}

function inspect(value: unknown, depth: number): void {
  insist(depth <= DEPTH_MAX);
  if (typeof value === 'number') insist(Number.isFinite(value) && !Object.is(value, -0));
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    insist(!FORBIDDEN_KEYS.has(key));
    inspect(inner, depth + 1);
  }
}
