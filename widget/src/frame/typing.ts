/** On every field: nothing that is typed goes to a speller, a translator or a helper in the browser. */
export const quiet = {
  autocomplete: 'off',
  spellcheck: false,
  autocorrect: 'off',
  translate: false,
  'data-gramm': 'false',
} as const;
