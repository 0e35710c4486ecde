import { signal, type ReadonlySignal } from '@preact/signals';

/** The console's sounds. Silent until the person touched the page, because browsers demand it. */
export interface Bell {
  /** sounds are heard; a browser may take that back */
  readonly unlocked: ReadonlySignal<boolean>;
  unlock(): void;
  /** two rising tones: somebody rings */
  ring(): void;
  /** one soft tick: a message elsewhere */
  tick(): void;
}

interface Tone {
  hertz: number;
  /** seconds after now, and how long */
  after: number;
  lasts: number;
  gain: number;
}

const RING: readonly Tone[] = [
  { hertz: 660, after: 0, lasts: 0.28, gain: 0.18 },
  { hertz: 880, after: 0.22, lasts: 0.42, gain: 0.18 },
];
const TICK: readonly Tone[] = [{ hertz: 740, after: 0, lasts: 0.09, gain: 0.06 }];

function play(context: AudioContext, tones: readonly Tone[]): void {
  for (const tone of tones) {
    const start = context.currentTime + tone.after;
    const oscillator = context.createOscillator();
    const volume = context.createGain();
    oscillator.frequency.value = tone.hertz;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(tone.gain, start + 0.02);
    // an exponential curve never reaches zero
    volume.gain.exponentialRampToValueAtTime(0.0001, start + tone.lasts);
    oscillator.connect(volume).connect(context.destination);
    oscillator.start(start);
    oscillator.stop(start + tone.lasts);
  }
}

/** @param open makes the audio device's context, or null where the browser has none */
export function createBell(open: () => AudioContext | null): Bell {
  const unlocked = signal(false);
  let context: AudioContext | null = null;
  return {
    unlocked,
    unlock() {
      const made = (context ??= open());
      if (!made) return;
      const look = () => (unlocked.value = made.state === 'running');
      made.onstatechange = look;
      look();
      if (!unlocked.peek()) void made.resume().then(look, look);
    },
    ring() {
      if (context) play(context, RING);
    },
    tick() {
      if (context) play(context, TICK);
    },
  };
}
