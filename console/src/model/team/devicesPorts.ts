import type { Issuer } from '@clbchat/shared/statement/issuer';
import type { AskedIssuer } from '@clbchat/shared/statement/issuerRequest';
import type { Answer, DevicesApi } from '../devices.ts';
import type { StepUp } from '../stepUp.ts';
import type { Heard, Says } from './heard.ts';

/** What the page of computers needs of the service and of this browser. */
export interface DevicesPorts {
  readonly api: DevicesApi;
  nowMs(): number;
  /** what this account signs with in this browser profile. @throws when the browser keeps nothing */
  readIssuer(account: string): Promise<Issuer | null>;
  writeIssuer(account: string, issuer: Issuer): Promise<void>;
  /** remembers what is revoked or gone: nothing of it is renewed without a press later [O23] */
  hear(account: string, says: Says): Promise<Heard>;
  /** what this browser asked of a computer without a network, and has no answer to yet */
  readAsked(account: string): Promise<AskedIssuer | null>;
  writeAsked(account: string, asked: AskedIssuer): Promise<void>;
  /** what this browser put on record, or may have: nobody heard that yet */
  readPosted(account: string): Promise<Issuer | null>;
  writePosted(account: string, posted: Issuer | null): Promise<void>;
  readonly stepUp: Pick<StepUp, 'with'>;
  /** the demonstration's signer, where this is one: a chain of what is asked, in the name of whose issuer it is */
  inHerName?(asked: { readonly id: string } & Shown): Promise<Answer<string>>;
}
/** What visitors read of who works there. */
export interface Shown {
  readonly name: string;
  readonly site: string;
}
