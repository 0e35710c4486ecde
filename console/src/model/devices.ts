/** What the service says of computers on which somebody may chat. `why` is its code, or `over` and `unreachable`. */
export type Answer<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly why: string };

/** Whether nobody knows if it came about: the answer did not arrive here, or the store's not at the service [A9]. */
export const isLost = (answer: Answer<unknown>): boolean =>
  !answer.ok && (answer.why === 'unreachable' || answer.why === 'unavailable');

interface Told {
  /** the service's own time */
  readonly nowMs: number;
  readonly account: string;
  readonly binding: string;
}
export interface OwnDevice {
  readonly id: string;
  /** `YYYY-MM-DD`; null for one of the demonstration */
  readonly made: string | null;
  readonly chain: string | null;
}
export interface OwnDevices extends Told {
  readonly devices: readonly OwnDevice[];
  readonly asks: readonly string[];
  /** id of the one whose certificate ended while it holds somebody, who waits for her there [O45] */
  readonly holding: string | null;
  /** of hers that no seat takes until they are signed anew: what signed them was revoked [O67]. Left out by a service of before */
  readonly waits?: readonly string[];
  /** of hers that no seat takes until they ask anew: they were signed under other roots. Left out by a service of before */
  readonly otherPins?: readonly string[];
}
interface Whose {
  readonly account: string;
  /** null where nobody is there any more */
  readonly name: string | null;
}
interface OfRoots {
  /** its root is none of `pins` any more. Left out by a service of before */
  readonly otherPins?: boolean;
}
export interface AllDevices extends Told {
  readonly pins: readonly string[];
  /** an issuer or a computer is on record, or was: rows go with their ends, and this stays. Left out by a service of before: then nobody knows */
  readonly everSigned?: boolean;
  readonly asks: readonly (Whose & { readonly id: string; readonly pub: string })[];
  readonly devices: readonly (Whose & OwnDevice & OfRoots & { readonly active: boolean })[];
  readonly issuers: readonly (Whose &
    OfRoots & {
      readonly id: string;
      readonly endMs: number;
      readonly revoked: boolean;
      /** its account is an active coordinator's, and its root one of `pins` */
      readonly active: boolean;
    })[];
}

export interface DevicesApi {
  own(): Promise<Answer<OwnDevices>>;
  ask(pub: string, proof: string): Promise<Answer<OwnDevices>>;
  /** one of her own */
  giveUp(id: string): Promise<Answer<unknown>>;
  all(): Promise<Answer<AllDevices>>;
  sign(chain: string): Promise<Answer<AllDevices>>;
  renew(chain: string): Promise<Answer<AllDevices>>;
  remove(id: string): Promise<Answer<AllDevices>>;
  postIssuer(statement: string, proof: string): Promise<Answer<AllDevices>>;
  revokeIssuer(id: string): Promise<Answer<AllDevices>>;
}
