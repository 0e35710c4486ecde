import type { Keep } from './ports.ts';

/**
 * Body of the beacon that a page sends when it goes. A tab that keeps its visit may be a reload, so it ends nothing;
 * in memory-only mode there is nothing to come back to (SPEC: A6, A21).
 *
 * @returns null when there is no visit
 */
export function leavingBody(keep: Keep): string | null {
  const kept = keep.read();
  if (!kept) return null;
  return JSON.stringify({ visitId: kept.visitId, token: kept.token, why: keep.kind === 'session' ? 'unload' : 'left' });
}
