import type { ComponentType } from 'preact';
import { createFiguresPorts } from './device/figuresApi.ts';
import { fetchRelay } from './device/relay.ts';
import { createFigures } from './model/figures/figures.ts';
import type { Go } from './model/places.ts';
import { underReadiness } from './readiness.tsx';
import './styles/page.css';
import './styles/figures.css';
import { FiguresScreen } from './ui/figures/FiguresScreen.tsx';

/** Everything of the page of how many came, which only coordinators ever download. */
export function figuresPage(go: Go): ComponentType {
  const figures = createFigures(createFiguresPorts(fetchRelay));
  return underReadiness('figures', () => <FiguresScreen figures={figures} />, go);
}
