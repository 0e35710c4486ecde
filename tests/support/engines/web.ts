import { createHash } from 'node:crypto';
import { createServer, request, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** What somebody on the way answers instead of the service. `cut` hangs up. */
export type Answer = 'cut' | { status: number; headers?: OutgoingHttpHeaders; body?: string };

/**
 * All that a browser reaches of the world: a proxy of its own, the same for every engine. Addresses and origins stay
 * what they are. Nothing leaves this machine: whoever else is asked for is written down, and not there.
 */
export interface Web {
  readonly port: number;
  /** every address, WebSockets among them; of a tunnel only `host:port` */
  readonly asked: readonly string[];
  /** what answers instead of the service, undefined where nobody does; any address can be given a page here */
  answer(of: (address: URL) => Answer | undefined): void;
  /** Runs in every document whose address `of` takes, before its first own script; its policy gets the script's hash. */
  before(script: string, of: (address: URL) => boolean): void;
  close(): void;
}

/** This machine, by every name that browsers take for it. */
const isHere = (host: string) => host === '127.0.0.1' || host === 'localhost' || host.endsWith('.localhost');
const DOCUMENTS = new Set(['document', 'iframe', 'frame']);

export async function openWeb(): Promise<Web> {
  const asked: string[] = [];
  const scripts: { script: string; of: (address: URL) => boolean }[] = [];
  const answers: ((address: URL) => Answer | undefined)[] = [];
  const ends = new Set<Duplex>();
  const hold = <End extends Duplex>(end: End): End => {
    ends.add(end);
    end.on('error', () => end.destroy());
    end.on('close', () => ends.delete(end));
    return end;
  };

  const server = createServer((from, to) => {
    const address = new URL(from.url ?? '');
    asked.push(address.href);
    const instead = answers.map((of) => of(address)).find((answer) => answer !== undefined);
    if (instead === 'cut') return void from.socket.destroy();
    const first = scripts.filter(({ of }) => of(address)).map(({ script }) => script);
    if (instead) {
      const html = withFirst(instead.body ?? '', instead.headers ?? {}, first);
      return void to.writeHead(instead.status, html.headers).end(html.body);
    }
    if (!isHere(address.hostname)) return void to.writeHead(502).end();
    pass(address, from, to, DOCUMENTS.has(String(from.headers['sec-fetch-dest'])) ? first : []);
  });
  server.on('connection', hold);
  // a WebSocket: WebKit asks for it by name, the others through a tunnel
  server.on('upgrade', (from: IncomingMessage, near: Duplex, head: Buffer) => {
    const address = new URL(from.url ?? '');
    asked.push(address.href);
    const far = hold(connect(Number(address.port), '127.0.0.1'));
    const lines = Object.entries(from.headers).map(([name, value]) => `${name}: ${String(value)}`);
    far.write(`GET ${address.pathname}${address.search} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    join(near, far, head);
  });
  server.on('connect', (from: IncomingMessage, near: Duplex, head: Buffer) => {
    asked.push(from.url ?? '');
    const { hostname, port } = new URL(`http://${from.url ?? ''}`);
    if (!isHere(hostname)) return void near.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    near.write('HTTP/1.1 200 OK\r\n\r\n');
    join(near, hold(connect(Number(port), '127.0.0.1')), head);
  });

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  if (!at || typeof at === 'string') throw new Error('no port');
  return {
    port: at.port,
    asked,
    answer: (of) => void answers.unshift(of),
    before: (script, of) => void scripts.push({ script, of }),
    close() {
      for (const end of ends) end.destroy();
      server.close();
    },
  };
}

function join(near: Duplex, far: Socket, head: Buffer): void {
  far.write(head);
  near.on('close', () => far.destroy());
  far.on('close', () => near.destroy());
  near.pipe(far).pipe(near);
}

function pass(address: URL, from: IncomingMessage, to: ServerResponse, first: readonly string[]): void {
  const { 'proxy-connection': _, ...headers } = from.headers;
  // what is to be written into must come as text
  if (first.length > 0) delete headers['accept-encoding'];
  const { port, pathname, search } = address;
  const asking = request({ host: '127.0.0.1', port, method: from.method, path: pathname + search, headers }, (back) => {
    if (first.length === 0) {
      to.writeHead(back.statusCode ?? 502, back.headers);
      return void back.pipe(to);
    }
    const read: Buffer[] = [];
    back.on('data', (chunk: Buffer) => read.push(chunk));
    back.on('end', () => {
      const html = withFirst(Buffer.concat(read).toString(), back.headers, first);
      to.writeHead(back.statusCode ?? 502, html.headers).end(html.body);
    });
  });
  asking.on('error', () => to.destroy());
  from.pipe(asking);
}

const POLICY = 'content-security-policy';

function withFirst(body: string, headers: OutgoingHttpHeaders, first: readonly string[]) {
  if (first.length === 0) return { body, headers };
  const { 'content-length': _, ...rest } = headers;
  const hashes = first.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
  const policy = String(rest[POLICY] ?? '').replace(/script-src( 'none')?/, `script-src ${hashes}`);
  const tags = first.map((text) => `<script>${text}</script>`).join('');
  return {
    body: body.replace(/<head[^>]*>|$/, (head) => head + tags),
    headers: { ...rest, ...(rest[POLICY] !== undefined && { [POLICY]: policy }) },
  };
}
