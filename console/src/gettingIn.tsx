import { render } from 'preact';
import { createGettingInApi } from './device/gettingInApi.ts';
import { createGettingIn } from './model/gettingIn.ts';
import type { OwnSessions } from './model/session.ts';
import './styles/signin.css';
import { GettingInScreen } from './ui/signin/GettingInScreen.tsx';

/** The page of who gets in by what only she has: fetched when somebody does. @param token of a one-time address, or null */
export async function showGettingIn(root: HTMLElement, sessions: OwnSessions, token: string | null): Promise<void> {
  const model = createGettingIn(createGettingInApi((input, init) => fetch(input, init), sessions));
  render(<GettingInScreen model={model} />, root);
  await model.start(token);
}
