const MARKS = /(\*[^*]+\*|\[[^\]]+\])/; // ours: words of the dictionary; linear enough: sentences of our own

/** A sentence of the dictionary with its bold words and its numbers to call. Never a visitor's text. */
export const Rich = ({ text }: { text: string }) => (
  <>
    {text.split(MARKS).map((part) => {
      const inner = part.slice(1, -1);
      if (part.startsWith('*')) return <b>{inner}</b>;
      return part.startsWith('[') ? <a href={`tel:${inner.replace(/\D+.*$/, '')}`}>{inner}</a> : part; // ours: words of the dictionary; linear enough: sentences of our own
    })}
  </>
);
