import { expect, test } from 'vitest';
import { idle } from '../support/idle.ts';
import { newTab, type Tab } from '../support/pages.ts';
import { createPair } from '../support/realScene.ts';

const copyOf = (tab: Tab): Tab => ({ ...newTab(), kept: structuredClone(tab.kept) });

test('[E27 E28 Q6] closing a copied tab that only says where the chat is says no goodbye for it', async () => {
  const { visitor, tab, visitorPage, theVisit, service, time } = await createPair();
  await time.advance(3_000);
  const copy = copyOf(tab);
  const second = visitorPage(copy);
  await second.visitor.resume();
  expect(second.visitor.view.value.is).toBe('elsewhere');
  second.leave(); // its tab is closed
  for (const body of copy.beacons) {
    const answer = await fetch(`${service.address}/api/visit/leave`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', origin: service.origin },
      body,
    });
    expect(answer.status).toBe(204);
  }
  expect.soft(theVisit().unloaded).toBe(false);
  // three minutes in a lift: a conversation is kept for ten
  visitor.control.cut();
  await time.advance(3 * 60_000);
  visitor.control.mend();
  await time.advance(5_000);
  expect(visitor.visitor.view.value.is).toBe('talking');
});

test('[E27 W29] two taps on "Ga hier verder" take over once: no first screen between, and the place is locked', async () => {
  const { tab, visitorPage, time } = await createPair();
  await time.advance(3_000);
  const copy = copyOf(tab);
  const second = visitorPage(copy);
  await second.visitor.resume();
  const seen: string[] = [];
  second.visitor.view.subscribe(({ is }) => void seen.push(is));
  void second.visitor.resumeHere();
  void second.visitor.resumeHere();
  await idle();
  await time.advance(3_000);
  expect.soft(seen).not.toContain('none');
  expect.soft(second.visitor.view.value.is).toBe('talking');
  const third = visitorPage(copyOf(copy));
  await third.visitor.resume();
  await time.advance(3_000);
  expect.soft(third.visitor.view.value.is).toBe('elsewhere');
});
