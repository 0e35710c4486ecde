import { beforeAll, expect, test } from 'vitest';
import type { AllDevices } from '../../console/src/model/devices.ts';
import { DAY_MS, heardScene, noorsBrowser, NOW_MS, type HeardScene } from '../support/heardScene.ts';

let scene: HeardScene;
beforeAll(async () => {
  scene = await heardScene();
});

/** An answer that hangs until the test lets it come. */
function hanging() {
  let come: (says: AllDevices) => void = () => undefined;
  const asked = new Promise<AllDevices>((resolve) => (come = resolve));
  return { asked, come };
}

test('[O23] a service that says once that it is two years later has nothing of a revoked issuer renewed', async () => {
  const { says, signedBy, mine, stolen, stolenId } = scene;
  const chain = await signedBy(stolen, NOW_MS - 8 * DAY_MS);
  const later: unknown[] = [NOW_MS + 730 * DAY_MS, 'soon', undefined];
  for (const nowMs of later) {
    const noor = noorsBrowser(mine);
    expect(await noor.hourly(says(chain, { [stolenId]: true }))).toBe(0); // heard: revoked
    expect(await noor.hourly(says(chain))).toBe(0); // whoever broke in says that it stands
    await noor.page(() => ({ ...says(chain), nowMs: nowMs as number })).open();
    expect(await noor.hourly({ ...says(chain), nowMs: nowMs as number })).toBe(0);
    expect(await noor.hourly(says(chain))).toBe(0);
  }
});

test('[O23] a computer that she takes away while the service names a time of before goes for good', async () => {
  const { says, signedBy, mine } = scene;
  const chain = await signedBy(mine, NOW_MS - 8 * DAY_MS);
  const noor = noorsBrowser(mine);
  expect(await noor.hourly(says(chain))).toBe(1);
  await noor.page(() => says(null, {}, NOW_MS - 30 * DAY_MS)).open(); // what stands after *Schrap*
  expect(await noor.hourly(says(chain))).toBe(0);
});

test('[O23] a computer that goes while this computer’s own clock is years back goes for good, too', async () => {
  const { says, signedBy, mine } = scene;
  const chain = await signedBy(mine, NOW_MS - 8 * DAY_MS);
  const noor = noorsBrowser(mine);
  expect(await noor.hourly(says(chain))).toBe(1);
  noor.clock.ms = 0; // its battery is empty
  expect(await noor.hourly(says(chain))).toBe(0); // heard by a wrong clock
  expect(await noor.hourly(says(null))).toBe(0);
  noor.clock.ms = NOW_MS;
  expect(await noor.hourly(says(chain))).toBe(0);
});

test('[O23] a service that says that it is 1970 has no computer be gone', async () => {
  const { says, signedBy, mine } = scene;
  const chain = await signedBy(mine, NOW_MS - 8 * DAY_MS);
  const noor = noorsBrowser(mine);
  expect(await noor.hourly(says(chain))).toBe(1);
  await noor.page(() => says(chain, {}, 0)).open();
  expect(await noor.hourly(says(chain))).toBe(1);
});

test('[O23 U80] the hourly question that was asked before her issuer was made, and answered after, ends no renewal', async () => {
  const { says, signedBy, mine, mineId } = scene;
  const chain = await signedBy(mine, NOW_MS - 8 * DAY_MS);
  const noor = noorsBrowser(mine);
  const { asked, come } = hanging();
  const hour = noor.hourly(asked);
  await noor.page(() => says(chain)).open(); // meanwhile she makes her issuer in another tab, which hears that it stands
  come(says(chain, { [mineId]: null })); // as it stood when it was asked
  expect(await hour).toBe(0);
  expect(await noor.hourly(says(chain))).toBe(1);
});

test('[O23 U80] a computer that was signed since the hourly question was asked is not gone by its answer', async () => {
  const { says, signedBy, mine } = scene;
  const chain = await signedBy(mine, NOW_MS - 8 * DAY_MS);
  const noor = noorsBrowser(mine);
  const { asked, come } = hanging();
  const hour = noor.hourly(asked);
  await noor.page(() => says(chain)).open();
  come(says(null));
  await hour;
  expect(await noor.hourly(says(chain))).toBe(1);
});

test('[O23] a computer that she takes away is gone, though another tab heard of it while that was under way', async () => {
  const { says, signedBy, mine, id } = scene;
  const chain = await signedBy(mine, NOW_MS - 8 * DAY_MS);
  const noor = noorsBrowser(mine);
  const { asked, come } = hanging();
  const answers: (AllDevices | Promise<AllDevices>)[] = [says(chain), asked];
  const page = noor.page(() => answers.shift()!);
  await page.open();
  const press = page.remove(id);
  expect(await noor.hourly(says(chain))).toBe(1); // as it stood before the press
  come(says(null));
  await press;
  expect(await noor.hourly(says(chain))).toBe(0);
});

test('[O23] what it knew by a clock that was ahead goes all the same, once that is right', async () => {
  const { says, signedBy, mine } = scene;
  const chain = await signedBy(mine, NOW_MS - 8 * DAY_MS);
  const noor = noorsBrowser(mine, NOW_MS + 900 * DAY_MS);
  await noor.hourly(says(chain));
  noor.clock.ms = NOW_MS;
  expect(await noor.hourly(says(chain))).toBe(1);
  await noor.hourly(says(null));
  expect(await noor.hourly(says(chain))).toBe(0);
});

test('[O23] who signs in a browser that renews nothing reads so on the page of computers, and nobody else does', async () => {
  const { says, mine, mineId } = scene;
  const noor = noorsBrowser(mine);
  const page = noor.page(() => says(null));
  const isIdle = () => page.state.value.is === 'ready' && page.state.value.shown.isIdle;
  await page.open();
  expect(isIdle()).toBe(false);
  await noor.hourly(says(null, { [mineId]: true })); // heard: revoked
  await page.open(); // and the service says that it stands
  expect(isIdle()).toBe(true);
});
