let context: AudioContext | null = null;

/** Browsers let a page sound only after a tap, so the tap on the switch makes the instrument. */
export function unlockSound(): void {
  context ??= new AudioContext();
  void context.resume();
}

/** Two soft tones, made here: no file is fetched. */
export function chime(): void {
  if (!context) return;
  for (const [at, pitch] of [
    [0, 587],
    [0.18, 784],
  ] as const) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const start = context.currentTime + at;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.18, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.5);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.55);
  }
}
