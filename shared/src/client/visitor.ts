import { computed, signal } from '@preact/signals-core';
import { normalise, normaliseLine } from '../crypto/text.ts';
import type { EndReason, Role, VisitId } from '../ids.ts';
import { agreed } from '../agreed.ts';
import { refused } from '../protocol/wire.ts';
import type { Hold, Keep, VisitorPorts } from './ports.ts';
import { talkOf } from './talkFacade.ts';
import type { Connection, Visitor } from './views.ts';
import { createVisit, type Visit } from './visit.ts';
import { keptVault, newVault } from './visitorVault.ts';
import { visitViewOf, type Phase } from './visitorView.ts';

const clean = (result: { ok: true; text: string } | { ok: false }) => (result.ok ? result.text : '');

/** The visitor's engine: one page, one visit at a time. Nothing happens before `join` or `resume`. */
export function createVisitor(ports: VisitorPorts): Visitor {
  const { keep, page, lock, beacon } = ports;
  const phase = signal<Phase>({ is: 'none' });
  const visit = signal<Visit | null>(null);
  const role = signal<Role>('pupil');
  const nick = signal('');
  const first = signal('');

  /** what this page is about; quick exit ends it, also in the middle of a step */
  let errand = {};
  /** storage for as long as the errand lasts: what is still under way afterwards writes nothing [E24] */
  const keepFor = (mine: object): Keep => ({
    ...keep,
    write: (value) => void (errand === mine && keep.write(value)),
    clear: () => void (errand === mine && keep.clear()),
  });

  /** which tab has the visit; let go as soon as this one has it no more */
  let hold: Hold | null = null;
  const letGo = () => {
    hold?.release();
    hold = null;
  };
  /** @returns where the visit is: here, in another tab, or nowhere any more, because the person left meanwhile */
  async function holdOn(visitId: VisitId, how: 'ask' | 'take'): Promise<'here' | 'elsewhere' | 'left'> {
    const mine = errand;
    const got = await lock(visitId, how);
    if (errand !== mine) {
      got?.release();
      return 'left';
    }
    hold = got;
    return got ? 'here' : 'elsewhere';
  }

  const close = (texts: 'keep' | 'wipe') => {
    letGo();
    const current = visit.value;
    current?.close();
    current?.conversation.end({ texts });
    current?.vault.clear();
  };

  function finish(reason: EndReason) {
    if (phase.value.is === 'ended' || !visit.value) return;
    const talked = visit.value.vault.contents.confirmed > 0;
    const trust = visit.value.keys.trust.value;
    close(reason === 'lost' ? 'keep' : 'wipe');
    nick.value = '';
    first.value = '';
    phase.value = { is: 'ended', reason, talked, ...(trust && { trust }) };
  }

  /** Open somewhere else: this page lets go of everything but what its tab keeps. */
  function yieldTo() {
    const current = visit.value;
    if (!current || phase.value.is === 'ended') return;
    letGo();
    current.close();
    current.conversation.end({ texts: 'wipe' });
    visit.value = null;
    phase.value = { is: 'elsewhere' };
  }

  const told = (mine: () => Visit | null) => ({
    over(reason: EndReason | null) {
      if (visit.value !== mine()) return;
      // who was away when it ended hears no reason: what is likely for the stage it was in
      finish(reason ?? (visit.value?.state.value?.stage === 'talking' ? 'counsellor_ended' : 'visitor_gone'));
    },
    replaced() {
      if (visit.value !== mine()) return;
      // no other tab has it: it was an older connection of this very page, late in the network
      if (hold?.mine()) visit.value?.reconnect();
      else yieldTo();
    },
  });

  async function takeUp(): Promise<boolean> {
    const kept = keep.read();
    if (!kept) return false;
    const mine = (errand = {});
    const vault = await keptVault(keepFor(mine), kept);
    if (errand !== mine) return false;
    const taken: Visit = createVisit(
      ports,
      vault,
      'kept',
      told(() => taken),
    );
    role.value = kept.role;
    visit.value = taken;
    phase.value = { is: 'visit' };
    // a page that is looked at while it loads was loaded by a person
    if (page.visible()) taken.keys.awake();
    const stop = taken.unlocked.subscribe((unlocked) => {
      if (!unlocked) return;
      nick.value = taken.vault.contents.nick;
      first.value = taken.vault.contents.first;
      queueMicrotask(() => stop());
    });
    return true;
  }

  async function end() {
    const current = visit.value;
    if (!current || phase.value.is === 'ended') return;
    letGo();
    const left = current.leave();
    const talked = current.vault.contents.confirmed > 0;
    current.conversation.end({ texts: 'wipe' });
    current.vault.clear();
    phase.value = { is: 'ended', reason: 'visitor_left', talked };
    nick.value = '';
    first.value = '';
    await left;
    current.close();
  }

  return {
    kept: keep.kind,
    role,
    nick,
    first,
    view: computed(() => {
      const current = visit.value;
      return visitViewOf({
        phase: phase.value,
        state: current?.state.value ?? null,
        front: current?.front.value ?? null,
        question: current?.keys.question.value ?? null,
        peer: current?.keys.peer.value ?? null,
        met: current?.keys.met.value ?? false,
        trust: current?.keys.trust.value ?? null,
        asksHistory: current?.keys.asksHistory.value ?? false,
      });
    }),
    connection: computed((): Connection => visit.value?.connection.value ?? { is: 'connecting' }),
    talk: talkOf(computed(() => visit.value?.conversation.talk ?? null)),
    idleLeftMs: computed(() => visit.value?.idleLeftMs.value ?? null),

    async join(input) {
      if (phase.value.is !== 'none' && phase.value.is !== 'ended') return refused('stage');
      phase.value = { is: 'joining' };
      role.value = input.role;
      nick.value = clean(normaliseLine(input.nick, agreed.nickUnitsMax));
      first.value = clean(normalise(input.first));
      const mine = (errand = {});
      const vault = await newVault(keepFor(mine), { ...input, nick: nick.value, first: first.value });
      if (errand !== mine) return refused('stage');
      void holdOn(vault.kept.visitId, 'ask');
      const joining: Visit = createVisit(
        ports,
        vault,
        'new',
        told(() => joining),
      );
      joining.keys.awake();
      visit.value = joining;
      const ack = await joining.join(input.lang);
      if (visit.value !== joining) return ack;
      if (ack.ok) {
        if (phase.value.is === 'joining') phase.value = { is: 'visit' };
        return ack;
      }
      // the answer may be lost and the visit may stand in the line: nobody will come for it
      const { visitId, token } = vault.kept;
      beacon(JSON.stringify({ visitId, token, why: 'left' }));
      close('wipe');
      visit.value = null;
      phase.value = { is: 'none' };
      return ack;
    },
    async resume() {
      const kept = keep.read();
      if (phase.value.is !== 'none' || !kept) return false;
      role.value = kept.role;
      const where = await holdOn(kept.visitId, 'ask');
      if (where === 'here') return takeUp();
      if (where === 'elsewhere') phase.value = { is: 'elsewhere' };
      return where === 'elsewhere';
    },
    async resumeHere() {
      if (phase.value.is !== 'elsewhere') return;
      const kept = keep.read();
      if (kept) await holdOn(kept.visitId, 'take');
      if (!(await takeUp())) phase.value = { is: 'none' };
    },
    writeFirst(text) {
      first.value = clean(normalise(text));
      const vault = visit.value?.vault;
      if (!vault || vault.contents.firstFor !== null) return;
      vault.contents.first = first.value;
      void vault.save({});
    },
    touched: () => visit.value?.keys.awake(),
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
      if (kept) beacon(JSON.stringify({ visitId: kept.visitId, token: kept.token, why: 'quick_exit' }));
      close('wipe');
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
