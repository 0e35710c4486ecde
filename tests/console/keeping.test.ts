import { expect, test, vi } from 'vitest';
import { createDevicesApi } from '../../console/src/device/devicesApi.ts';
import type { AllDevices, Answer, DevicesApi, OwnDevices } from '../../console/src/model/devices.ts';
import type { SetUp } from '../../console/src/model/setup.ts';
import { keeping } from '../../console/src/model/team/keeping.ts';

const own: OwnDevices = { nowMs: 0, account: 'noor', binding: 'b', devices: [], asks: [], holding: null };
const all = {} as AllDevices;
const ok = <Value>(value: Value): Answer<Value> => ({ ok: true, value });
const no = (why: string) => ({ ok: false, why }) as const;
const madeBy = (issuer: string) =>
  ({
    issuer: { rootPublic: 'root', statement: issuer, keys: issuer },
    device: { chain: 'chain', keys: 'device' },
  }) as unknown as SetUp;

function keeps(given: Partial<DevicesApi> = {}, disk = true) {
  const done: string[] = [];
  const does = <Value>(says: string, answer: Answer<Value>) => vi.fn(async () => (done.push(says), answer));
  const api = {
    own: async () => ok(own),
    postIssuer: does('issuer on record', ok(all)),
    ask: does('asked', ok(own)),
    sign: does('signed', ok(all)),
    revokeIssuer: does('issuer revoked', ok(all)),
    giveUp: does<unknown>('device given up', ok(null)),
    ...given,
  };
  const keep = keeping({
    api,
    stepUp: {
      async with(ask) {
        const first = await ask();
        return first === 'step_up' ? ((await ask()) as never) : first;
      },
    },
    proofOf: async (keys) => ({ pub: keys as unknown as string, id: keys as unknown as string, proof: 'p' }),
    async write() {
      if (!disk) throw new Error('full');
      done.push('kept');
    },
  });
  const press = (issuer: string) => keep(madeBy(issuer));
  return { keep: () => press('issuer'), press, done };
}

test('[O31] is on record and kept, in this order', async () => {
  const { keep, done } = keeps();
  expect(await keep()).toBe(true);
  expect(done).toEqual(['issuer on record', 'asked', 'signed', 'kept']);
});

test.each(['no_pins', 'other_pins'] as const)(
  '[O31] %s is said, nothing is kept, and the same again goes on',
  async (why) => {
    let knows = false;
    const { keep, done } = keeps({ postIssuer: async () => (knows ? ok(all) : no(why)) });
    expect(await keep()).toBe(why);
    expect(done).toEqual([]);
    knows = true;
    expect(await keep()).toBe(true);
  },
);

test.each(['unreachable', 'unavailable'] as const)(
  '[O31] a press that nobody hears is told as that (%s)',
  async (why) => {
    expect(await keeps({ own: async () => no(why) }).keep()).toBe('unheard');
    expect(await keeps({ postIssuer: async () => no(why) }).keep()).toBe('unheard');
    expect(await keeps({ sign: async () => no(why) }).keep()).toBe('unheard');
  },
);

test('[O31] whose session ended while she waited reads that, and the same press goes on once she is in again', async () => {
  let isIn = false;
  const { keep, done } = keeps({ own: async () => (isIn ? ok(own) : no('over')) });
  expect(await keep()).toBe('signed_out');
  expect(done).toEqual([]);
  isIn = true;
  expect(await keep()).toBe(true);
});

test('[O31] whose session ended while she waited reads that by the very words of the api that the set-up has', async () => {
  const over = createDevicesApi(async () => new Response('{"code":"no_cert"}', { status: 401 }));
  expect(await keeps(over).keep()).toBe('signed_out');
  // at whatever step of the press
  const { own: _own, ...later } = over;
  const posting = keeps({ postIssuer: later.postIssuer });
  expect(await posting.keep()).toBe('signed_out');
  const signing = keeps({ sign: later.sign });
  expect(await signing.keep()).toBe('signed_out');
  expect(signing.done).toEqual(['issuer on record', 'asked', 'device given up', 'issuer revoked']);
});

test('[O31] what is not signed, or cannot be kept, is not on record either', async () => {
  const unsigned = keeps({ sign: async () => no('clock') });
  expect(await unsigned.keep()).toBe(false);
  expect(unsigned.done).toEqual(['issuer on record', 'asked', 'device given up', 'issuer revoked']);
  const full = keeps({}, false);
  expect(await full.keep()).toBe(false);
  expect(full.done.slice(-2)).toEqual(['device given up', 'issuer revoked']);
});

test('[O31] shows once more who she is where that is asked for', async () => {
  let shown = false;
  const { keep } = keeps({ postIssuer: async () => (shown ? ok(all) : ((shown = true), no('step_up'))) });
  expect(await keep()).toBe(true);
});

test.each(['unreachable', 'unavailable'])(
  '[O65] what nobody heard to be taken off the record (%s) is taken off it before the next press puts another one there',
  async (why) => {
    const standing = new Set<string>();
    let isDown = true;
    const line = {
      async postIssuer(statement: string) {
        standing.add(statement.split('.')[1]!);
        return isDown ? no(why) : ok(all);
      },
      async revokeIssuer(id: string) {
        if (isDown) return no(why); // it is the same line
        return standing.delete(id) ? ok(all) : no('gone');
      },
    };
    const { press } = keeps(line);
    expect(await press('i1')).toBe('unheard');
    expect(await press('i2')).toBe('unheard');
    expect([...standing]).toEqual(['i1']); // none beside it while the line is away
    isDown = false;
    expect(await press('i3')).toBe(true);
    expect(await press('i4')).toBe(true);
    expect([...standing]).toEqual(['i3', 'i4']); // what is kept stays
  },
);

test('[O65] what was asked and got no answer is taken back, as it may be on record all the same', async () => {
  const lost = keeps({ postIssuer: async () => no('unreachable') });
  expect(await lost.keep()).toBe('unheard');
  expect(lost.done).toEqual(['issuer revoked']);
  const unsigned = keeps({ sign: async () => no('unreachable') });
  expect(await unsigned.keep()).toBe('unheard');
  expect(unsigned.done).toEqual(['issuer on record', 'asked', 'device given up', 'issuer revoked']);
  const offline = keeps({ own: async () => no('unreachable') });
  expect(await offline.keep()).toBe('unheard');
  expect(offline.done).toEqual([]); // nothing was sent
});
