import type { DeskState } from '@clbchat/shared/protocol/counsellor';
import { expect, test, vi } from 'vitest';
import { forgeAcks, tellTheTruth } from './lies.ts';
import { idle } from '../support/idle.ts';
import { lines } from '../support/pages.ts';
import { createPair } from '../support/realScene.ts';

test.each([false, true])(
  '[K6] another person at the visitor’s side is told after a reload (the relay leaves the visit out once: %s)',
  async (lies) => {
    const pair = await createPair();
    const { visitor, desk, samira, tab, visitorPage, time } = pair;
    desk.talk.talk.send('dag Noor');
    visitor.visitor.talk.send('dag Samira');
    await time.advance(5_000);
    desk.kill();
    // somebody else sits at the visitor's side from now on: nothing links the next key to the one before
    visitor.kill();
    tab.kept = { ...tab.kept!, vault: { rid: 'AAAAAAAAAAA', w: '' } };

    const again = await pair.deskPage(samira, { enter: false });
    void again.desk.enter();
    await vi.waitFor(() => again.control, { interval: 0 });
    if (lies)
      forgeAcks(again, (event, ack) =>
        event === 'desk:enter' && ack.ok ? { ok: true, value: { ...(ack.value as DeskState), held: [] } } : ack,
      );
    await idle();
    tellTheTruth(again);
    again.show();
    const other = visitorPage(tab);
    await other.visitor.resume();
    await time.advance(30_000);
    if (other.visitor.view.value.is === 'choosing') await other.visitor.choose('none');
    await time.advance(10_000);
    expect(again.talk.talk.secure.value).toBe(true);
    expect(lines(again.talk.talk)).toContain('(unlinked)');
  },
);
