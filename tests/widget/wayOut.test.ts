import { expect, test } from 'vitest';
import { pageIn } from '../../widget/src/site.ts';

test.each(['https://www.meteo.be/nl', 'http://weer.localhost/', 'https://xn--rijsbergen.example/a?b#c'])(
  '[W127] Snel weg goes to %s',
  (page) => expect(pageIn(page)).toBe(page),
);
test.each([
  ...['javascript:alert(1)', 'data:text/html,x', 'http://[', 'https://', '', 'about:blank#', '//weer.example', 'weer'],
  ...[undefined, null, {}, 7],
])('[W127] Snel weg takes %s for no page, and goes to the neutral one', (named) =>
  expect(pageIn(named)).toBeUndefined(),
);
