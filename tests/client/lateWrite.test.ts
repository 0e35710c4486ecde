import { expect, test, vi } from 'vitest';
import { idle } from '../support/idle.ts';
import { lines, newTab } from '../support/pages.ts';
import { createPair } from '../support/realScene.ts';

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

test('[E71 E29 K6] a tab whose place is taken while it writes down keeps its keys and its texts: "Ga hier verder" finds them', async () => {
  const { visitor, desk, tab, visitorPage, time } = await createPair();
  desk.talk.talk.send('dag Noor');
  visitor.visitor.talk.send('dag Samira');
  await time.advance(5_000);
  const copy = { ...newTab(), kept: structuredClone(tab.kept) };
  // one write takes a moment on this phone, and the next waits for it
  const { opened, open } = gate();
  const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'encrypt').mockImplementationOnce(async (...args: Parameters<typeof encrypt>) => {
    const done = await encrypt(...args);
    await opened;
    return done;
  });
  visitor.visitor.talk.send('een');
  visitor.visitor.talk.send('twee');
  await idle();
  const other = visitorPage(copy);
  await other.visitor.resume();
  await other.visitor.resumeHere();
  await idle();
  expect(visitor.visitor.view.value.is).toBe('elsewhere');
  open();
  await idle();
  vi.restoreAllMocks();
  await time.advance(5_000);

  await visitor.visitor.resumeHere();
  await time.advance(20_000);
  expect.soft(lines(desk.talk.talk)).not.toContain('(unlinked)');
  expect.soft(lines(visitor.visitor.talk)).not.toContain('[sealed_off]');
  expect(lines(visitor.visitor.talk)).toContain('them: dag Noor');
});

test('[E71 E29 E41] a console whose seat another window takes while its disk is slow leaves the keys where they are', async () => {
  const pair = await createPair();
  const { visitor, desk, samira, time } = pair;
  desk.talk.talk.send('dag Noor');
  visitor.visitor.talk.send('dag Samira');
  await time.advance(5_000);
  desk.kill();
  const disk = gate();
  let slow = false;
  const first = await pair.deskPage(samira, {
    keep: (keep) => ({ ...keep, write: async (row) => (slow && (await disk.opened), keep.write(row)) }),
  });
  await time.advance(5_000);
  expect(lines(first.talk.talk)).toContain('them: dag Samira');
  slow = true;
  first.talk.talk.send('een');
  first.talk.talk.send('twee');
  await idle();
  const second = await pair.deskPage(samira);
  await time.advance(3_000);
  expect(first.desk.view.value.is).toBe('replaced');
  expect(lines(second.talk.talk)).toContain('them: dag Samira');
  disk.open();
  await idle();

  second.kill();
  const third = await pair.deskPage(samira);
  await time.advance(10_000);
  expect.soft(lines(third.talk.talk)).not.toContain('[sealed_off]');
  expect(lines(third.talk.talk)).toContain('them: dag Samira');
});

test.each([false, true])(
  '[K6 E41] nor does it forget who the visitor was: another person is told (slow disk: %s)',
  async (slowDisk) => {
    const pair = await createPair();
    const { visitor, desk, samira, tab, visitorPage, time } = pair;
    desk.talk.talk.send('dag Noor');
    visitor.visitor.talk.send('dag Samira');
    await time.advance(5_000);
    desk.kill();
    const disk = gate();
    let slow = false;
    const first = await pair.deskPage(samira, {
      keep: (keep) => ({ ...keep, write: async (row) => (slow && (await disk.opened), keep.write(row)) }),
    });
    await time.advance(5_000);
    slow = slowDisk;
    first.talk.talk.send('een');
    first.talk.talk.send('twee');
    if (!slowDisk) await time.advance(3_000);
    await idle();
    // the relay says that another window has her seat, and so has she pressed 'Ga hier verder'
    first.control.inject('desk:replaced', null);
    disk.open();
    await idle();
    first.kill();
    // meanwhile somebody else sits at the visitor's side: nothing links the next key to the one before
    visitor.kill();
    tab.kept = { ...tab.kept!, vault: { rid: 'AAAAAAAAAAA', w: '' } };
    const third = await pair.deskPage(samira);
    const other = visitorPage(tab);
    await other.visitor.resume();
    await time.advance(30_000);
    if (other.visitor.view.value.is === 'choosing') await other.visitor.choose('none');
    await time.advance(10_000);
    expect(third.talk.talk.secure.value).toBe(true);
    expect(lines(third.talk.talk)).toContain('(unlinked)');
  },
);
