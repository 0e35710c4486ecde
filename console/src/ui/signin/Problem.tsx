import { Icon } from '../Icon.tsx';

/** What went wrong, said at once; nothing while nothing did. */
export function Problem({ says }: { says: string | null }) {
  return (
    <div role="alert">
      {says && (
        <div class="note note-danger">
          <Icon name="circle-alert" />
          <span>{says}</span>
        </div>
      )}
    </div>
  );
}
