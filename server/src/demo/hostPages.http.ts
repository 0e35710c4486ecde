import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';
import { schoolPage, smartschoolPage } from './hostPages.rules.ts';
import { STYLE } from './hostStyle.rules.ts';

interface Needs {
  /** where the chat is */
  readonly chat: () => string;
  readonly site: string;
  readonly pins: readonly string[];
  /** folder that the widget's build wrote */
  readonly widget: string;
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Pages as schools have them, on an origin of their own: one with the loader, one whose policy forbids scripts. */
export const hostPages: FastifyPluginAsync<Needs> = async (app, { chat, site, pins, widget }) => {
  const style = hashOf(STYLE);
  const policy = (rest: string) =>
    `default-src 'none'; style-src ${style}; img-src 'self' data:; base-uri 'none'; form-action 'none'; ${rest}`;
  const page = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };

  app.get('/', async (_request, reply) => {
    const allowed = policy(`script-src ${chat()}; connect-src ${chat()}; frame-src ${chat()}; frame-ancestors 'none'`);
    const facts = { chat: chat(), site, pins, integrity: integrityOf(widget) };
    return reply.headers({ ...page, 'content-security-policy': allowed }).send(schoolPage(facts));
  });

  app.get('/smartschool', async (_request, reply) => {
    const allowed = policy(`script-src 'none'; frame-src ${chat()}; frame-ancestors 'none'`);
    return reply
      .headers({ ...page, 'content-security-policy': allowed })
      .send(smartschoolPage({ chat: chat(), site, pins }));
  });
};

/** As a school copies it from the snippet: a loader that was changed on its way does not run. */
function integrityOf(widget: string): string | null {
  try {
    const loader = readFileSync(join(widget, 'loader.js'));
    return `sha384-${createHash('sha384').update(loader).digest('base64')}`;
  } catch {
    return null;
  }
}
