import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { onAsset, onConsole, onFrame, onLoader, type BuiltFrame } from './headers.ts';

/** What the chat may know of the place where it is shown; everything else it asks of `/api/centre/:centre`. */
export interface SiteFacts {
  readonly centre: string;
  readonly demo: boolean;
  /** fingerprints of the roots; must agree with those of the address when both are there */
  readonly pins: readonly string[];
}

interface Needs {
  /** folders that the builds of widget and console wrote */
  readonly widget: string;
  readonly console: string;
  /** of this server, as pages name it */
  readonly origin: () => string;
  readonly facts: () => SiteFacts;
  /** origins of pages that may frame the chat; null for a site that does not exist */
  readonly ancestorsOf: (site: string) => readonly string[] | null;
}

const hash = v.pipe(v.string(), v.regex(/^sha(256|384|512)-[A-Za-z0-9+/=]+$/)); // ours: what the build wrote
const builtFrame = v.object({ inlineHashes: v.array(hash) });
/** One name as builds give it: no way up, nothing hidden, and only of the kinds that pages ask for. */
const FILE = /^\w[\w.-]*\.(?:css|js|svg)$/; // ours: what the build wrote
type Site = { Params: { site: string } };
type File = { Params: { file: string } };

/** Loader, chat and console: files as they were built, and the headers that fence them in. */
export const pages: FastifyPluginAsync<Needs> = async (app, { widget, console, origin, facts, ancestorsOf }) => {
  await app.register(fastifyStatic, {
    root: widget,
    serve: false,
    preCompressed: true, // `.br` and `.gz` of the build, where a browser takes them
    cacheControl: false,
    etag: false,
    lastModified: false,
    acceptRanges: false,
    dotfiles: 'ignore',
  });
  const built = readBuilt(widget);

  const frame = (reply: FastifyReply, ancestors: readonly string[]) =>
    reply.headers(onFrame({ origin: origin(), ancestors, built })).sendFile('index.html', widget);
  const asset = (reply: FastifyReply, file: string, folder: string) =>
    FILE.test(file) ? reply.headers(onAsset).sendFile(file, join(folder, 'assets')) : reply.callNotFound();

  // A person who opens the address of a site that does not exist is taken to a chat that does: a browser keeps the pins in
  // the fragment. In a frame nobody may show that page, and the browser says so.
  const nowhere = (request: FastifyRequest, reply: FastifyReply) =>
    request.headers.accept?.includes('text/html') ? reply.redirect('/w/') : reply.callNotFound();

  app.get('/v1/loader.js', async (_request, reply) => reply.headers(onLoader).sendFile('loader.js', widget));

  app.get('/w/', async (_request, reply) => frame(reply, []));
  app.get('/w/site.json', async () => facts());
  app.get<File>('/w/assets/:file', async ({ params }, reply) => asset(reply, params.file, widget));
  app.get<Site>('/w/:site/', async (request, reply) => {
    const { params } = request;
    const ancestors = ancestorsOf(params.site);
    return ancestors ? frame(reply, ancestors) : nowhere(request, reply);
  });
  app.get<Site>('/w/:site', async (request, reply) =>
    ancestorsOf(request.params.site) ? reply.redirect(`/w/${request.params.site}/`) : nowhere(request, reply),
  );
  app.get<Site>('/w/:site/site.json', async ({ params }, reply) =>
    ancestorsOf(params.site) ? facts() : reply.callNotFound(),
  );
  app.get<Site & File>('/w/:site/assets/:file', async ({ params }, reply) =>
    ancestorsOf(params.site) ? asset(reply, params.file, widget) : reply.callNotFound(),
  );

  app.get('/console', async (_request, reply) => reply.redirect('/console/'));
  app.get('/console/', async (_request, reply) => reply.headers(onConsole(origin())).sendFile('index.html', console));
  app.get<File>('/console/assets/:file', async ({ params }, reply) => asset(reply, params.file, console));
  // what the build copies under its own name: no hash in it, so nobody keeps it
  app.get<File>('/console/:file', async ({ params }, reply) =>
    FILE.test(params.file) ? reply.headers(onConsole(origin())).sendFile(params.file, console) : reply.callNotFound(),
  );
};

/** Without this file the page's lazily loaded scripts have nobody to vouch for them, and the policy is not sent. */
function readBuilt(widget: string): BuiltFrame | null {
  try {
    return v.parse(builtFrame, JSON.parse(readFileSync(join(widget, 'csp.json'), 'utf8')));
  } catch {
    return null;
  }
}
