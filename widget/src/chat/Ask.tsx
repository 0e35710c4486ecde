interface Answer {
  words: string;
  onClick: () => void;
}

/** A question above the composer. It waits; the text that is being written stays. */
export const Ask = ({ words, first, second }: { words: string; first: Answer; second?: Answer }) => (
  <div class="ask warn sm stack" role="alert">
    <p>{words}</p>
    <div class="row">
      <button type="button" class="btn p" onClick={first.onClick}>
        {first.words}
      </button>
      {second && (
        <button type="button" class="btn g" onClick={second.onClick}>
          {second.words}
        </button>
      )}
    </div>
  </div>
);
