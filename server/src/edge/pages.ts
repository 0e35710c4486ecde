import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import type { Api } from './api.ts';
import { onAsset, onConsole, onForgotten, onFrame, onLoader, type BuiltFrame, type Reach } from './headers.ts';

/** What the chat may know of the place where it is shown; everything else it asks of `/api/centre/:centre`. */
export interface SiteFacts {
  readonly centre: string;
  readonly demo: boolean;
  /** fingerprints of the roots; must agree with those of the address when both are there */
  readonly pins: readonly string[];
}

interface ChatNeeds {
  /** folder that the widget's build wrote */
  readonly widget: string;
  readonly reach: () => Reach;
  readonly facts: () => SiteFacts;
  /** origins of pages that may frame the chat; null for a site that does not exist */
  readonly ancestorsOf: (site: string) => readonly string[] | null;
}

interface ConsoleNeeds {
  /** folder that the console's build wrote */
  readonly console: string;
  /** origin of the chat, where that is a host of its own: the console gives no other away [U72] */
  readonly chat?: string;
  readonly reach: () => Reach;
}

const hash = v.pipe(v.string(), v.regex(/^sha(256|384|512)-[A-Za-z0-9+/=]+$/)); // ours: what the build wrote
const builtFrame = v.object({ inlineHashes: v.array(hash) });
/** One name as builds give it: no way up, nothing hidden, and only of the kinds that pages ask for. */
const FILE = /^\w[\w.-]*\.(?:css|js|svg)$/; // ours: what the build wrote
type Site = { Params: { site: string } };
type File = { Params: { file: string } };

const files = (app: FastifyInstance, root: string) =>
  app.register(fastifyStatic, {
    root,
    serve: false,
    preCompressed: true, // `.br` and `.gz` of the build, where a browser takes them
    cacheControl: false,
    etag: false,
    lastModified: false,
    acceptRanges: false,
    dotfiles: 'ignore',
  });

const asset = (reply: FastifyReply, file: string, folder: string) =>
  FILE.test(file) ? reply.headers(onAsset).sendFile(file, join(folder, 'assets')) : reply.callNotFound();

/** Where pages of ours find the relay, which only a host of its own has to say. */
const whereIs = ({ own, relay }: Reach) => (relay === own ? {} : { relay });

/** Loader and chat: files as they were built, and the headers that fence them in. */
export const chatPages: FastifyPluginAsync<ChatNeeds> = async (app, { widget, reach, facts, ancestorsOf }) => {
  await files(app, widget);
  const built = readBuilt(widget);
  const published = () => ({ ...facts(), ...whereIs(reach()) });

  const frame = (reply: FastifyReply, ancestors: readonly string[]) =>
    reply.headers(onFrame({ reach: reach(), ancestors, built })).sendFile('index.html', widget);

  // A person who opens the address of a site that does not exist is taken to a chat that does: a browser keeps the pins in
  // the fragment. In a frame nobody may show that page, and the browser says so.
  const nowhere = (request: FastifyRequest, reply: FastifyReply) =>
    request.headers.accept?.includes('text/html') ? reply.redirect('/w/') : reply.callNotFound();

  app.get('/v1/loader.js', async (_request, reply) => reply.headers(onLoader).sendFile('loader.js', widget));

  app.get('/w/', async (_request, reply) => frame(reply, []));
  app.get('/w/site.json', async () => published());
  app.get<File>('/w/assets/:file', async ({ params }, reply) => asset(reply, params.file, widget));
  app.get<Site>('/w/:site/', async (request, reply) => {
    const { params } = request;
    const ancestors = ancestorsOf(params.site);
    return ancestors ? frame(reply, ancestors) : nowhere(request, reply);
  });
  app.get<Site>('/w/:site', async (request, reply) =>
    ancestorsOf(request.params.site) ? reply.redirect(`/w/${request.params.site}/`) : nowhere(request, reply),
  );
  // guarded as the chat is, so that where one shows the other does; its scripts are no chunks that the build vouches for
  app.get<Site>('/w/:site/check', async (request, reply) => {
    const ancestors = ancestorsOf(request.params.site);
    const headers = () => onFrame({ reach: reach(), ancestors: ancestors ?? [], built: null });
    return ancestors ? reply.headers(headers()).sendFile('check.html', widget) : nowhere(request, reply);
  });
  app.get<Site>('/w/:site/site.json', async ({ params }, reply) =>
    ancestorsOf(params.site) ? published() : reply.callNotFound(),
  );
  app.get<Site & File>('/w/:site/assets/:file', async ({ params }, reply) =>
    ancestorsOf(params.site) ? asset(reply, params.file, widget) : reply.callNotFound(),
  );
};

/** The console, in the same way. */
export const consolePages: FastifyPluginAsync<ConsoleNeeds> = async (app, { console, chat, reach }) => {
  await files(app, console);
  app.get('/console', async (_request, reply) => reply.redirect('/console/'));
  app.get('/console/', async (_request, reply) => reply.headers(onConsole(reach())).sendFile('index.html', console));
  // only from a page of the console itself: a link or a picture elsewhere would empty the computer of whoever meets it
  app.get('/console/vergeten', async ({ headers }, reply) =>
    headers['sec-fetch-site'] === 'same-origin' && headers['sec-fetch-mode'] === 'navigate'
      ? reply.headers(onForgotten).sendFile('forgotten.html', console)
      : reply.redirect('/console/'),
  );
  app.get<File>('/console/assets/:file', async ({ params }, reply) => asset(reply, params.file, console));
  app.get('/console/site.json', async () => ({ ...whereIs(reach()), ...(chat !== undefined && { chat }) }));
  // what the build copies under its own name: no hash in it, so nobody keeps it
  app.get<File>('/console/:file', async ({ params }, reply) =>
    FILE.test(params.file) ? reply.headers(onConsole(reach())).sendFile(params.file, console) : reply.callNotFound(),
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

const relay = v.optional(v.string());
const siteFacts = v.strictObject({ centre: v.string(), demo: v.boolean(), pins: v.array(v.string()), relay });

/** Of docs/api.json. @public */
export const api: Api = {
  'GET /w/site.json': { says: 'What the chat may know of where it is shown.', answers: { 200: siteFacts } },
  'GET /w/:site/site.json': { says: 'The same, on a page of a school.', answers: { 200: siteFacts } },
  'GET /console/site.json': {
    says: 'Where the console finds relay and chat, where those are hosts of their own.',
    answers: { 200: v.strictObject({ relay, chat: v.optional(v.string()) }) },
  },
};
