import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../Icon.tsx';

/**
 * The place of what was said, while something runs that may change it: a message that goes at the press that tries again would
 * let what stands below it move up under the second of two taps [D40]. Its words go, so that they are heard if they come again.
 *
 * @returns for the element of the message, and how high an empty one in its place is; undefined where none is wanted
 */
export function usePlace(says: string | null, keeps: boolean) {
  const note = useRef<HTMLDivElement>(null);
  const heightPx = says === null && keeps ? note.current?.getBoundingClientRect().height : undefined;
  return { note, heightPx };
}

interface Props {
  says: string | null;
  id?: string;
  /** something runs that may change it */
  keeps?: boolean;
}

/** What went wrong, said at once and in sight; nothing while nothing did. */
export function Problem({ says, id, keeps = false }: Props) {
  const { note, heightPx } = usePlace(says, keeps);
  useLayoutEffect(() => {
    if (says !== null) note.current?.scrollIntoView({ block: 'nearest' });
  }, [says]);
  return (
    <div role="alert" {...(id && { id })}>
      {says && (
        <div class="note note-danger" ref={note}>
          <Icon name="circle-alert" />
          <span>{says}</span>
        </div>
      )}
      {heightPx !== undefined && <div ref={note} style={{ height: `${heightPx}px` }} />}
    </div>
  );
}
