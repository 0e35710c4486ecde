/** The window that is open, by what it is about. */
export type Opened =
  | { readonly is: 'invite' }
  | { readonly is: 'person'; readonly id: string }
  | { readonly is: 'invitation'; readonly id: string };
