import { bytes, fields, opaque, text, whole, type ValueOf } from '../shape.ts';

/** Words that a visitor reads: no control, no invisible mark that turns a line around, no lone surrogate. */
const words = text(80, /^[^\p{Cc}\p{Cf}\p{Cs}]+$/u);
/** whole seconds since 1970 */
const seconds = whole();
/** P-256, uncompressed point */
const point = bytes(65);
const times = { nbf: seconds, exp: seconds };

export const issuerCertificate = fields({
  org: words,
  pub: point,
  ...times,
});
export type IssuerCertificate = ValueOf<typeof issuerCertificate>;

/** `sub` is the account; `name` and `site` are what the visitor is shown, and come from nowhere else. */
export const deviceCertificate = fields({
  org: words,
  sub: opaque(32),
  name: words,
  site: words,
  pub: point,
  ...times,
});
export type DeviceCertificate = ValueOf<typeof deviceCertificate>;

const DAY_S = 86_400;
/** A longer life than this is no certificate of ours, whoever signed it. E2EE, "Keys". */
export const ISSUER_SECONDS_MAX = 400 * DAY_S;
export const DEVICE_SECONDS_MAX = 60 * DAY_S;
