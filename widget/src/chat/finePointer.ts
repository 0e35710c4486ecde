/** A mouse and a real keyboard: Enter sends. On a touch keyboard Enter is a new line. */
export const finePointer = (): boolean => matchMedia('(hover: hover) and (pointer: fine)').matches;
