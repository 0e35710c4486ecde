/**
 * Nobody's finger is what points here: Enter sends. On a touch keyboard Enter is a new line. A browser may know of no pointer
 * at all, on a desktop too; then there are keys.
 */
export const finePointer = (): boolean => matchMedia('not all and (pointer: coarse)').matches;
