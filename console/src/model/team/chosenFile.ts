import { openRoot, ROOT_FILE_BYTES_MAX, type WhyUnread } from '@clbchat/shared/statement/rootFile';

/** A file that a person chose; the browser may have lost it since. */
export type ChosenFile = Pick<File, 'size' | 'arrayBuffer'>;

type Opened = Extract<Awaited<ReturnType<typeof openRoot>>, { ok: true }>;
/** The root in it, which nobody keeps. */
export async function openedFrom(
  file: ChosenFile,
  passphrase: string,
): Promise<Opened | { readonly ok: false; readonly why: WhyUnread | 'unreadable' }> {
  if (file.size > ROOT_FILE_BYTES_MAX) return { ok: false, why: 'too_large' };
  const bytes = await file.arrayBuffer().catch(() => null);
  return bytes ? openRoot(new Uint8Array(bytes), passphrase) : { ok: false, why: 'unreadable' };
}
