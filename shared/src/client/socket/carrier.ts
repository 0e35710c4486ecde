/** What a browser has anyway, and a test brings along. */
export interface Means {
  readonly WebSocket: new (address: string) => Pick<WebSocket, 'onmessage' | 'onclose' | 'send' | 'close'>;
  readonly fetch: typeof globalThis.fetch;
  addEventListener?(type: 'offline', run: () => void): void;
  removeEventListener?(type: 'offline', run: () => void): void;
}

/** Carries Engine.IO's packets both ways, in order. */
export interface Carrier {
  /** once the service has greeted */
  send(packet: string): void;
  /** what was sent before still leaves */
  close(): void;
}

/**
 * @param origin of the service
 * @param hear one packet
 * @param gone nothing can be carried any more; may be called again
 * @throws where a browser forbids even the try
 */
export type OpenCarrier = (means: Means, origin: string, hear: (packet: string) => void, gone: () => void) => Carrier;

/** All that an address ever says is this, the carrier's name and the connection's (SPEC: P2). */
export const PATH = '/rt/?EIO=4&transport=';
