import { request as open, type IncomingHttpHeaders } from 'node:http';
import { heldAgainst } from './api.ts';
import type { TestService } from './service.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** the same as it came, compressed perhaps */
  readonly bytes: Buffer;
}

interface Asked {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Buffer;
}

/** One request with exactly these headers: what `fetch` forbids a page to write, an attacker may write. */
export function request(
  { port }: Pick<TestService, 'port'>,
  method: string,
  path: string,
  { headers = {}, body }: Asked = {},
): Promise<Answer> {
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
  return new Promise((resolve, reject) => {
    const asking = open(
      { host: '127.0.0.1', port, method, path, agent: false, headers: { host: `localhost:${port}`, ...given } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const status = response.statusCode ?? 0;
          try {
            if (response.headers['content-encoding'] === undefined) heldAgainst(method, path, status, bytes.toString());
          } catch (error) {
            return reject(error as Error);
          }
          return resolve({ status, headers: response.headers, body: bytes.toString(), bytes });
        });
      },
    );
    asking.on('error', reject);
    asking.end(body);
  });
}

/** What a browser sends along when one of our own pages asks. */
export const fromOurPage = ({ origin }: Pick<TestService, 'origin'>): Record<string, string> => ({
  origin,
  'sec-fetch-site': 'same-origin',
  'x-clb': '1',
  'content-type': 'application/json',
});
