import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Redis } from 'ioredis';
import { describe, expect, test, vi } from 'vitest';
import { type App } from '../support/app.ts';
import { openProfile } from '../support/chromium.ts';
import { discard } from '../support/discard.ts';
import { counsellor, pupil, pupilIn } from '../support/people.ts';
import { scene } from '../support/scene.ts';

/** Each stands nowhere else in the world. */
const sentence = 'De paarse olifant van zolder zwijgt al negen dagen';
const marks = {
  sentence,
  nick: 'Kobalt Zeepaard',
  agent: 'Merel-Verkenner-77-kwarts',
  forwarded: '203.0.113.217',
  referrer: 'https://heimelijk.example/kladblok-8841',
  cookie: 'stil-koekje-5520',
};

describe.concurrent('what stays behind', () => {
  const headers = {
    'x-forwarded-for': marks.forwarded,
    'x-real-ip': marks.forwarded,
    forwarded: `for=${marks.forwarded}`,
    cookie: `sid=${marks.cookie}`,
  };

  test(
    '[P2 B18] nothing of a visitor is in the output, in a value of either Redis, or readable on the wire',
    scene(
      async (stage) => {
        const lien = await counsellor(stage);
        const fox = await pupil(stage, { where: 'window', userAgent: marks.agent, extraHTTPHeaders: headers });
        await fox.context.addCookies([{ name: 'merk', value: marks.cookie, url: stage.app.origin }]);
        await fox.page.goto(`${stage.app.origin}/w/${new URL(fox.page.url()).hash}`, { referer: marks.referrer });
        await fox.page.reload();
        await fox.start({ nick: marks.nick, first: sentence });
        await lien.accepts();
        await lien.hears(sentence);
        await lien.says(`${sentence}?`);
        await fox.hears(`${sentence}?`);
        await fox.sees(sentence, 'Gelezen');

        const during = await everyValue(stage.app);
        expect(during.length, 'there is something to look through').toBeGreaterThan(5);
        expect(found(during)).toEqual([]);
        for (const { traffic } of [fox, lien]) {
          expect(traffic.messages.length).toBeGreaterThan(10);
          expect(found(traffic.messages, [sentence, marks.nick])).toEqual([]);
        }

        await fox.ends();
        await lien.reads('De leerling stopte de chat.');
        await fox.reads('Bedankt om te chatten.');
        expect(found(await everyValue(stage.app))).toEqual([]);
        expect(stage.app.said().length).toBeGreaterThan(50);
        expect(found([stage.app.said()])).toEqual([]);
      },
      { on: 'redis' },
    ),
  );

  test(
    '[P2 B18] refused and broken requests with all of it in them leave nothing in the output either',
    scene(
      async (stage) => {
        const paths = [
          '/',
          '/w/',
          '/nergens/',
          '/api/demo/sign-in',
          '/api/visit/leave',
          '/rt/?EIO=4&transport=polling',
        ];
        for (const path of paths) {
          for (const method of ['GET', 'POST', 'DELETE']) {
            const body = method === 'POST' ? JSON.stringify({ text: sentence, who: marks.nick }) : null;
            const url = `${stage.app.origin}${path}${path.includes('?') ? '&' : '?'}q=${encodeURIComponent(marks.nick)}`;
            const answer = await fetch(url, {
              method,
              body,
              headers: { ...headers, 'user-agent': marks.agent, referer: marks.referrer },
            });
            expect(found([await answer.text()])).toEqual([]);
          }
        }
        expect(found([stage.app.said()])).toEqual([]);
        expect(found(await everyValue(stage.app))).toEqual([]);
      },
      { on: 'redis' },
    ),
  );

  test(
    '[B19] after the end nothing on the disk of the visitor’s browser says who it was, nor what about',
    scene(
      async (stage) => {
        const lien = await counsellor(stage);
        const folder = mkdtempSync(join(tmpdir(), 'clbchat-profile-'));
        try {
          const fox = await pupilIn(await openProfile(folder), stage.app, 'window');
          await fox.start({ nick: marks.nick, first: sentence });
          await lien.accepts();
          await lien.hears(sentence);
          // what a tab keeps comes to the disk some seconds later, and stays in the browser's files after it was cleared
          const isOnDisk = () => expect(holding(folder, '"visitId":')).toContain('Session Storage');
          await vi.waitFor(isOnDisk, { timeout: 30_000, interval: 250 });
          await fox.ends();
          await fox.reads('Bedankt om te chatten.');
          expect(await fox.page.evaluate('sessionStorage.length + localStorage.length')).toBe(0);
          expect(await fox.page.evaluate('indexedDB.databases().then((all) => all.length)')).toBe(0);
          expect(await fox.page.evaluate('caches.keys().then((all) => all.length)')).toBe(0);
          expect(await fox.context.cookies()).toEqual([]);
          await fox.vanish();
          expect(filesIn(folder).length).toBeGreaterThan(20);
          expect(holding(folder, '"visitId":')).toContain('Session Storage');
          expect(holding(folder, sentence, marks.nick, '"role":', '"topic":')).toEqual([]);
        } finally {
          await discard(folder);
          await lien.vanish();
        }
      },
      { on: 'redis' },
    ),
  );

  const found = (texts: readonly string[], looked: readonly string[] = Object.values(marks)) =>
    looked.flatMap((mark) => {
      const spellings = [mark, encodeURIComponent(mark), Buffer.from(mark).toString('base64').slice(0, -4)];
      return texts.some((text) => spellings.some((one) => text.includes(one))) ? [mark] : [];
    });
});

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
/** In which folders of a browser's profile a file holds one of these texts. */
const holding = (profile: string, ...texts: string[]) =>
  filesIn(profile)
    .filter(({ parentPath, name }) => {
      const path = join(parentPath, name);
      const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0); // a browser that runs takes some away
      return texts.some((text) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le')));
    })
    .map(({ parentPath }) => basename(parentPath));

/** Keys and values of both stores, whatever their type. */
async function everyValue(app: App): Promise<string[]> {
  const all: string[] = [];
  for (const store of [app.live, app.records]) {
    if (!store) throw new Error('this app has no Redis');
    const redis = new Redis(store.url);
    for (const key of await redis.keys('*')) {
      all.push(key);
      const read: Record<string, () => Promise<unknown>> = {
        string: () => redis.get(key),
        hash: () => redis.hgetall(key),
        list: () => redis.lrange(key, 0, -1),
        set: () => redis.smembers(key),
        zset: () => redis.zrange(key, '0', '-1'),
        stream: () => redis.xrange(key, '-', '+'),
      };
      const type = await redis.type(key);
      const value = await read[type]?.();
      if (value === undefined && type !== 'none') throw new Error(`a key of type ${type}`);
      all.push(JSON.stringify(value ?? null));
    }
    redis.disconnect();
  }
  return all;
}
