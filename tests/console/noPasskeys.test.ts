import { createGettingInApi } from '../../console/src/device/gettingInApi.ts';
import { createStepUpApi } from '../../console/src/device/stepUpApi.ts';
import { gettingIn } from '../../console/src/words/gettingIn.ts';
import { stepUp } from '../../console/src/words/stepUp.ts';
import { afterEach, describe, expect, test, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());

const options = { challenge: 'AAAA', rp: { id: 'localhost' }, user: { id: 'AAAA' }, pubKeyCredParams: [] };
const answers = async () => new Response(JSON.stringify(options));
const own = { list: async () => [], end: async () => [] };
const ways = {
  'shows one to sign in': () => createGettingInApi(answers, own).withPasskey(),
  'makes her first': () => createGettingInApi(answers, own).make('token', 'Els', null as never),
  'shows again that it is she': () => createStepUpApi(answers, async () => undefined).show({ by: 'passkey' } as never),
};

describe.each(Object.entries(ways))('[G11] who %s', (_what, asks) => {
  test('in a browser that knows no passkeys reads that, and is not told to try again', async () => {
    vi.stubGlobal('PublicKeyCredential', undefined);
    expect(await asks()).toEqual({ ok: false, why: 'no_passkeys' });
    for (const { problems } of [gettingIn, stepUp]) expect(problems.no_passkeys).toContain('andere browser');
  });

  test('in one that does, and stops, may try again', async () => {
    vi.stubGlobal('PublicKeyCredential', class {});
    expect(await asks()).toEqual({ ok: false, why: 'stopped' });
  });
});
