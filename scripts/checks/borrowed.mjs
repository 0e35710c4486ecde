import { createRequire } from 'node:module';

/** A package that one of our own dependencies brings along, as that one would load it. */
export function borrowed(owner, name) {
  const ours = createRequire(import.meta.url);
  return createRequire(ours.resolve(owner))(name);
}
