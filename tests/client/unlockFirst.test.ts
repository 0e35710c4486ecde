import { frameId, readHeader } from '@clbchat/shared/protocol/frame';
import { expect, test } from 'vitest';
import { idle } from '../support/idle.ts';
import { JOIN, lines, newTab, states } from '../support/pages.ts';
import { createPair, createScene, takes } from '../support/realScene.ts';

/**
 * The counsellor's confirmation reaches the store right after the visitor's new page was attached: both stand in one
 * answer of the long poll, and the page has not unwrapped yet what its tab kept.
 */
test('[E70 K4 E44] a confirmation that arrives together with the attach is not lost', async () => {
  let store: () => void = () => undefined;
  let waits: Promise<void> | null = new Promise((resolve) => (store = resolve));
  const scene = await createScene({
    store: ({ visit, conversation, ...others }) => ({
      ...others,
      conversation: {
        ...conversation,
        async append(input) {
          if (input.header.type === 3 && input.header.side === 'c' && waits) await waits;
          return conversation.append(input);
        },
      },
      visit: {
        ...visit,
        async attach(input) {
          const found = await visit.attach(input);
          setImmediate(() => setImmediate(store));
          waits = null;
          return found;
        },
      },
    }),
  });
  const tab = newTab();
  const first = scene.visitorPage(tab);
  await first.visitor.join({ ...JOIN });
  const desk = await scene.deskPage(await scene.computer());
  await takes(desk);
  expect(tab.kept?.sealedMax).toBe(1);
  first.kill();

  const page = scene.visitorPage(tab);
  expect(await page.visitor.resume()).toBe(true);
  await idle();
  const [confirm] = scene.theVisit().frames;
  const header = readHeader(confirm?.frame ?? '');
  expect(header && frameId(header)).toBe(confirm?.id);
  await scene.time.advance(20_000);
  expect(desk.talk.stage.value.is).toBe('talking');
  desk.talk.talk.send('Dag Noor');
  await scene.time.advance(5_000);
  page.visitor.talk.send('Ben je daar?');
  await scene.time.advance(20_000);
  expect(page.visitor.talk.secure.value).toBe(true);
  expect(states(page.visitor.talk)).toEqual(['Ben je daar? sent']);
  expect(lines(page.visitor.talk)).toContain('them: Dag Noor');
});

/** The disk is slower than the network, as beside a server in the same building. */
test('[E70 E29 C6] a message that comes while a console reads what it kept does not close the conversation to it', async () => {
  const { visitor, desk, samira, deskPage, time } = await createPair({ first: 'Ik durf niet naar school' });
  desk.talk.talk.send('Dag Noor');
  await time.advance(5_000);
  desk.kill();

  let read: () => void = () => undefined;
  const disk = new Promise<void>((resolve) => (read = resolve));
  const again = await deskPage(samira, {
    keep: ({ rows, ...others }) => ({ ...others, rows: () => disk.then(rows) }),
  });
  visitor.visitor.talk.send('Ben je daar?');
  await idle();
  read();
  await time.advance(20_000);
  expect(lines(again.talk.talk)).toEqual(
    expect.arrayContaining(['them: Ik durf niet naar school', 'me: Dag Noor', 'them: Ben je daar?']),
  );
  expect(lines(again.talk.talk).join()).not.toContain('sealed_off');
  await time.advance(20_000);
  expect(states(visitor.visitor.talk).at(-1)).toBe('Ben je daar? sent');
});
