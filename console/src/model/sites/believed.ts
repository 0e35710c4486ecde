import type { Issuer } from '@clbchat/shared/statement/issuer';
import type { CheckedSites } from '@clbchat/shared/statement/sites';
import { sameOrigins, type Sites } from './site.ts';
import type { SnippetFacts } from './snippet.ts';

/** The list as it stands at the service. */
export interface StandingSites extends SnippetFacts {
  /** of the settings, by which whoever changes them says what was seen */
  readonly rev: number;
  readonly sites: Sites;
  /** the list that stands signed, as text, empty for none; null where nobody signs */
  readonly signed: string | null;
  /** who is signed in here */
  readonly account: string;
}

/**
 * `nobody`: none is needed, as in the demonstration · `here`: it is signed in this browser · `not_here`, `ended`: it cannot be ·
 * `unpinned`: an earlier release kept what she signs with, and not both roots of it · `stranger`: the service names other keys or
 * another chat · `unproven`: the list that it says is not the one that was signed last · `unsigned`: neither this browser nor the page's
 * own host knows one that stands under her roots, and so she looks at each address before she signs the first · `clock`: by this
 * computer's clock a list was signed when nobody could
 */
type Signing = 'nobody' | 'here' | 'not_here' | 'ended' | 'unpinned' | 'stranger' | 'unproven' | 'unsigned' | 'clock';

export interface Believed {
  readonly signing: Signing;
  /** of a snippet, as this browser knows it without the service; null where it does not, and where nobody signed what is shown */
  readonly facts: SnippetFacts | null;
  /** where it is signed here */
  readonly issuer: Issuer | null;
  /** of the list that the service says and that verified, 0 for none */
  readonly rev: number;
  /** of the latest list that is known to have stood, 0 for none */
  readonly seen: number;
}

export interface BelievedPorts {
  /** what she signs with in this browser; null for nothing */
  issuer(account: string): Promise<Issuer | null>;
  /** as the page's own host says it: whether this is the demonstration, and where the chat is */
  own(): Promise<{ readonly demo: boolean; readonly chat: string | null }>;
  /** the list that stands signed, as the page's own host has it, empty for none; null or a rejection where it does not say */
  stands(): Promise<string | null>;
  /** under these roots alone */
  verify(text: string, pins: readonly string[]): Promise<CheckedSites>;
  /** `rev` of the latest list that this browser saw stand, 0 for none */
  seen(account: string): Promise<number>;
  nowMs(): number;
}

const samePins = (a: readonly string[], b: readonly string[]) => a.toSorted().join('.') === b.toSorted().join('.');

/**
 * What of the service's answer holds under what this browser knows of its own centre. The service may say what it likes: what is not
 * so is neither signed nor given away [U71 U72].
 */
export async function believed(ports: BelievedPorts, says: StandingSites): Promise<Believed> {
  const none = (signing: Signing, facts: SnippetFacts | null = null): Believed => ({
    ...{ signing, facts, issuer: null, rev: 0, seen: 0 },
  });
  const own = await ports.own();
  if (own.demo && says.signed === null) return none('nobody', { chat: says.chat, pins: says.pins });
  const issuer = await ports.issuer(says.account).catch(() => null);
  if (!issuer) return none('not_here');
  const { pins } = issuer;
  if (!pins) return none('unpinned');
  if (says.signed === null || own.chat === null || says.chat !== own.chat || !samePins(says.pins, pins))
    return none('stranger');
  const stands = await ports.stands().catch(() => null);
  const list = await ports.verify(says.signed, pins);
  const here = await ports.verify(stands ?? '', pins);
  // her own clock is no sign that somebody broke in
  if ([list, here].some((one) => !one.ok && one.why === 'clock')) return none('clock');
  const before = await ports.seen(says.account).catch(() => 0);
  const seen = Math.max(before, here.ok ? here.rev : 0);
  const [rev, sites] = list.ok ? [list.rev, list.sites] : [0, {}];
  const isNoneYet = stands === '' && says.signed === '' && Object.keys(says.sites).length === 0;
  // as under new roots, or in a new browser where the page's own host is silent: the service alone would say what was signed last
  if (seen === 0 && !isNoneYet) return { ...none('unsigned'), rev };
  if (rev < seen || !sameOrigins(sites, says.sites)) return { ...none('unproven'), rev, seen };
  const facts = { chat: own.chat, pins };
  const hasEnded = issuer.exp * 1_000 <= ports.nowMs();
  return { signing: hasEnded ? 'ended' : 'here', facts, issuer: hasEnded ? null : issuer, rev, seen: rev };
}
