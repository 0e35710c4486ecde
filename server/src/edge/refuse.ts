import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** By hand, where there is no response object: refused upgrades, and what is not HTTP at all. */
function write(socket: Duplex, status: string, code: string, headers: Readonly<Record<string, string>>): void {
  socket.on('error', () => undefined); // the other end may be gone already
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify({ code });
  const lines = Object.entries({
    ...headers,
    connection: 'close',
    'content-type': 'application/json',
    'content-length': String(body.length),
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status}\r\n${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

const REFUSALS = {
  not_yours: '403 Forbidden',
  malformed: '400 Bad Request',
  full_house: '503 Service Unavailable',
  unavailable: '503 Service Unavailable',
} as const;

export const refuseUpgrade = (
  socket: Duplex,
  headers: Readonly<Record<string, string>>,
  code: keyof typeof REFUSALS = 'not_yours',
): void => write(socket, REFUSALS[code], code, headers);

/** The same refusals where there is one. It has the fixed headers already. */
export function refuseRequest(response: ServerResponse, code: keyof typeof REFUSALS = 'not_yours'): void {
  response.writeHead(Number.parseInt(REFUSALS[code], 10), { 'content-type': 'application/json' });
  response.end(JSON.stringify({ code }));
}

const STATUS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** What could not be read as a request. Nothing of it is repeated. */
export function refuseGarbage(error: Error, socket: Duplex, headers: Readonly<Record<string, string>>): void {
  const reason = 'code' in error && typeof error.code === 'string' ? error.code : '';
  write(socket, STATUS[reason] ?? '400 Bad Request', 'malformed', headers);
}
