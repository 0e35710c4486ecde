import { proveHolder } from '@clbchat/shared/statement/holder';
import type { Issuer } from '@clbchat/shared/statement/issuer';
import { exportPublic } from '@clbchat/shared/statement/signingKey';
import type { AllDevices, Answer, DevicesApi } from '../devices.ts';

/** Puts an issuer on record, as whoever holds its key. The session may have become another since it was made. */
export async function posted(api: DevicesApi, issuer: Issuer, known: AllDevices): Promise<Answer<AllDevices>> {
  const own = await api.own();
  const { account, binding } = own.ok ? own.value : known;
  const pub = await exportPublic(issuer.keys.publicKey);
  const proof = await proveHolder(issuer.keys.privateKey, 'issuer', { pub, account, binding });
  return api.postIssuer(`${issuer.rootPublic}.${issuer.statement}`, proof);
}
