import { agreed } from '../../agreed.ts';
import { PATH, type OpenCarrier } from './carrier.ts';
import { readGreeting } from './packet.ts';

const BETWEEN = '\x1e';
const CLOSE = '1';
const BYTES_OF_A_UNIT_MAX = 3;
const GOODBYE_MS = 1_000;

/**
 * HTTP long polling: one GET always waits for what the service says, one POST at a time says what we say. Requests
 * stay simple ones, so that no other origin has to be asked first, and carry cookies to the page's own origin only.
 */
export const openPolling: OpenCarrier = ({ fetch }, origin, hear, gone) => {
  const stop = new AbortController();
  const outbox: string[] = [];
  let sid = '';
  let posting = false;
  let closed = false;

  async function ask(more?: RequestInit): Promise<string> {
    const answer = await fetch(`${origin}${PATH}polling${sid && `&sid=${sid}`}`, {
      ...more,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: stop.signal,
    });
    if (!answer.ok) throw new Error('refused');
    return answer.text();
  }

  async function listen(): Promise<void> {
    while (!closed) {
      for (const packet of (await ask()).split(BETWEEN)) {
        if (packet === CLOSE) return fail();
        sid ||= readGreeting(packet)?.sid ?? '';
        try {
          hear(packet);
        } catch (error) {
          void Promise.reject(error); // reported as from a WebSocket's handler: it does not keep us from listening
        }
      }
    }
  }

  async function flush(): Promise<void> {
    if (posting) return;
    posting = true;
    for (let body = outbox.shift(); body !== undefined; body = outbox.shift()) {
      while (outbox[0] && (body.length + outbox[0].length) * BYTES_OF_A_UNIT_MAX < agreed.packetBytesMax)
        body += BETWEEN + outbox.shift();
      // a page that goes may go before its last words have left
      await ask({ method: 'POST', body, keepalive: true });
    }
    posting = false;
  }

  function fail(): void {
    stop.abort();
    gone();
  }

  function send(packet: string): void {
    outbox.push(packet);
    flush().catch(fail);
  }

  listen().catch(fail);
  return {
    send,
    close() {
      closed = true;
      if (sid) send(CLOSE);
      // a dead network would hold both requests, and a browser has only six for one host
      setTimeout(() => stop.abort(), GOODBYE_MS);
    },
  };
};
