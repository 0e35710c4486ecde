import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo } from 'preact/hooks';
import type { Answer } from '@clbchat/shared/answers';
import type { DeskTalk } from '@clbchat/shared/client/views';
import { createAnswering } from '../../model/answering.ts';
import type { Sending } from '../../model/sending.ts';
import { useConsole } from '../console.ts';
import { hasKeyboard } from '../hasKeyboard.ts';

type Field = RefObject<HTMLTextAreaElement | null>;

/** Canned answers in the field of one conversation: the keys, and where the caret is. */
export function useAnswers(talk: DeskTalk, field: Field, sending: Pick<Sending, 'write'>) {
  const { workspace, answers } = useConsole();
  const answering = useMemo(
    () => createAnswering({ workspace, talk, all: answers.all, write: sending.write }),
    [workspace, talk, answers, sending],
  );
  const textNow = () => workspace.drafts.of(talk.visitId);
  const caretIn = (one: HTMLTextAreaElement) => one.selectionEnd ?? one.value.length;
  /** @param from where nothing is selected yet, a place is typed over on a phone as well */
  const select = ({ from, to }: { readonly from: number; readonly to: number }) => {
    const one = field.current;
    if (!one) return;
    one.value = textNow(); // what is selected has to stand there before the next key
    if (hasKeyboard() || from < to) one.focus();
    one.setSelectionRange(from, to);
  };
  const pick = (answer?: Answer) => {
    const selected = answering.insert(answer);
    if (selected) select(selected);
  };
  const open = () => {
    const one = field.current;
    if (!one) return;
    const hasFocus = document.activeElement === one;
    if (!hasFocus && hasKeyboard()) one.focus();
    answering.open(textNow(), hasFocus ? caretIn(one) : textNow().length);
  };
  // asked for by a key, wherever the focus was
  const wanted = workspace.answersFor.value === talk.visitId;
  useLayoutEffect(() => {
    if (!wanted) return;
    workspace.answersFor.value = null;
    open();
  }, [wanted]);
  useLayoutEffect(() => answering.close, [answering]);
  return {
    answering,
    select,
    pick,
    toggle: () => (answering.shown.peek() ? answering.close() : open()),
    follow: (one: HTMLTextAreaElement) => answering.follow(one.value, caretIn(one)),
    /** @returns whether the key was the list's */
    press(event: KeyboardEvent): boolean {
      const found = answering.shown.peek();
      const isInput = event.isComposing || event.keyCode === 229; // an input method's own, as in the composer
      if (!found || isInput || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
      const some = found.answers.length > 0;
      if (event.key === 'Escape' || (event.key === 'Enter' && !some)) answering.close();
      else if (event.key === 'ArrowDown' && some) answering.move(1);
      else if (event.key === 'ArrowUp' && some) answering.move(-1);
      else if ((event.key === 'Enter' || event.key === 'Tab') && some) pick();
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}
