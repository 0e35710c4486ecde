import { computed, signal } from '@preact/signals-core';
import { agreed } from '../../agreed.ts';
import { normalise, normaliseLine } from '../../crypto/text.ts';
import type { Role, VisitEnd, VisitId } from '../../ids.ts';
import { refused } from '../../protocol/wire.ts';
import type { Keep, KeptVisit, TabLock, VisitorPorts } from '../ports.ts';
import * as timing from '../timing.ts';
import type { Connection, JoinInput, Visitor } from '../views.ts';
import { pageTalk } from './pageTalk.ts';
import { keptVault, newVault, type Vault } from './vault.ts';
import { visitViewOf, type Phase } from './view.ts';
import { createVisit, type Visit } from './visit.ts';

const clean = (result: { ok: true; text: string } | { ok: false }) => (result.ok ? result.text : '');

/** The visitor's engine: one page, one visit at a time. Nothing happens before `join` or `resume`. */
// over 80 lines because a page's phases and the way from one to another stand together
export function createVisitor(ports: VisitorPorts): Visitor {
  const { keep, page, clock, lock, beacon } = ports;
  const phase = signal<Phase>({ is: 'none' });
  const visit = signal<Visit | null>(null);
  const role = signal<Role>('pupil');
  const nick = signal('');
  const first = signal('');
  let tab: TabLock | null = null;
  let reclaimedMs = -Infinity;
  /** the place is just being taken over */
  let moving = false;
  /** stopped by its person, and the service has not heard of it */
  const leaving = new Set<Visit>();

  /** what this page is about; quick exit ends it, also in the middle of a step */
  let errand = {};
  /** storage for as long as the errand lasts: what is still under way afterwards writes nothing [E24] */
  const keepFor = (mine: object): Keep => ({
    ...keep,
    write: (value) => void (errand === mine && keep.write(value)),
    clear: () => void (errand === mine && keep.clear()),
  });

  const unlockTab = () => {
    tab?.release();
    tab = null;
  };
  /** @returns where the visit is: here, in another tab, or nowhere any more, because the person left meanwhile */
  async function lockTab(visitId: VisitId, how: 'ask' | 'take'): Promise<'here' | 'elsewhere' | 'left'> {
    const mine = errand;
    const got = await lock(visitId, how);
    if (errand !== mine) {
      got?.release();
      return 'left';
    }
    tab = got;
    return got ? 'here' : 'elsewhere';
  }

  /** Nothing of it stays on this page but, after a fault, what can be read. */
  function forget(current: Visit, texts: 'keep' | 'wipe') {
    current.conversation.end(texts);
    current.vault.clear();
    unlockTab();
    nick.value = '';
    first.value = '';
  }
  const talked = ({ vault }: Visit) => vault.contents.agreed.confirmed > 0 || vault.kept.alive.talking;

  function finish(current: Visit, reason: VisitEnd) {
    if (phase.value.is === 'ended') return;
    const trust = current.keys.trust.value;
    phase.value = { is: 'ended', reason, talked: talked(current), ...(trust && { trust }) };
    current.close();
    forget(current, reason === 'lost' ? 'keep' : 'wipe');
  }

  /** Open somewhere else: this page lets go of everything but what its tab keeps. */
  function replaced(current: Visit) {
    if (phase.value.is === 'ended') return;
    // no other tab has it: what took its place was an attempt of its own, late in the network
    if (tab?.mine() && Math.abs(clock.nowMs() - reclaimedMs) > timing.reclaimEveryMs) {
      reclaimedMs = clock.nowMs();
      return current.reconnect();
    }
    unlockTab();
    current.close();
    current.vault.note({ goneMs: 0 });
    current.vault.stop();
    current.conversation.end('wipe');
    visit.value = null;
    phase.value = { is: 'elsewhere' };
  }

  /** What it tells counts for as long as the page is about it. */
  function make(vault: Vault, start: 'new' | 'kept'): Visit {
    const made: Visit = createVisit(ports, vault, start, {
      over: (reason) => void (visit.value === made && finish(made, reason)),
      replaced: () => void (visit.value === made && replaced(made)),
      asked: () => void (visit.value === made && (first.value = '')),
    });
    return made;
  }

  async function takeUp(): Promise<boolean> {
    const kept = keep.read();
    if (!kept) return false;
    const mine = (errand = {});
    delete kept.goneMs;
    keep.write(kept); // also should no service be heard of before this page is thrown away
    const vault = await keptVault(keepFor(mine), kept);
    if (errand !== mine) return false;
    const taken = make(vault, 'kept');
    visit.value = taken;
    phase.value = { is: 'visit' };
    // a page that is looked at while it loads was loaded by a person
    if (page.visible()) taken.keys.touched();
    const stop = taken.unlocked.subscribe((unlocked) => {
      if (!unlocked) return;
      const { contents } = taken.vault;
      role.value = contents.role;
      nick.value = contents.nick;
      first.value = contents.first;
      queueMicrotask(() => stop());
    });
    return true;
  }

  async function join(input: JoinInput) {
    if (phase.value.is !== 'none' && phase.value.is !== 'ended') return refused('stage');
    phase.value = { is: 'joining' };
    role.value = input.role;
    nick.value = clean(normaliseLine(input.nick, agreed.nickUnitsMax));
    first.value = clean(normalise(input.first));
    const mine = (errand = {});
    const visitor = { ...input, nick: nick.value, first: first.value, nowMs: clock.nowMs() };
    const vault = await newVault(keepFor(mine), visitor);
    if (errand !== mine) return refused('stage');
    void lockTab(vault.kept.visitId, 'ask');
    const joining = make(vault, 'new');
    joining.keys.touched();
    visit.value = joining;
    const ack = await joining.join(input);
    if (visit.value !== joining) return ack;
    if (ack.ok) {
      if (phase.value.is === 'joining') phase.value = { is: 'visit' };
      return ack;
    }
    // the answer may be lost and the visit may stand in the line: nobody will come for it
    goodbye(vault.kept, 'left');
    joining.close();
    forget(joining, 'wipe');
    visit.value = null;
    phase.value = { is: 'none' };
    return ack;
  }

  /** Nobody here takes it up: nothing of it stays, and it ends, unless another tab has it. */
  function letGo(kept: KeptVisit, where: 'here' | 'elsewhere') {
    if (where === 'here') goodbye(kept, 'left');
    unlockTab();
    keep.clear();
    phase.value = { is: 'none' };
  }

  /** No service knows a visit that was last heard of so long ago; a clock that was put back says nothing [W113]. */
  const isOver = ({ alive }: KeptVisit) => clock.nowMs() - alive.atMs > agreed.awayMsMax;

  async function end() {
    const kept = phase.value.is === 'unclaimed' ? keep.read() : null;
    if (kept) {
      const where = await lockTab(kept.visitId, 'ask');
      return where === 'left' ? undefined : letGo(kept, where);
    }
    const current = visit.value;
    if (!current || phase.value.is === 'ended') return;
    const { tried, heard } = current.leave();
    leaving.add(current);
    void heard.then(() => {
      leaving.delete(current);
      current.close();
    });
    phase.value = { is: 'ended', reason: 'visitor_left', talked: talked(current) };
    forget(current, 'wipe');
    await tried;
  }

  /** a person has to say first whether it goes on here */
  const isAsked = () => phase.value.is === 'elsewhere' || phase.value.is === 'unclaimed';
  const goodbye = ({ visitId, token }: KeptVisit, why: 'left' | 'quick_exit' | 'unload') =>
    beacon(JSON.stringify({ visitId, token, why }));

  // A tab that keeps its visit may be loading itself again, so it ends nothing; in memory there is nothing to come back to.
  page.onLeave(() => {
    for (const { vault } of leaving) goodbye(vault.kept, 'left');
    // a copy that only says where the chat is speaks for nobody, nor does who was asked and said nothing
    const kept = isAsked() ? null : keep.read();
    if (kept) goodbye(kept, keep.kind === 'session' ? 'unload' : 'left');
  });

  return {
    kept: keep.kind,
    role,
    nick,
    first,
    view: computed(() => visitViewOf(phase.value, visit.value)),
    connection: computed((): Connection => visit.value?.connection.value ?? { is: 'connecting' }),
    talk: pageTalk(computed(() => visit.value?.conversation.talk)),
    idleLeftMs: computed(() => visit.value?.idleLeftMs.value ?? null),
    join,
    async resume(came = 'reload') {
      const kept = keep.read();
      if (phase.value.is !== 'none' || !kept) return false;
      const arrived = came === 'reload' && kept.goneMs === 0 ? 'other' : came;
      const where = await lockTab(kept.visitId, 'ask');
      if (where === 'here' && arrived === 'reload') return takeUp();
      // whoever sits here now may be somebody else: nothing is opened, and the place stays free for who says yes
      unlockTab();
      if (where === 'here' && (arrived === 'back' || isOver(kept))) letGo(kept, where);
      else if (where !== 'left') {
        phase.value = { is: where === 'here' ? 'unclaimed' : 'elsewhere' };
        keep.write({ ...kept, goneMs: 0 }); // and asked again, until they say so [W112]
      }
      return isAsked();
    },
    async resumeHere() {
      const kept = keep.read();
      if (!isAsked() || moving) return;
      moving = true;
      if (kept) await lockTab(kept.visitId, 'take');
      if (!(await takeUp())) phase.value = { is: 'none' };
      moving = false;
    },
    writeFirst(text) {
      const current = visit.value;
      if (!current?.unlocked.value || phase.value.is === 'ended') return;
      first.value = clean(normalise(text));
      current.vault.contents.first = first.value;
      void current.vault.save();
    },
    touched: () => visit.value?.keys.touched(),
    here: () => visit.value?.here() ?? Promise.resolve(refused('stage')),
    async choose(choice) {
      if (choice === 'stop') return end();
      await visit.value?.keys.choose(choice);
    },
    end,
    quickExit() {
      const current = visit.value;
      const kept = current?.vault.kept ?? keep.read();
      keep.clear();
      errand = {};
      if (kept) goodbye(kept, 'quick_exit');
      for (const other of leaving) {
        goodbye(other.vault.kept, 'quick_exit');
        other.close();
      }
      current?.close();
      if (current) forget(current, 'wipe');
      visit.value = null;
      nick.value = '';
      first.value = '';
      phase.value = { is: 'none' };
    },
    tryNow: () => visit.value?.tryNow(),
    reset() {
      if (phase.value.is !== 'ended') return;
      visit.value = null;
      phase.value = { is: 'none' };
    },
  };
}
