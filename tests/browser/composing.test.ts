import { describe, expect, test } from 'vitest';
import { times } from '../support/app.ts';
import { counsellor, pupil, type Counsellor, type Pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import type { Stage } from '../support/stage.ts';

describe.concurrent('what a person can write', () => {
  /** A pupil and a counsellor in a conversation that has just begun. */
  async function talking(stage: Stage): Promise<{ fox: Pupil; lien: Counsellor; sides: (Pupil | Counsellor)[] }> {
    const lien = await counsellor(stage);
    const fox = await pupil(stage, { where: 'window' });
    await fox.start({ nick: 'Blauwe Vos' });
    await lien.accepts();
    await fox.reads('Lien is er.');
    return { fox, lien, sides: [fox, lien] };
  }
  const said = (side: Pupil | Counsellor) => side.log.locator('[dir="auto"]').allInnerTexts();

  test(
    '[B14] too long: refused with a sentence, the text stays, and shortened it goes',
    scene(async (stage) => {
      const { fox, lien, sides } = await talking(stage);
      const long = 'a'.repeat(times.textUnitsMax + 3);
      for (const side of sides) {
        await side.says(long);
        await side.reads('Je bericht is 3 tekens te lang.');
        expect(await side.composer.inputValue()).toBe(long);
        expect(await said(side)).not.toContain(long);
      }
      const longest = 'b'.repeat(times.textUnitsMax);
      await fox.says(longest);
      await lien.hears(longest);
      await lien.composer.fill('');
    }),
  );

  test(
    '[B14] the longest message in letters of three bytes, and a family of emoji, come through whole',
    scene(async (stage) => {
      const { fox, lien } = await talking(stage);
      const euros = '€'.repeat(times.textUnitsMax);
      await lien.says(euros);
      await fox.hears(euros);
      await fox.says('👩‍👩‍👧‍👦 🇧🇪 dag');
      await lien.hears('👩‍👩‍👧‍👦 🇧🇪 dag');
    }),
  );

  test(
    '[B14] empty or only white: nothing is sent',
    scene(async (stage) => {
      const { fox, lien, sides } = await talking(stage);
      for (const side of sides) {
        const before = (await said(side)).length;
        await side.says('');
        await side.says('  \n \u00a0 ');
        const after = `na de leegte ${side === fox ? 1 : 2}`;
        await side.says(after);
        await side.sees(after);
        expect((await said(side)).length).toBe(before + 1);
        // the other one counts from here
        await (side === fox ? lien : fox).hears(after);
        await side.composer.fill('');
      }
    }),
  );

  test(
    '[B14] five hundred new lines become a few, and the text stands in one bubble',
    scene(async (stage) => {
      const { fox, lien } = await talking(stage);
      for (const [from, to] of [
        [fox, lien],
        [lien, fox],
      ] as const) {
        await from.says(`boven${from.page === fox.page ? 1 : 2}${'\n'.repeat(500)}onder`);
        const bubble = to.log.locator('[dir="auto"]').filter({ hasText: `boven${from.page === fox.page ? 1 : 2}` });
        await bubble.waitFor();
        expect((await bubble.innerText()).split('\n').length).toBeLessThan(6);
      }
    }),
  );

  test(
    '[B14] half a character is taken out or refused, never sent',
    scene(async (stage) => {
      const { fox, lien } = await talking(stage);
      await fox.composer.focus();
      await fox.composer.evaluate((box: HTMLTextAreaElement) => {
        box.value = 'half \ud83d teken';
        box.dispatchEvent(new Event('input', { bubbles: true }));
      });
      await fox.composer.press('Enter');
      await fox.says('na het halve teken');
      await lien.hears('na het halve teken');
      expect((await said(lien)).filter((text) => /[\ud800-\udfff]/u.test(text))).toEqual([]);
    }),
  );

  test(
    '[B15] nothing of a text leaves before it is sent',
    scene(async (stage) => {
      const { fox, lien } = await talking(stage);
      const secret = 'dit typ ik en wis ik weer uit omdat ik het niet durf';
      const before = fox.traffic.messages.length;
      await fox.composer.pressSequentially(secret);
      await lien.reads('Blauwe Vos typt…');
      await fox.composer.fill('');
      const frames = fox.traffic.messages.slice(before).filter((message) => message.includes('talk:'));
      expect(frames.length).toBeGreaterThan(0);
      expect(frames.filter((message) => message.includes('talk:append'))).toEqual([]);
      const sizes = new Set(
        frames
          .filter((message) => message.includes('"talk:passing"'))
          .map((message) => JSON.stringify(message).length >> 4),
      );
      expect(sizes.size, 'a sign of writing has one size whatever was typed').toBe(1);
    }),
  );
});
