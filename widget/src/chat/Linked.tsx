import { partsOf } from './links.ts';
import { tc } from './words.ts';

/** A text with its addresses as links, shown in full. */
export const Linked = ({ text }: { text: string }) => (
  <>
    {partsOf(text).map((part) =>
      part.is === 'text' ? (
        part.text
      ) : (
        <a href={part.url} target="_blank" rel="noreferrer noopener">
          {part.url}
          <span class="vh"> {tc('link.newtab')}</span>
        </a>
      ),
    )}
  </>
);
