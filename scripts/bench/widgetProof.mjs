import { median } from './median.mjs';

const TRIES = 9;
const PATIENCE_MS = 90_000;
/** What is slowed less than this many times was not slowed: the figures would be those of another machine or network. */
const SLOWED_MIN = 2.5;

/** Each runs in a page, and tells how many milliseconds it took there. */
const measures = {
  /** a loop of the processor, always the same */
  loopMs() {
    const begun = performance.now();
    for (let i = 0, sum = 1; i < 2e7; i += 1) sum = (sum * 31 + i) | 0;
    return performance.now() - begun;
  },
  /** 200 kB that nothing makes smaller */
  async downloadMs() {
    const begun = performance.now();
    await (await fetch('/known', { cache: 'no-store' })).blob();
    return performance.now() - begun;
  },
  /** one word of a WebSocket, there and back */
  async wordMs() {
    const heard = (socket) => new Promise((done) => socket.addEventListener('message', done, { once: true }));
    if (!globalThis.words) {
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/rt/?EIO=4&transport=websocket`);
      await heard(socket);
      socket.send('40'); // as Socket.IO writes that it wants in, and below an event that wants an answer
      await heard(socket);
      globalThis.words = socket;
    }
    const begun = performance.now();
    globalThis.words.send('420["echo"]');
    await heard(globalThis.words);
    return performance.now() - begun;
  },
};

/** In turns, so that whatever else the machine does meets both. */
async function compare(slow, plain, measure) {
  const found = [];
  for (let n = 0; n < TRIES; n += 1) {
    found.push({ plainMs: await plain.evaluate(measure), slowMs: await slow.evaluate(measure) });
  }
  const of = (name) => Math.round(median(found.map((one) => one[name])));
  const times = median(found.map(({ plainMs, slowMs }) => slowMs / plainMs));
  return { slowMs: of('slowMs'), plainMs: of('plainMs'), times: Number(times.toFixed(1)), bites: times >= SLOWED_MIN };
}

/**
 * Whether processor and network are slow for a visitor: the same three things in a visitor's browser and in one that
 * nobody slows. A machine that is much too busy has no time left to slow the processor with.
 */
export async function prove(address, visitor, quick) {
  const [slow, plain] = await Promise.all([visitor(), quick()]);
  let late;
  const tooLate = new Promise((_done, fail) => {
    late = setTimeout(() => fail(new Error('no proof in time')), PATIENCE_MS);
  });
  const all = async () => {
    const proof = {};
    await Promise.all([slow.page.goto(address), plain.page.goto(address)]);
    for (const [name, measure] of Object.entries(measures)) proof[name] = await compare(slow.page, plain.page, measure);
    return proof;
  };
  try {
    return await Promise.race([all(), tooLate]);
  } finally {
    clearTimeout(late);
    await Promise.all([slow.close(), plain.close()]);
  }
}
