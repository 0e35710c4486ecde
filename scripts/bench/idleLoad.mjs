/** Sockets that are there and say nothing. */
import { answers } from './aside.mjs';
import { comes } from './people.mjs';
import { openWire } from './wire.mjs';

const AT_ONCE = 16;
const ADDRESSES = 4; // of this machine: one has some thirty thousand ports

answers({
  /** @param kind `joined`: they wait in our line · `connected`: they never joined · `bare` */
  async open({ kind, target, count, withinMs }) {
    const end = performance.now() + withinMs;
    let [there, next] = [0, 0];
    const ways = {
      joined: (from) => comes(target, { from }),
      connected: (from) => openWire({ port: target.port, namespace: '/visitor', from }).ready,
      bare: (from) => openWire({ port: target.port, auth: { room: `room ${next >> 1}` }, from }).ready,
    };
    const more = async () => {
      while (next < count && performance.now() < end) {
        next += 1;
        await ways[kind](`127.0.0.${2 + (next % ADDRESSES)}`);
        there += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, more));
    return there;
  },
});
