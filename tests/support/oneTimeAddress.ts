import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Page } from 'playwright-core';
import type { App } from './app.ts';
import { addAuthenticator } from './virtualAuthenticator.ts';

/** What `npx --no clbchat recover` prints for this service. */
export async function addressFor(app: Pick<App, 'records' | 'origin'>): Promise<string> {
  const env = { PATH: process.env['PATH'], RECORDS_REDIS_URL: app.records!.url, CENTRE: 'demo' };
  const child = spawn(process.execPath, ['server/bin/clbchat.js', 'recover', '--origin', app.origin], { env });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await once(child, 'close');
  const [, address = ''] = out.trim().split('\n');
  return address;
}

/** A device with a fingerprint that always fits. */
export async function authenticatorOf(page: Page): Promise<{
  forget(): Promise<unknown>;
  recognises(isUserVerified: boolean): Promise<unknown>;
}> {
  const { cdp, authenticatorId } = await addAuthenticator(page);
  return {
    forget: () => cdp.send('WebAuthn.clearCredentials', { authenticatorId }),
    recognises: (isUserVerified: boolean) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  };
}
