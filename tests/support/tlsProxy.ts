import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { request, type IncomingMessage } from 'node:http';
import { Agent, createServer } from 'node:https';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';

/** What an operator puts in front: it ends TLS, and passes on by name. */
export interface TlsProxy {
  readonly port: number;
  /** of its key, as Chromium is told to believe it: base64 of SHA-256 */
  readonly spki: string;
  /** Connects to it, whatever name is asked for, and believes its certificate. */
  readonly agent: Agent;
  close(): void;
}

/**
 * As the file of docs/operations.md has it: `Host` stays what the browser asked for, `X-Forwarded-For` is the address
 * that was seen and nothing that was written before, and a WebSocket goes through.
 *
 * @param ports by name; whoever asks for another name is answered 502
 */
export async function openTlsProxy(ports: Readonly<Record<string, number>>): Promise<TlsProxy> {
  const names = Object.keys(ports);
  const { cert, key, spki } = certificateFor(names);
  const ends = new Set<Duplex>();
  const hold = <End extends Duplex>(end: End): End => {
    ends.add(end);
    end.on('error', () => end.destroy());
    end.on('close', () => ends.delete(end));
    return end;
  };
  const portOf = ({ headers }: IncomingMessage) => ports[(headers.host ?? '').split(':')[0] ?? ''];
  const passedOn = ({ headers, socket }: IncomingMessage) => {
    const { 'x-forwarded-for': _said, forwarded: _too, ...rest } = headers;
    return {
      ...rest,
      'x-forwarded-for': socket.remoteAddress,
      'x-forwarded-proto': 'https',
      'x-forwarded-host': headers.host,
    };
  };

  const server = createServer({ cert, key }, (from, to) => {
    const port = portOf(from);
    if (port === undefined) return void to.writeHead(502).end();
    const { method, url: path } = from;
    const asking = request({ host: '127.0.0.1', port, method, path, headers: passedOn(from) }, (back) => {
      to.writeHead(back.statusCode ?? 502, back.headers);
      back.pipe(to);
    });
    asking.on('error', () => to.destroy());
    to.on('close', () => asking.destroy());
    from.pipe(asking);
  });
  server.on('secureConnection', hold);
  server.on('upgrade', (from: IncomingMessage, near: Duplex, head: Buffer) => {
    const port = portOf(from);
    if (port === undefined) return void near.destroy();
    const far = hold(connect(port, '127.0.0.1'));
    const lines = Object.entries(passedOn(from)).map(([name, value]) => `${name}: ${String(value)}`);
    far.write(`GET ${from.url ?? ''} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    far.write(head);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  if (!at || typeof at === 'string') throw new Error('no port');
  const { port } = at;
  const agent = Object.assign(new Agent(), {
    createConnection: ({ host = '' }) => connectTls({ host: '127.0.0.1', port, servername: host, ca: cert }),
  });
  return {
    port,
    spki,
    agent,
    close() {
      agent.destroy();
      for (const end of ends) end.destroy();
      server.close();
    },
  };
}

const DAY_MS = 86_400_000;
const oid = {
  ecdsaWithSha256: '06082a8648ce3d040302',
  commonName: '0603550403',
  subjectAltName: '0603551d11',
} as const;

/** One of DER's elements: what it is, how long, and what is in it. Lengths up to 65,535 bytes. */
function der(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : part)));
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
const [SEQUENCE, SET, INTEGER, BITS, OCTETS, TEXT, TIME] = [0x30, 0x31, 0x02, 0x03, 0x04, 0x0c, 0x17];

/** A certificate that signs itself, for these names and the loopback, from yesterday until tomorrow. */
export function certificateFor(names: readonly string[]): { cert: string; key: string; spki: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(SEQUENCE, oid.ecdsaWithSha256);
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, oid.commonName, der(TEXT, Buffer.from('a test')))));
  const day = (at: number) =>
    der(TIME, Buffer.from(`${new Date(at).toISOString().slice(2, 19).replaceAll(/\D/g, '')}Z`));
  const known = [...names.map((one) => der(0x82, Buffer.from(one))), der(0x87, '7f000001')];
  const extension = der(SEQUENCE, oid.subjectAltName, der(OCTETS, der(SEQUENCE, ...known)));
  const body = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, '02')),
    der(INTEGER, '01'),
    algorithm,
    name,
    der(SEQUENCE, day(Date.now() - DAY_MS), day(Date.now() + DAY_MS)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(SEQUENCE, extension)),
  );
  const signature = createSign('sha256').update(body).sign(privateKey);
  const whole = der(SEQUENCE, body, algorithm, der(BITS, '00', signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  const spki = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
  return {
    spki,
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
