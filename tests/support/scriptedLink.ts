import type { Duplex } from 'node:stream';
import { agreed } from '@clbchat/shared/agreed';
import type { Link, LinkStatus } from '@clbchat/shared/client/link';
import type { Timers } from '@clbchat/shared/client/ports';
import { isProblemCode } from '@clbchat/shared/problem';
import { refused, type Ack } from '@clbchat/shared/protocol/wire';
import { signal } from '@preact/signals-core';
import { WebSocket } from 'ws';
import { awake, during, joinPost } from './idle.ts';

/** One message between a page and the service. An answer bears the name of what it answers. */
export interface Packet {
  readonly way: 'up' | 'down';
  readonly kind: 'connect' | 'event' | 'ack' | 'refused' | 'dismissed' | 'closed';
  readonly event: string;
  readonly body: unknown;
  readonly id: string;
  /** what an answer answers */
  readonly input?: unknown;
}
/** `held`: it waits, and with it all that follows on the same way, until `control.let()`. */
type Fate = 'now' | 'lost' | 'twice' | 'held';

export interface LinkControl {
  /** asked once of each packet, when it would be delivered */
  fate: (packet: Packet) => Fate;
  /** a relay that lies changes here what it passes on */
  forge: (packet: Packet) => Packet;
  /** a hint out of the relay's own mind, at once */
  inject(event: string, hint: unknown): void;
  /** lets go what was held */
  let(): void;
  /** the connection breaks, and stays broken */
  cut(): void;
  mend(): void;
  /** everything that was asked, in order */
  readonly asked: { event: string; input: unknown }[];
  /** every hint that reached the page */
  readonly heard: Packet[];
  /** the network says one of them once more */
  repeat(packet: Packet): void;
}

interface Line {
  plug(): Duplex;
  readonly namespace: '/visitor' | '/counsellor';
  readonly headers: Readonly<Record<string, string>>;
  auth(): object;
  readonly timers: Timers;
}

const PULSE = 'presence:pulse';
const PACKET = /^4([0-4])\/[a-z]+,(\d*)([^]*)$/;
const KINDS: Readonly<Record<string, Packet['kind']>> = {
  0: 'connect',
  1: 'dismissed',
  2: 'event',
  3: 'ack',
  4: 'refused',
};

/**
 * A link to the real service: every packet passes its HTTP, its parser and its gate, over a connection in memory. Both
 * ways wait here until `idle` delivers what is due, all of it together, as one answer of long polling does.
 * Of `connect.ts` it has what the engine feels (loss, refusal, coming back), on the timers of the test.
 */
// over 80 lines because its four parts (words, ways, connection, link) share what the connection is just now
export function scriptedLink<
  Inputs extends object,
  Answers extends { [E in keyof Inputs]: unknown },
  Hints extends object,
>({ plug, namespace, headers, auth, timers }: Line): { link: Link<Inputs, Answers, Hints>; control: LinkControl } {
  const status = signal<LinkStatus>({ is: 'connecting' });
  const hearers = new Set<{ name: string; run: (hint: never) => void }>();
  const waiting = new Map<string, { event: string; input: unknown; answer: (said: unknown) => void }>();
  const ways: Record<Packet['way'], { packet: Packet; held: boolean }[]> = { up: [], down: [] };
  let socket: WebSocket | null = null;
  let broken = false;
  let failures = 0;
  let ids = 0;
  let again = () => undefined as void;

  const leave = joinPost({
    due: () => Object.values(ways).some(([first]) => first && !first.held),
    take() {
      const at = socket;
      const taken = { up: ways.up.splice(0), down: ways.down.splice(0) };
      return () => {
        for (const way of ['up', 'down'] as const) deliver(at, way, taken[way]);
      };
    },
  });
  const queue = (packet: Packet) => {
    ways[packet.way].push({ packet, held: false });
    awake();
  };

  /** @param at the connection that these packets are of */
  function deliver(at: WebSocket | null, way: Packet['way'], taken: { packet: Packet; held: boolean }[]): void {
    const isOf = ({ kind }: Packet) => (way === 'up' && kind === 'connect') || (at !== null && socket === at);
    for (const [n, { packet, held }] of taken.entries()) {
      if (!isOf(packet)) return;
      const fate = held ? 'held' : control.fate(packet);
      if (fate === 'held') return void ways[way].unshift(...taken.slice(n).map((one) => ({ ...one, held: true })));
      for (let times = fate === 'lost' ? 0 : fate === 'twice' ? 2 : 1; times > 0 && isOf(packet); times -= 1)
        (way === 'up' ? send : hear)(control.forge(structuredClone(packet)));
    }
  }

  function send({ kind, event, body, id }: Packet): void {
    if (kind === 'connect') return open();
    const data = JSON.stringify(kind === 'ack' ? [] : [event, body ?? {}]);
    socket?.send(`4${kind === 'ack' ? 3 : 2}${namespace},${id}${data}`);
  }

  function hear(packet: Packet): void {
    const { kind, event, body, id } = packet;
    if (kind === 'connect') {
      failures = 0;
      status.value = { is: 'online' };
    } else if (kind === 'refused') {
      const { message, data } = body as { message?: unknown; data?: { life?: string } };
      const life = data?.life;
      drop({ is: 'refused', code: isProblemCode(message) ? message : 'unavailable', ...(life && { life }) });
    } else if (kind === 'dismissed' || kind === 'closed') lose();
    else if (kind === 'ack') waiting.get(id)?.answer(body);
    else {
      control.heard.push(packet);
      if (event === PULSE) queue({ way: 'up', kind: 'ack', event, body: null, id });
      for (const { name, run } of [...hearers]) if (name === event) run(structuredClone(body) as never);
    }
  }

  function drop(next: LinkStatus): void {
    const gone = socket;
    socket = null;
    gone?.terminate();
    again();
    for (const way of Object.values(ways)) way.length = 0;
    for (const { answer } of [...waiting.values()]) answer(undefined);
    if (status.value.is !== 'closed') status.value = next;
  }
  function lose(): void {
    drop({ is: 'lost' });
    if (broken) return;
    again = timers.after(Math.min(agreed.reconnectMsMax, agreed.reconnectMsMin * 2 ** failures++), connect);
  }
  const connect = () => queue({ way: 'up', kind: 'connect', event: 'connect', body: null, id: '' });

  function open(): void {
    if (broken || status.value.is === 'closed' || socket) return;
    const mine = new WebSocket(`ws://localhost/rt/?EIO=4&transport=websocket`, {
      createConnection: plug,
      headers: { host: 'localhost', ...headers },
    });
    socket = mine;
    let greeted: () => void = () => undefined;
    void during(new Promise<void>((resolve) => (greeted = resolve)));
    const comes = (packet: Omit<Packet, 'way'>) => {
      if (socket === mine) queue({ way: 'down', ...packet });
    };
    mine.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text === '2') return mine.send('3');
      if (text.startsWith('0')) {
        mine.send(`40${namespace},${JSON.stringify(auth())}`);
        return greeted();
      }
      const [, type = '', id = '', json = ''] = PACKET.exec(text) ?? [];
      const kind = KINDS[type];
      if (!kind) throw new Error(`no packet of ours: ${text}`);
      const said: unknown = json === '' ? null : JSON.parse(json);
      const [first, second] = Array.isArray(said) ? (said as unknown[]) : [said];
      if (kind === 'event') comes({ kind, event: String(first), body: second, id });
      else comes({ kind, event: waiting.get(id)?.event ?? kind, body: first, id, input: waiting.get(id)?.input });
    });
    mine.on('error', () => undefined);
    mine.on('close', () => {
      greeted();
      comes({ kind: 'closed', event: 'closed', body: null, id: '' });
    });
  }

  const control: LinkControl = {
    fate: () => 'now',
    forge: (packet) => packet,
    inject: (event, body) => hear({ way: 'down', kind: 'event', event, body, id: '' }),
    let() {
      for (const way of Object.values(ways)) for (const one of way) one.held = false;
      awake();
    },
    cut() {
      broken = true;
      lose();
    },
    mend() {
      broken = false;
      connect();
    },
    asked: [],
    heard: [],
    repeat: queue,
  };

  const hearing = (name: string, run: (hint: never) => void) => {
    const hearer = { name, run };
    hearers.add(hearer);
    return () => void hearers.delete(hearer);
  };
  const link: Link<Inputs, Answers, Hints> = {
    status,
    request: (event, input) =>
      new Promise((resolve) => {
        if (status.value.is !== 'online') return resolve(refused('unavailable'));
        const id = String(ids++);
        const answer = (said: unknown) => {
          late();
          waiting.delete(id);
          resolve((said as Ack<Answers[typeof event]> | undefined) ?? refused('unavailable'));
        };
        const late = timers.after(agreed.ackWaitMs, () => answer(undefined));
        const body = structuredClone(input);
        waiting.set(id, { event, input: body, answer });
        control.asked.push({ event, input: body });
        queue({ way: 'up', kind: 'event', event, body, id });
      }),
    hear: hearing,
    onPulse: (run) => hearing(PULSE, run),
    reconnect() {
      if (status.value.is === 'closed') return;
      drop({ is: 'connecting' });
      connect();
    },
    close() {
      drop({ is: 'closed' });
      status.value = { is: 'closed' };
      leave();
    },
  };
  connect();
  return { link, control };
}
