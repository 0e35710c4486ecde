import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Issuer } from '@clbchat/shared/statement/issuer';
import { twinOf } from '@clbchat/shared/protocol/twinSites';
import { nextRev } from '@clbchat/shared/statement/sites';
import { latest, type Counts } from '../latest.ts';
import { believed, type Believed, type BelievedPorts, type StandingSites } from './believed.ts';
import { sameOrigins, sameSite, type Site, type Sites } from './site.ts';
import type { SnippetFacts } from './snippet.ts';

export type { StandingSites } from './believed.ts';

export type SavedSites =
  | ({ readonly is: 'written' } & StandingSites)
  | { readonly is: 'stale'; readonly now: StandingSites; readonly by: string | null }
  /** by path: `sites.s_1.origins.0`, `signed` */
  | { readonly is: 'refused'; readonly paths: readonly string[] }
  /** `given_up`: she did not show again that it is she */
  | { readonly is: 'not_yours' | 'unreachable' | 'given_up' };

export interface SitesPorts extends BelievedPorts {
  /** null when the service did not answer, or may not */
  read(): Promise<StandingSites | null>;
  write(seen: number, sites: Sites, signed: string | null): Promise<SavedSites>;
  /** @throws when it cannot be signed */
  sign(issuer: Issuer, list: { rev: number; sites: Sites; nowMs: number }): Promise<string>;
  /** keeps the `rev` of a list that stood: no earlier one is believed after it */
  remember(account: string, rev: number): Promise<void>;
}

/** What became of a change. */
export type Outcome =
  /** `busy`: another one is under way, and nothing was done */
  | { readonly is: 'saved' | 'busy' }
  /** somebody else changed this site meanwhile: `theirs` is what stands, undefined for gone. Nothing was saved */
  | { readonly is: 'clash'; readonly theirs: Site | undefined; readonly by: string | null }
  /** `total`: too many, all together · `clock`: the signature was not taken · `site`: this one is none */
  | { readonly is: 'refused'; readonly why: 'total' | 'clock' | 'site' }
  /** another school, by its name or id, bears this name, or has this address. Nothing was sent */
  | { readonly is: 'twin'; readonly field: 'name' | 'origins'; readonly what: string; readonly other: string }
  /** `unproven`: what the service says is not what was signed last · `changed`: somebody else changed or signed the list meanwhile */
  | { readonly is: 'changed' | 'not_yours' | 'unreachable' | 'unsigned' | 'unproven' | 'given_up' };

type SitesState =
  | { readonly is: 'loading' | 'failed' }
  | { readonly is: 'ready'; readonly signing: Believed['signing'] };

export interface SitesPage {
  readonly state: ReadonlySignal<SitesState>;
  /** by name; only where `state` is ready */
  readonly list: ReadonlySignal<readonly (readonly [id: string, site: Site])[]>;
  /** what a snippet says; null where this browser does not know it by itself */
  readonly facts: ReadonlySignal<SnippetFacts | null>;
  readonly saving: ReadonlySignal<boolean>;
  open(): Promise<void>;
  /**
   * Changes one site, at once, on the list that stands, and no other.
   *
   * @param next undefined takes it away
   * @param seen what it was made from; undefined for a new one
   */
  save(id: string, next: Site | undefined, seen: Site | undefined): Promise<Outcome>;
  /** Signs the list as it is shown, each address of which she looked at: where nobody but the service says which one stands. */
  signShown(): Promise<Outcome>;
}

interface Signed {
  readonly rev: number;
  readonly text: string;
}

/** So often somebody else may save in the same moment. */
const TRIES_MAX = 4;

const nothing: StandingSites = { rev: 0, sites: {}, signed: null, pins: [], chat: '', account: '' };

function refusedAt([path = '']: readonly string[], id: string): Outcome {
  return { is: 'refused', why: path === 'signed' ? 'clock' : path.startsWith(`sites.${id}`) ? 'site' : 'total' };
}

function twinAmong(id: string, site: Site, others: Sites): Extract<Outcome, { is: 'twin' }> | null {
  const twin = twinOf(id, site, others);
  if (!twin) return null;
  const { field, at, other } = twin;
  const what = (field === 'name' ? site.name : site.origins[at]) ?? '';
  return { is: 'twin', field, what, other: others[other]?.name ?? other };
}

/** The pages that may show the chat, as long as somebody looks at them. */
// over 80 lines because all that one list may become stands together
export function createSitesPage(ports: SitesPorts): SitesPage {
  const state = signal<SitesState>({ is: 'loading' });
  const standing = signal(nothing);
  const saving = signal(false);
  const order = latest();

  const facts = signal<SnippetFacts | null>(null);

  /** What nobody pressed for takes the place of nothing that is being saved. */
  const looks = (): Counts => {
    const counts = order.ask();
    return () => !saving.peek() && counts();
  };
  /** Takes what the service says for what is shown, where it counts, and as far as it holds for what is signed. */
  const take = async (says: StandingSites, counts: Counts): Promise<Believed> => {
    const holds = await believed(ports, says);
    if (!counts()) return holds;
    standing.value = says;
    facts.value = holds.facts;
    state.value = { is: 'ready', signing: holds.signing };
    if (holds.seen > 0) await ports.remember(says.account, holds.seen).catch(() => undefined);
    return holds;
  };
  /** List and settings are read one after the other: who saved between them makes them differ once. */
  const takeTwice = async (says: StandingSites, asks: () => Counts, counts = asks()): Promise<Believed> => {
    const holds = await take(says, counts);
    if (holds.signing !== 'unproven') return holds;
    const countsAgain = asks();
    const again = await ports.read();
    return again ? take(again, countsAgain) : holds;
  };
  /** @returns undefined where it had to be signed and could not */
  const signedBy = async (issuer: Issuer, before: number, sites: Sites): Promise<Signed | undefined> => {
    const nowMs = ports.nowMs();
    const rev = nextRev(before, nowMs);
    const text = await ports.sign(issuer, { rev, sites, nowMs }).catch(() => undefined);
    return text === undefined ? undefined : { rev, text };
  };
  /** What was signed and taken stands, whatever else the service says of it. */
  const written = async (says: StandingSites, sites: Sites, signed: Signed | null): Promise<Outcome> => {
    if (signed) await ports.remember(says.account, signed.rev).catch(() => undefined);
    await take({ ...says, sites, signed: signed?.text ?? null }, order.ask());
    return { is: 'saved' };
  };
  const write = async (id: string, next: Site | undefined, seen: Site | undefined): Promise<Outcome> => {
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const base = standing.peek();
      const others = Object.fromEntries(Object.entries(base.sites).filter(([other]) => other !== id));
      const twin = next && twinAmong(id, next, others);
      if (twin) return twin;
      const sites = next ? { ...others, [id]: next } : others;
      const { signing, issuer, rev } = await believed(ports, base);
      if (signing === 'stranger' || signing === 'unproven') return { is: 'unproven' };
      if (signing === 'clock') return { is: 'refused', why: 'clock' };
      if (signing !== 'nobody' && !issuer) return { is: 'unsigned' };
      const signed = issuer ? await signedBy(issuer, rev, sites) : null;
      if (signed === undefined) return { is: 'unsigned' };
      const answer = await ports.write(base.rev, sites, signed?.text ?? null);
      if (answer.is === 'written') return written(answer, sites, signed);
      if (answer.is === 'refused') return refusedAt(answer.paths, id);
      if (answer.is !== 'stale') return answer;
      const holds = await takeTwice(answer.now, order.ask);
      if (holds.signing !== 'here' && holds.signing !== 'nobody') return { is: 'unproven' };
      const theirs = standing.peek().sites[id];
      // an answer that was lost on its way: what stands is what was sent
      if (sameSite(theirs, next)) return { is: 'saved' };
      if (!sameSite(theirs, seen)) return { is: 'clash', theirs, by: answer.by };
    }
    return { is: 'unreachable' };
  };
  const signAll = async (): Promise<Outcome> => {
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const base = standing.peek();
      const issuer = await ports.issuer(base.account).catch(() => null);
      const { signing, rev } = await believed(ports, base);
      const signed = signing === 'unsigned' && issuer ? await signedBy(issuer, rev, base.sites) : undefined;
      if (signed === undefined) return { is: 'unsigned' };
      const answer = await ports.write(base.rev, base.sites, signed.text);
      if (answer.is === 'written') return written(answer, base.sites, signed);
      if (answer.is === 'refused') return refusedAt(answer.paths, '');
      if (answer.is !== 'stale') return answer;
      const holds = await takeTwice(answer.now, order.ask);
      if (holds.signing === 'unproven' || holds.signing === 'stranger') return { is: 'unproven' };
      // what somebody else saved of the schools is shown, and nothing of it is signed by this press; the door or the hours are no school [U40]
      if (holds.signing !== 'unsigned' || !sameOrigins(standing.peek().sites, base.sites)) return { is: 'changed' };
    }
    return { is: 'unreachable' };
  };
  const alone = async (run: () => Promise<Outcome>): Promise<Outcome> => {
    if (saving.peek()) return { is: 'busy' };
    saving.value = true;
    try {
      return await run();
    } finally {
      saving.value = false;
      order.known();
    }
  };
  return {
    state,
    saving,
    facts,
    list: computed(() =>
      Object.entries(standing.value.sites).toSorted(([a, one], [b, other]) =>
        (one.name ?? a).localeCompare(other.name ?? b, 'nl'),
      ),
    ),
    async open() {
      if (state.peek().is === 'failed') state.value = { is: 'loading' };
      const counts = looks();
      const found = await ports.read();
      if (!found) {
        if (state.peek().is !== 'ready') state.value = { is: 'failed' };
        return;
      }
      await takeTwice(found, looks, counts);
    },
    save: (id, next, seen) => alone(() => write(id, next, seen)),
    signShown: () => alone(signAll),
  };
}
