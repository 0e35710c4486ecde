import { act, fireEvent, screen } from '@testing-library/preact';
import * as timing from '@clbchat/shared/client/timing';
import { render } from 'preact';
import { afterEach, beforeEach, vi } from 'vitest';
import { fakeVisitor, type Fake } from './fakeVisitor.ts';
import { stage, type Stage } from './fakeWidget.tsx';

/** A mouse and a keyboard, or a finger. */
let fine = true;
export const withFinger = () => (fine = false);

export function onScreen(): void {
  beforeEach(() => {
    fine = true;
    vi.stubGlobal('reportError', (error: unknown) => {
      throw error;
    });
    vi.stubGlobal('matchMedia', () => ({ matches: fine, addEventListener: () => undefined }));
  });
  afterEach(() => {
    for (const wipe of painted.splice(0)) wipe();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}

export interface Shown extends Stage {
  readonly fake: Fake;
}

const painted: (() => void)[] = [];

/** The page on a fake engine, rendered. */
export function show(fake: Fake = fakeVisitor(), options: Parameters<typeof stage>[1] = {}): Shown {
  const made = stage(fake.visitor, options);
  const box = document.body.appendChild(document.createElement('div'));
  now(() => {
    render(<made.App />, box);
    painted.push(() => {
      now(() => render(null, box));
      box.remove();
    });
  });
  return { ...made, fake };
}
/** The page before anybody joins. */
export const showIntro = (fake: Fake = fakeVisitor(), options: Parameters<typeof stage>[1] = {}): Shown =>
  show(fake, { already: false, ...options });

/** Does it, and what follows from it on screen. */
export const now = (run: () => unknown): void => void act(() => void run());
export const button = (name: string | RegExp) => screen.getByRole('button', { name });
export const press = (name: string | RegExp) => now(() => fireEvent.click(button(name)));
/** What has just appeared may be pressed from here on. On a fake clock. */
export const settle = () => now(() => vi.advanceTimersByTime(timing.secondTapMs));
export const field = (name: string | RegExp) => screen.getByRole<HTMLTextAreaElement>('textbox', { name });
export const type = (name: string | RegExp, value: string) =>
  now(() => fireEvent.input(field(name), { target: { value } }));
export const heading = () => screen.getByRole('heading', { level: 1 }).textContent;
export const page = () => document.body.textContent;
/** What is said aloud, once what came together has been put together. */
export const said = () =>
  vi.waitFor(() => {
    const words = document.getElementById('announce')?.textContent;
    if (!words) throw new Error('nothing was said');
    return words;
  });

/** Everything that a keyboard stops at, in order, as it is called. */
export const stops = () =>
  [...document.querySelectorAll<HTMLElement>('button, a[href], input, textarea, [tabindex="0"]')]
    .filter((one) => !one.closest('[inert], [hidden]') && !one.matches('[tabindex="-1"], :disabled'))
    .map((one) => one.getAttribute('aria-label') ?? one.id ?? one.textContent);
