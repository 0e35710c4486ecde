import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../Icon.tsx';

/** What went wrong, said at once and in sight; nothing while nothing did. */
export function Problem({ says, id }: { says: string | null; id?: string }) {
  const note = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => note.current?.scrollIntoView({ block: 'nearest' }), [says]);
  return (
    <div role="alert" {...(id && { id })}>
      {says && (
        <div class="note note-danger" ref={note}>
          <Icon name="circle-alert" />
          <span>{says}</span>
        </div>
      )}
    </div>
  );
}
