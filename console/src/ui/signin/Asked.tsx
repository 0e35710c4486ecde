import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { enrolment as words } from '../../words/enrolment.ts';
import { Firm } from '../Firm.tsx';
import { Problem } from './Problem.tsx';

/** A question in the place of the button that asks it, which has the focus: that goes to the question, and comes back [D38]. */
export function useQuestion() {
  const asks = useSignal(false);
  const question = useRef<HTMLParagraphElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(false);
  useLayoutEffect(() => {
    if (asks.value) question.current?.focus();
    else if (wasAsked.current) button.current?.focus();
    wasAsked.current = asks.value;
  }, [asks.value]);
  return { asks, question, button };
}

/** What goes with the focus in it leaves that to the heading above it, or to the title where that goes as well [D38]. */
function leavesFocus(box: HTMLElement | null): void {
  if (!box?.contains(document.activeElement)) return;
  const isAbove = (one: Element) => one.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING;
  const heading = [...document.querySelectorAll<HTMLElement>('main h2')].findLast(isAbove);
  if (heading) heading.tabIndex = -1;
  heading?.focus();
  queueMicrotask(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('main h1')?.focus();
  });
}

interface Props {
  /** what the button does, and with what it belongs to where that does not say it */
  says: string;
  long?: string;
  question: string;
  yes: string;
  busy: boolean;
  /** what went wrong with it, once she pressed */
  trouble: string | null;
  onYes(): unknown;
  /** what stands beside the button */
  children?: ComponentChildren;
}

/** What takes something of hers away is asked first, in its place, and says there what went wrong [O26 U91]. */
export function Asked({ says, long, question: asked, yes, busy, trouble, onYes, children }: Props) {
  const { asks, question, button } = useQuestion();
  const tried = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => () => leavesFocus(box.current), []);
  const size = children === undefined ? '' : 'button-small';
  const opens = (is: boolean) => {
    if (is) tried.value = false; // it says nothing of an earlier time
    asks.value = is;
  };
  return (
    <div class="asked" ref={box}>
      {asks.value ? (
        <>
          <p ref={question} tabIndex={-1}>
            {asked}
          </p>
          <Problem says={tried.value ? trouble : null} keeps={busy} />
          <div class="codes-actions">
            <Firm
              class={`button button-danger ${size}`}
              aria-disabled={busy}
              onClick={() => {
                tried.value = true;
                return onYes();
              }}
            >
              {tried.value && busy ? words.busy : yes}
            </Firm>
            <button type="button" class={`button button-plain ${size}`} onClick={() => opens(false)}>
              {words.wipeNo}
            </button>
          </div>
        </>
      ) : (
        <>
          {children}
          <button
            type="button"
            class={`button button-plain ${size}`}
            ref={button}
            {...(long !== undefined && { 'aria-label': long })}
            onClick={() => opens(true)}
          >
            {says}
          </button>
          <Problem says={tried.value ? trouble : null} keeps={busy} />
        </>
      )}
    </div>
  );
}
