/** Comes, is answered once, and goes again, so many at a time: what each costs the server. */
import { joinInput, newSecrets } from '../attack/wire.mjs';
import { answers } from './aside.mjs';
import { quantile } from './statistics.mjs';
import { openWire } from './wire.mjs';

const AT_ONCE = 32;
const ADDRESSES = 50; // of this machine: a closed connection keeps its port for a minute

const state = { how: null, isGoing: false, got: 0, failed: 0, came: 0, tookMs: [], under: new Set() };

const visits = {
  /** a socket, a place in the line, and goodbye */
  async ours({ port }, from) {
    const one = await openWire({ port, namespace: '/visitor', from }).ready;
    await one.good('visit:join', joinInput(newSecrets()));
    await one.good('visit:end', { why: 'left' });
    return one;
  },
  /** a socket, and two answers */
  async bare({ port }, from) {
    const one = await openWire({ port, auth: { room: from }, from }).ready;
    await one.good('say', 'I am here');
    await one.good('say', 'goodbye');
    return one;
  },
};

async function comesAndGoes() {
  const { kind, target } = state.how;
  while (state.isGoing) {
    const began = performance.now();
    state.came += 1;
    try {
      const one = await visits[kind](target, `127.0.0.${10 + (state.came % ADDRESSES)}`);
      one.end();
      state.got += 1;
      state.tookMs.push(performance.now() - began);
    } catch {
      state.failed += 1;
      await new Promise((next) => setTimeout(next, 20));
    }
  }
}

answers({
  open(how) {
    state.how = how;
  },
  go() {
    state.isGoing = true;
    for (let each = 0; each < AT_ONCE; each += 1) {
      const one = comesAndGoes();
      state.under.add(one);
      void one.finally(() => state.under.delete(one));
    }
  },
  look() {
    const { got, tookMs } = state;
    Object.assign(state, { got: 0, tookMs: [] });
    return { got, behind: 0, p50: quantile(tookMs, 0.5), p99: quantile(tookMs, 0.99) };
  },
  async still() {
    state.isGoing = false;
    await Promise.all(state.under);
    return { sent: state.came, lost: state.failed };
  },
});
