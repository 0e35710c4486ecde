/** A touch screen's keyboard would cover the chat by itself, as soon as a field has the focus. */
export const hasKeyboard = () => window.matchMedia?.('(hover: hover) and (pointer: fine)').matches ?? true;
