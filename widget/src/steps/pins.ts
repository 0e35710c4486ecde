const PIN = /^[A-Za-z0-9_-]{43}$/; // ours: the address of the page

/** Pins of the fragment `#k=<pin>.<pin2>`; null when there is none, which is not the same as an unreadable one. */
export function pinsOfFragment(hash: string): readonly string[] | null {
  const given = new URLSearchParams(hash.replace(/^#/, '')).get('k'); // ours: the address of the page
  return given === null ? null : given.split('.').filter((pin) => PIN.test(pin));
}

/** Pins of the published site file, as unknown as everything that came over the wire. */
export function pinsOfSite(site: unknown): readonly string[] | null {
  if (typeof site !== 'object' || site === null || !('pins' in site) || !Array.isArray(site.pins)) return null;
  return site.pins.filter((pin: unknown): pin is string => typeof pin === 'string' && PIN.test(pin));
}

/**
 * Two places say whom to trust, so that who breaks into one of them gains nothing: where both speak, only what both
 * say counts.
 *
 * @returns empty when there is no one to trust; then there is no chat
 */
export function trustedPins(fragment: readonly string[] | null, site: readonly string[] | null): readonly string[] {
  if (!fragment || !site) return fragment ?? site ?? [];
  return fragment.filter((pin) => site.includes(pin));
}
