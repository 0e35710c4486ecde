import type { Need } from './hostPage.ts';

/** Something that drives a browser. An engine takes part by having one of these; the pages and what is looked at stay the same. */
export interface Player {
  readonly engine: string;
  /** what it cannot show, and why not */
  readonly cannot: Readonly<Partial<Record<Need, string>>>;
  open(address: string, how: How): Promise<Opened>;
  close(): Promise<void>;
}

export interface How {
  /** CSS px of the page's part of the window */
  readonly width: number;
  readonly height: number;
  /** laid out as on a phone: `<meta name=viewport>` counts, and fingers zoom */
  readonly phone: boolean;
}

export interface Opened {
  /**
   * An expression's value in the innermost document whose address begins so; a promise is waited for.
   * @throws when there is no such document, or the expression throws
   */
  run<Value>(address: string, expression: string): Promise<Value>;
  /** a real press, in CSS px of the outermost document as `getBoundingClientRect` counts them */
  press(x: number, y: number): Promise<void>;
  /** only where nothing is said against it in `cannot` */
  pinch(scale: number): Promise<void>;
  print(): Promise<void>;
  /** once what is seen is what a press is mapped by: a page that moved may be drawn, and not be pressed there yet */
  shown(): Promise<void>;
  close(): Promise<void>;
}
