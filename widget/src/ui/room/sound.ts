import { aside, bringAside } from '../fromAside.tsx';

let context: AudioContext | null = null;

/** Browsers let a page sound only after a tap, so the tap on the switch makes the instrument. */
export function unlockSound(): void {
  bringAside();
  context ??= new AudioContext();
  void context.resume();
}

export const chime = () => context && aside.peek()?.chime(context);
