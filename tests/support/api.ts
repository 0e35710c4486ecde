import { everywhere, type Api, type Described } from '@clbchat/server/edge/api';
import * as v from 'valibot';

const tables = import.meta.glob<Api>(
  ['../../server/src/**/*.http.ts', '../../server/src/edge/health.ts', '../../server/src/edge/pages.ts'],
  { eager: true, import: 'api' },
);
/** What every route says of itself, whichever file it is in. */
export const api: Api = Object.assign({}, ...Object.values(tables)) as Api;

const routes = Object.entries(api).map(([name, described]) => {
  const [method = '', path = ''] = name.split(' ');
  const pattern = new RegExp(`^${path.replaceAll(/[.]/g, '\\.').replaceAll(/:\w+/g, '[^/]+')}$`);
  return { name, method, pattern, described, isPlain: !path.includes(':') };
});

/** The route that a request is for; one without a parameter before one with. */
export function routeOf(method: string, path: string): { name: string; described: Described } | undefined {
  const [plain = ''] = path.split('?');
  const fits = routes.filter((one) => one.method === method && one.pattern.test(plain));
  return fits.find(({ isPlain }) => isPlain) ?? fits[0];
}

/** @throws when an answer is none of those that its route says it gives: the document would lie [N61] */
export function heldAgainst(method: string, path: string, status: number, body: string): void {
  const route = routeOf(method, path);
  if (!route) return;
  const { name, described } = route;
  const all = { ...everywhere, ...described.answers };
  if (!(status in all)) throw new Error(`${name} answered ${status}, which docs/api.json does not know`);
  // a route that has a 403 of its own may be refused by the guard as well
  const schemas = [described.answers[status], everywhere[status]].filter((one) => one !== undefined);
  const said = (schema: v.GenericSchema) => (schema.type === 'string' ? body : parsed(body));
  const fits = schemas.some((schema) => (schema === null ? body === '' : v.safeParse(schema, said(schema)).success));
  if (!fits) throw new Error(`${name} answered ${status} with what docs/api.json does not know: ${body.slice(0, 300)}`);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
