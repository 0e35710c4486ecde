type Headers = Readonly<Record<string, string>>;

const OFF = [
  'accelerometer',
  'autoplay',
  'bluetooth',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'display-capture',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'screen-wake-lock',
  'serial',
  'usb',
  'web-share',
  'xr-spatial-tracking',
];
const PASSKEYS = ['publickey-credentials-get', 'publickey-credentials-create'];
const permissions = (passkeys: string) =>
  [...OFF.map((name) => `${name}=()`), ...PASSKEYS.map((name) => `${name}=${passkeys}`)].join(', ');

const policy = (rules: Readonly<Record<string, string>>) =>
  Object.entries(rules)
    .map(([name, value]) => `${name} ${value}`.trim())
    .join('; ');

const NOTHING = policy({
  'default-src': "'none'",
  'frame-ancestors': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  sandbox: '',
});

/**
 * On everything that leaves this server, errors and refused upgrades included. SECURITY of the plan, 3.3.
 *
 * @param secure over TLS. Browsers ignore the promise of TLS on a plain connection, and a proxy that passed it on
 *   for `localhost` would lock every other program of that machine out.
 */
export const onEverything = (secure: boolean): Headers => ({
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
  'origin-agent-cluster': '?1',
  'x-dns-prefetch-control': 'off',
  'content-security-policy': NOTHING,
  'permissions-policy': permissions('()'),
  'cross-origin-resource-policy': 'same-site',
  'cache-control': 'no-store',
  ...(secure && { 'strict-transport-security': 'max-age=63072000; includeSubDomains; preload' }),
});

/** What the widget's build says about its own page: the hashes of what stands inline, among it the import map. */
export interface BuiltFrame {
  readonly inlineHashes: readonly string[];
}

/** Two origins: the page's own, and the relay's, which is the same where one process serves both. */
export interface Reach {
  readonly own: string;
  readonly relay: string;
}

interface FrameFacts {
  readonly reach: Reach;
  /** origins of pages that may frame it; none for a window of its own */
  readonly ancestors: readonly string[];
  readonly built: BuiltFrame | null;
}

/** What a page may ask, and where it may open sockets. Some browsers do not take `'self'` for another scheme of the same host. */
const connections = ({ own, relay }: Reach) =>
  ["'self'", ...(relay === own ? [] : [relay]), relay.replace(/^http/, 'ws')].join(' '); // ours: our own origin

export function onFrame({ reach, ancestors, built }: FrameFacts): Headers {
  return {
    'content-security-policy': policy({
      'default-src': "'none'",
      'script-src': ["'self'", ...(built?.inlineHashes ?? []).map((hash) => `'${hash}'`)].join(' '),
      'style-src': "'self'",
      'img-src': 'data:', // the empty icon of a window of its own
      'font-src': "'self'",
      'connect-src': connections(reach),
      'worker-src': "'self'",
      'form-action': "'none'",
      'base-uri': "'none'",
      'object-src': "'none'",
      'frame-ancestors': ancestors.length > 0 ? ancestors.join(' ') : "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'clbchat',
    }),
    ...(built && { 'integrity-policy': 'blocked-destinations=(script)' }),
    ...(ancestors.length === 0 && { 'x-frame-options': 'DENY' }),
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}

export const onConsole = (reach: Reach): Headers => ({
  'content-security-policy': policy({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    'media-src': "'self'",
    'connect-src': connections(reach),
    'worker-src': "'self'",
    'manifest-src': "'self'",
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
    'frame-src': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': 'clbconsole',
  }),
  'permissions-policy': permissions('(self)'),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
});

/** The page after a computer was given up: no script, and the browser throws away what it keeps of this host, and cookies of its whole site. */
export const onForgotten: Headers = {
  'content-security-policy': policy({
    'default-src': "'none'",
    'style-src': "'self'",
    'img-src': "'self'",
    'form-action': "'none'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
  }),
  'clear-site-data': '"cache", "cookies", "storage"',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
};

/** A file whose name changes with its content. */
export const onAsset: Headers = {
  'cache-control': 'public, max-age=31536000, immutable',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** The one script that other origins load. */
export const onLoader: Headers = {
  'cache-control': 'public, max-age=3600',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
};
