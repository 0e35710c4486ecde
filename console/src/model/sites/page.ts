import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Issuer } from '@clbchat/shared/statement/issuer';
import { twinOf } from '@clbchat/shared/protocol/twinSites';
import { nextRev } from '@clbchat/shared/statement/sites';
import { sameSite, type Site, type Sites } from './site.ts';
import type { SnippetFacts } from './snippet.ts';

/** The list as it stands at the service. */
export interface StandingSites extends SnippetFacts {
  /** of the settings, by which whoever changes them says what was seen */
  readonly rev: number;
  readonly sites: Sites;
  /** `rev` of the list that stands signed, 0 for none; null where nobody signs */
  readonly signed: number | null;
  /** who is signed in here */
  readonly account: string;
}

export type SavedSites =
  | ({ readonly is: 'written' } & StandingSites)
  | { readonly is: 'stale'; readonly now: StandingSites; readonly by: string | null }
  /** by path: `sites.s_1.origins.0`, `signed` */
  | { readonly is: 'refused'; readonly paths: readonly string[] }
  /** `given_up`: she did not show again that it is she */
  | { readonly is: 'not_yours' | 'unreachable' | 'given_up' };

export interface SitesPorts {
  /** null when the service did not answer, or may not */
  read(): Promise<StandingSites | null>;
  write(seen: number, sites: Sites, signed: string | null): Promise<SavedSites>;
  /** what she signs with in this browser; null for nothing */
  issuer(account: string): Promise<Issuer | null>;
  /** @throws when it cannot be signed */
  sign(issuer: Issuer, list: { rev: number; sites: Sites; nowMs: number }): Promise<string>;
  /** whether an issuer stands under one of these roots */
  isOurs(issuer: Issuer, pins: readonly string[]): Promise<boolean>;
  nowMs(): number;
}

/** What became of a change. */
export type Outcome =
  | { readonly is: 'saved' }
  /** somebody else changed this site meanwhile: `theirs` is what stands, undefined for gone. Nothing was saved */
  | { readonly is: 'clash'; readonly theirs: Site | undefined; readonly by: string | null }
  /** `total`: too many, all together · `clock`: the signature was not taken · `site`: this one is none */
  | { readonly is: 'refused'; readonly why: 'total' | 'clock' | 'site' }
  /** another school, by its name or id, bears this name, or has this address. Nothing was sent */
  | { readonly is: 'twin'; readonly field: 'name' | 'origins'; readonly what: string; readonly other: string }
  | { readonly is: 'not_yours' | 'unreachable' | 'unsigned' | 'given_up' };

type SitesState =
  | { readonly is: 'loading' | 'failed' }
  | {
      readonly is: 'ready';
      /** `nobody`: none is needed · `here`: it is signed in this browser · `not_here`, `ended`: it cannot be · `stranger`: the service names other keys */
      readonly signing: 'nobody' | 'here' | 'not_here' | 'ended' | 'stranger';
    };

export interface SitesPage {
  readonly state: ReadonlySignal<SitesState>;
  /** by name; only where `state` is ready */
  readonly list: ReadonlySignal<readonly (readonly [id: string, site: Site])[]>;
  readonly facts: ReadonlySignal<SnippetFacts>;
  readonly saving: ReadonlySignal<boolean>;
  open(): Promise<void>;
  /**
   * Changes one site, at once, on the list that stands, and no other.
   *
   * @param next undefined takes it away
   * @param seen what it was made from; undefined for a new one
   */
  save(id: string, next: Site | undefined, seen: Site | undefined): Promise<Outcome>;
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
export function createSitesPage(ports: SitesPorts): SitesPage {
  const state = signal<SitesState>({ is: 'loading' });
  const standing = signal(nothing);
  const saving = signal(false);

  const signingOf = async ({ signed, account, pins }: StandingSites) => {
    if (signed === null) return 'nobody';
    const issuer = await ports.issuer(account).catch(() => null);
    if (!issuer) return 'not_here';
    if (!(await ports.isOurs(issuer, pins))) return 'stranger';
    return issuer.exp * 1_000 > ports.nowMs() ? 'here' : 'ended';
  };
  /** @returns undefined where it had to be signed and could not */
  const signedBy = async ({ signed, account }: StandingSites, sites: Sites): Promise<string | null | undefined> => {
    if (signed === null) return null;
    const issuer = await ports.issuer(account).catch(() => null);
    if (!issuer) return undefined;
    const nowMs = ports.nowMs();
    return ports.sign(issuer, { rev: nextRev(signed, nowMs), sites, nowMs }).catch(() => undefined);
  };
  const write = async (id: string, next: Site | undefined, seen: Site | undefined): Promise<Outcome> => {
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const base = standing.peek();
      const others = Object.fromEntries(Object.entries(base.sites).filter(([other]) => other !== id));
      const twin = next && twinAmong(id, next, others);
      if (twin) return twin;
      const sites = next ? { ...others, [id]: next } : others;
      const signed = await signedBy(base, sites);
      if (signed === undefined) return { is: 'unsigned' };
      const answer = await ports.write(base.rev, sites, signed);
      if (answer.is === 'written') {
        standing.value = answer;
        return { is: 'saved' };
      }
      if (answer.is === 'refused') return refusedAt(answer.paths, id);
      if (answer.is !== 'stale') return answer;
      standing.value = answer.now;
      const theirs = answer.now.sites[id];
      // an answer that was lost on its way: what stands is what was sent
      if (sameSite(theirs, next)) return { is: 'saved' };
      if (!sameSite(theirs, seen)) return { is: 'clash', theirs, by: answer.by };
    }
    return { is: 'unreachable' };
  };
  return {
    state,
    saving,
    facts: standing,
    list: computed(() =>
      Object.entries(standing.value.sites).toSorted(([a, one], [b, other]) =>
        (one.name ?? a).localeCompare(other.name ?? b, 'nl'),
      ),
    ),
    async open() {
      if (state.peek().is === 'failed') state.value = { is: 'loading' };
      const found = await ports.read();
      if (!found) {
        if (state.peek().is !== 'ready') state.value = { is: 'failed' };
        return;
      }
      const signing = await signingOf(found);
      if (saving.peek()) return;
      standing.value = found;
      state.value = { is: 'ready', signing };
    },
    async save(id, next, seen) {
      if (saving.peek()) return { is: 'unreachable' };
      saving.value = true;
      try {
        return await write(id, next, seen);
      } finally {
        saving.value = false;
      }
    },
  };
}
