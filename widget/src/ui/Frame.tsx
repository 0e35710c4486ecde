import type { ComponentChildren } from 'preact';
import type { Widget } from '../model/widget.ts';
import { t } from '../words/nl.ts';
import { later } from './later.ts';
import { Rich } from './Rich.tsx';

interface Props {
  widget: Widget;
  header: ComponentChildren;
  /** a question over the screen; the header stays usable above it */
  sheet?: ComponentChildren;
  children: ComponentChildren;
}

/** The numbers, also while the sheet for them is on its way. */
function Help({ widget }: { widget: Widget }) {
  const Sheet = later.value?.HelpSheet;
  if (Sheet) return <Sheet widget={widget} />;
  return (
    <p class="early" role="alert">
      <Rich text={t('help.early')} />
    </p>
  );
}

/** One screen: header, content, and at most one sheet over the content. */
export function Frame({ widget, header, sheet, children }: Props) {
  const covered = widget.help.value ? <Help widget={widget} /> : sheet;
  return (
    <>
      {header}
      <div class="rest" inert={Boolean(covered)}>
        {children}
      </div>
      {covered}
    </>
  );
}
