import { doc, tag, type HostPage, type Place } from './hostPage.ts';

const FEATURES =
  'accelerometer autoplay camera clipboard-read clipboard-write cross-origin-isolated display-capture encrypted-media fullscreen geolocation gamepad gyroscope hid idle-detection local-fonts magnetometer microphone midi payment picture-in-picture publickey-credentials-get screen-wake-lock serial storage-access sync-xhr usb web-share xr-spatial-tracking'.split(
    ' ',
  );
const csp = (policy: (at: Place) => string) => (at: Place) => ({ 'content-security-policy': policy(at) });
const nonced = (at: Place) => doc({ body: tag(at, `nonce="${at.nonce}"`) });

/** What a school's server says about its own page. */
export const policies: readonly HostPage[] = [
  {
    name: 'a strict policy with a nonce',
    outcome: 'chat',
    headers: csp(
      ({ chat, nonce }) =>
        `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'nonce-${nonce}'; frame-src ${chat}; base-uri 'none'`,
    ),
    html: nonced,
  },
  {
    name: 'trusted types demanded',
    outcome: 'chat',
    headers: csp(() => "require-trusted-types-for 'script'; trusted-types 'none'"),
    html: (at) => doc({ body: tag(at) }),
  },
  {
    name: 'a policy that allows no frame',
    outcome: 'link',
    headers: csp(() => "frame-src 'none'"),
    html: (at) => doc({ body: tag(at) }),
  },
  {
    name: 'a policy that only reports',
    outcome: 'chat',
    headers: () => ({ 'content-security-policy-report-only': "default-src 'none'" }),
    html: (at) => doc({ body: tag(at) }),
  },
  {
    name: 'a policy that forbids every feature',
    outcome: 'chat',
    headers: () => ({ 'permissions-policy': FEATURES.map((name) => `${name}=()`).join(', ') }),
    html: (at) => doc({ body: tag(at) }),
  },
  ...['require-corp', 'credentialless'].map((embedder): HostPage => ({
    name: `isolated (${embedder})`,
    outcome: 'chat',
    headers: () => ({
      'cross-origin-embedder-policy': embedder,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    }),
    html: (at) => doc({ body: tag(at) }),
  })),
  {
    name: 'a sandbox with an origin, without new windows and forms',
    outcome: 'chat',
    headers: csp(() => 'sandbox allow-scripts allow-same-origin'),
    html: (at) => doc({ body: tag(at) }),
  },
  {
    name: 'a sandbox without new windows',
    outcome: 'address',
    headers: csp(() => 'sandbox allow-scripts'),
    html: (at) => doc({ body: tag(at) }),
  },
  {
    name: 'a sandbox with new windows',
    outcome: 'address',
    headers: csp(() => 'sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox'),
    html: (at) => doc({ body: tag(at) }),
  },
];
