import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { startService } from '../../support/service.ts';
import { harnessCode } from './harness.ts';
import type { HostPage, Place } from './hostPage.ts';

const NONCE = 'c2Nob29s';
const built = (part: string) => fileURLToPath(new URL(`../../../${part}/dist`, import.meta.url));
const pathOf = ({ name }: Pick<HostPage, 'name'>) => `/${name.replaceAll(/[^\w]+/g, '-')}/`;

/** A web server with the pages, under a name that may frame the chat and under one that may not, and the chat itself. */
export interface HostSite {
  readonly place: Place;
  /** what a person opens */
  addressOf(page: HostPage): string;
  stop(): Promise<void>;
}

export async function openHostSite(pages: readonly HostPage[]): Promise<HostSite> {
  const byPath = new Map(pages.map((page) => [pathOf(page), page]));
  const known: { place?: Place } = {};

  function answer(request: IncomingMessage, response: ServerResponse) {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const folder = pathname.replace(/[^/]*$/, '');
    const page = byPath.get(folder);
    const { place } = known;
    if (!page || !place) return void response.writeHead(404).end();
    const also = page.also?.[pathname.slice(folder.length)];
    if (also) return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(also(place));
    const type = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
    if (searchParams.has('around')) {
      const src = `${place.own}${folder}`;
      return void response
        .writeHead(200, type)
        .end(
          `<!doctype html><style>body{margin:0}iframe{border:0;width:100vw;height:100vh;display:block}</style><iframe src="${src}"></iframe>`,
        );
    }
    const first = `<head><script nonce="${NONCE}">${harnessCode}</script>`;
    response.writeHead(200, { ...type, ...page.headers?.(place) }).end(page.html(place).replace('<head>', () => first));
  }

  const server = createServer(answer);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const [own, other] = [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  const service = await startService({
    ...{ time: 'real', widget: built('widget'), console: built('console'), schoolOrigins: [own] },
  });
  const place = { chat: service.origin, key: service.keys.pins.join('.'), own, other, nonce: NONCE };
  known.place = place;

  return {
    place,
    addressOf: (page) =>
      page.inFrameOf ? `${page.inFrameOf === 'own' ? own : other}${pathOf(page)}?around` : `${own}${pathOf(page)}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await service.stop();
    },
  };
}
