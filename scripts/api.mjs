/** `npm run api`: docs/api.json and docs/api.md, of what every route says of itself. */
import { readdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join, resolve } from 'node:path';
import { apiDocument, apiPage } from './apiDocument.mjs';

const dist = resolve(import.meta.dirname, '../server/dist');
const names = readdirSync(dist, { recursive: true }).filter((name) => /(\.http|edge\/(health|pages))\.js$/.test(name));
const load = (name) => import(pathToFileURL(join(dist, name)).href);
const api = Object.assign({}, ...(await Promise.all(names.map(load))).map((one) => one.api ?? {}));
const { everywhere } = await load('edge/api.js');

const document = apiDocument(api, everywhere);
const docs = resolve(import.meta.dirname, '../docs');
writeFileSync(join(docs, 'api.json'), `${JSON.stringify(document, null, 1)}\n`);
writeFileSync(join(docs, 'api.md'), apiPage(document));
