import { useMemo } from 'preact/hooks';
import { encode } from 'uqr';
import { gettingIn as words } from '../../words/gettingIn.ts';

/** What stands around a code, in modules: apps find none without it. */
const QUIET = 4;

/** The address of a seed as a picture that an app reads. It is drawn in this browser, black on white in every theme [G41]. */
export function SeedCode({ uri }: { uri: string }) {
  const { size, path } = useMemo(() => {
    const { size, data } = encode(uri, { ecc: 'M', border: QUIET });
    const dark = data.flatMap((row, y) => row.flatMap((is, x) => (is ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size, path: dark.join('') };
  }, [uri]);
  return (
    <svg
      class="seed-code"
      role="img"
      aria-label={words.password.seed.picture}
      viewBox={`0 0 ${size} ${size}`}
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${size}v${size}h-${size}z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}
