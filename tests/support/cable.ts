import { connect, createServer, type Socket } from 'node:net';

/** What a school's proxy does: `held` swallows and never answers, `killed` hangs up. */
type Fate = 'passed' | 'refused' | 'held' | 'killed';

/** A cable between a page and the service that a test can pull out. */
export interface Cable {
  readonly address: string;
  /** of WebSockets */
  upgrades: Fate;
  /** of everything else */
  others: Fate;
  /** first lines of every connection, in order */
  readonly requests: string[];
  /** of what long polling says, where other requests pass */
  posts: Fate;
  /** Nothing passes any more, and nobody hears of it. */
  freeze(): void;
  thaw(): void;
  /** both ends hear of it */
  pull(): void;
  close(): void;
}

export async function cable(port: number, upgrades: Fate = 'passed'): Promise<Cable> {
  const held = new Set<Socket>();
  const requests: string[] = [];
  const server = createServer((near) => {
    held.add(near);
    near.on('error', () => near.destroy());
    near.once('data', (head) => {
      const text = head.toString('latin1');
      requests.push(text.slice(0, text.indexOf('\r\n')));
      const isUpgrade = /\r\nupgrade: websocket/i.test(text);
      const fate = isUpgrade ? made.upgrades : text.startsWith('POST') ? made.posts : made.others;
      if (fate === 'passed') return join(near, head);
      if (fate === 'refused') near.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
      if (fate === 'killed') near.destroy();
    });
  });

  function join(near: Socket, head: Buffer): void {
    const far = connect(port, '127.0.0.1');
    held.add(far);
    far.write(head);
    far.on('error', () => near.destroy());
    far.on('close', () => near.destroy());
    near.on('close', () => far.destroy());
    near.pipe(far).pipe(near);
  }

  const made: Cable = {
    address: '',
    upgrades,
    others: 'passed',
    posts: 'passed',
    requests,
    freeze() {
      for (const end of held) end.pause();
    },
    thaw() {
      for (const end of held) end.resume();
    },
    pull() {
      for (const end of held) end.destroy();
      held.clear();
    },
    close() {
      made.pull();
      server.close();
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  if (!at || typeof at === 'string') throw new Error('no port');
  return Object.assign(made, { address: `http://127.0.0.1:${at.port}` });
}
