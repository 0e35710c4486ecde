import { useEffect, useState } from 'preact/hooks';
import { refuseFiles } from '@clbchat/shared/client/droppedFiles';
import type { WithWidget } from '../widget.ts';

/** Stands beside every screen: no file that is dropped takes its place, and each is answered. */
export function Files({ widget }: WithWidget) {
  const [files, setFiles] = useState(0);
  const few = widget.rare.part.value;
  useEffect(
    () =>
      refuseFiles(window, () => {
        setFiles((before) => before + 1);
        void widget.rare.bring();
      }),
    [],
  );
  return few && files > 0 ? <few.Dropped key={files} widget={widget} /> : null;
}
