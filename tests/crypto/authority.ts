import { randomToken } from '@clbchat/shared/digest';
import { assembleChain, type Trust } from '@clbchat/shared/statement/certificate';
import { issueDevice, issueIssuer } from '@clbchat/shared/statement/issue';
import { exportPublic, makeSigningPair, pinOf, type KeyPair } from '@clbchat/shared/statement/signingKey';

export const NOW_MS = Date.UTC(2026, 8, 1, 12);
export const DAY_S = 86_400;
const NOW_S = NOW_MS / 1_000;

export const ORG = 'CLB Voorbeeld';
export const SAMIRA = { sub: 'samira', name: 'Samira', site: 'CLB Noord' };

interface Times {
  nbf: number;
  exp: number;
}
const lasting = (days: number): Times => ({ nbf: NOW_S - DAY_S, exp: NOW_S - DAY_S + days * DAY_S });

/** A root, an issuer and one enrolled device, as a centre has them. */
export interface Authority {
  root: KeyPair;
  issuer: KeyPair;
  device: KeyPair;
  issuerStatement: string;
  chain: string;
  trust: Trust;
}

export interface Wishes {
  org?: string;
  deviceOrg?: string;
  issuerTimes?: Times;
  deviceTimes?: Times;
  who?: typeof SAMIRA;
}

export async function makeAuthority(wishes: Wishes = {}): Promise<Authority> {
  const [root, issuer, device] = await Promise.all([makeSigningPair(), makeSigningPair(), makeSigningPair()]);
  const rootPublic = await exportPublic(root.publicKey);
  const org = wishes.org ?? ORG;
  const issuerStatement = await issueIssuer(root, {
    org,
    pub: await exportPublic(issuer.publicKey),
    ...(wishes.issuerTimes ?? lasting(400)),
  });
  const deviceStatement = await issueDevice(issuer, {
    org: wishes.deviceOrg ?? org,
    ...(wishes.who ?? SAMIRA),
    pub: await exportPublic(device.publicKey),
    ...(wishes.deviceTimes ?? lasting(14)),
  });
  return {
    root,
    issuer,
    device,
    issuerStatement,
    chain: assembleChain(rootPublic, issuerStatement, deviceStatement),
    trust: { pins: [await pinOf(rootPublic)], nowMs: NOW_MS, skewMsMax: DAY_S * 1_000 },
  };
}

export const occasion = () => ({ visitId: randomToken(16), vnonce: randomToken(32), epoch: 1 });
