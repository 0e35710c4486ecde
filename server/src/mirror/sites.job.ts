import type { Limits } from '@clbchat/shared/limits';
import type { Ask, Heard } from '../edge/outgoing.ts';
import { repeat } from '../edge/repeat.ts';
import type { Stop, Timers } from '../edge/timers.ts';
import type { Log } from '../kernel/log.ts';
import type { KeptText } from './keptText.ts';
import { ancestorsIn, isLater, type SignedSites, type Verify } from './sites.rules.ts';

/** Where the relay tells the signed list to everybody. */
const PATH = '/api/sites/signed';

interface Needs {
  readonly ask: Ask;
  readonly verify: Verify;
  readonly kept: KeptText;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: Limits;
}

/** The list of sites on the static side, which believes the relay nothing. */
export interface SiteList {
  ancestorsOf(site: string): readonly string[] | null;
  /** what stands, as it was signed; null for none */
  text(): string | null;
  /** whether it may have visitors: a list stands, or the relay was heard to have none that could [I18] */
  ready(): boolean;
  /** One look: takes over what is later and good; whatever else comes changes nothing. */
  look(): Promise<void>;
  start(): Stop;
}

/** @returns it with what was kept on the disk, as far as that still verifies */
export async function openSiteList({ ask, verify, kept, timers, log, limits }: Needs): Promise<SiteList> {
  let standing: SignedSites | null = null;
  /** once a look has ended, its signature looked at */
  let looked = false;
  /** the relay said of its own that it has a list, or none */
  let heardOf = false;
  let refused = '';

  async function read(text: string): Promise<SignedSites | null> {
    const found = await verify(text);
    return found.ok ? { rev: found.rev, atMs: found.atMs, sites: found.sites, text } : null;
  }
  /** Once for each text: the relay says the same every time. */
  function refuse(text: string, says: string): void {
    if (text === refused) return;
    refused = text;
    log.warn(says, { event: PATH });
  }

  const before = kept.read();
  if (before !== null) {
    standing = await read(before);
    if (!standing) log.warn('the kept list of sites is not signed by whom we trust: it is as if there were none');
  }

  async function look(): Promise<void> {
    const heard = await ask(PATH, limits.sitesBytesMax);
    await judge(heard);
    heardOf ||= heard?.status === 200 || heard?.status === 404;
    looked = true;
  }
  async function judge(heard: Heard | null): Promise<void> {
    if (heard?.status !== 200 || heard.text === standing?.text) return;
    const found = await read(heard.text);
    if (!found) return refuse(heard.text, 'the relay told a list of sites that is not signed by whom we trust');
    if (!isLater(found, standing))
      return refuse(heard.text, 'the relay told an earlier list of sites than the one that stands');
    standing = found;
    await kept
      .write(found.text)
      .catch((err: unknown) => log.error('the list of sites could not be kept on the disk', { err }));
  }
  return {
    ancestorsOf: (site) => ancestorsIn(standing, site),
    text: () => standing?.text ?? null,
    ready: () => looked && (standing !== null || heardOf),
    look,
    start: () => repeat({ timers, log, name: 'sites', everyMs: limits.sitesEveryMs }, look),
  };
}
