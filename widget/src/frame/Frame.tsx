import type { ComponentChildren } from 'preact';
import { HelpSheet } from '../help/HelpSheet.tsx';
import type { WithWidget } from '../widget.ts';
import { Header } from './Header.tsx';
import { openStatus } from './openStatus.ts';

interface Props extends WithWidget {
  /** the line under the name of the service; until when it is open, unless said */
  status?: string;
  /** who the visitor talks to, in the place of the name of the service */
  brand?: ComponentChildren;
  /** a question over the screen; the header stays usable above it */
  sheet?: ComponentChildren;
  children: ComponentChildren;
}

/** One screen: header, content, and at most one sheet over the content. */
export function Frame({ widget, status, brand, sheet, children }: Props) {
  const covered = widget.help.value ? <HelpSheet widget={widget} /> : sheet;
  return (
    <>
      <Header widget={widget} status={status ?? openStatus(widget.facts.centre.value)} brand={brand} />
      <div class="rest">
        <div class="rest" inert={Boolean(covered)}>
          {children}
        </div>
        {covered}
      </div>
    </>
  );
}
