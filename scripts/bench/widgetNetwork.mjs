import { connect, createServer } from 'node:net';

/** So small are the pieces in which bytes arrive. */
const PIECE_BYTES = 4_096;

/** One direction, shared by all connections: bytes leave one after the other, and arrive half a round trip later. */
function line({ bitsPerSecond, roundTripMs }) {
  const due = [];
  let freeAtMs = 0;
  let timer = null;

  function arrive() {
    timer = null;
    while (due.length > 0 && due[0].atMs <= performance.now()) due.shift().deliver();
    if (due.length > 0) timer = setTimeout(arrive, due[0].atMs - performance.now());
  }
  return (bytes, deliver) => {
    freeAtMs = Math.max(freeAtMs, performance.now()) + (bytes * 8_000) / bitsPerSecond;
    due.push({ atMs: freeAtMs + roundTripMs / 2, deliver });
    timer ??= setTimeout(arrive, due[0].atMs - performance.now());
  };
}

/** `to` gets what `from` says, as late as the line makes it. */
function carry(from, to, send) {
  from.on('data', (chunk) => {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      const piece = chunk.subarray(at, at + PIECE_BYTES);
      send(piece.length, () => to.destroyed || to.write(piece));
    }
  });
  from.on('end', () => send(0, () => to.end()));
  from.on('error', () => to.destroy());
  from.on('close', () => send(0, () => to.destroy()));
}

/**
 * A slow network as a SOCKS5 proxy that a browser's context is given. DevTools can make a network slow as well, but
 * lets the messages of a WebSocket through without delay, and they are most of what a chat waits for.
 *
 * @returns its address, and how to end it
 */
export async function slowNetwork(speed) {
  const [up, down] = [line(speed), line(speed)];
  const open = new Set();
  const server = createServer((browser) => {
    open.add(browser);
    browser.on('close', () => open.delete(browser));
    browser.on('error', () => browser.destroy());
    browser.once('data', () => {
      browser.write(Buffer.from([5, 0])); // no password
      browser.once('data', (request) => {
        browser.pause();
        const port = request.readUInt16BE(request.length - 2);
        const there = connect(port, 'localhost'); // nothing else is ever asked for
        there.on('error', () => browser.destroy());
        // greeting and answer of TCP: nothing to send, and a round trip to wait
        there.once('connect', () => {
          up(0, () =>
            down(0, () => {
              browser.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
              carry(browser, there, up);
              carry(there, browser, down);
              browser.resume();
            }),
          );
        });
      });
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `socks5://127.0.0.1:${server.address().port}`,
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}
