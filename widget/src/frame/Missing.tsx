/** What the page itself says to who cannot run it, with a link to begin anew and the numbers; taken before the program stands in its place. */
const said = document.getElementById('old');

/** A part did not come twice in a row, which is more than a moment without network. */
export function Missing() {
  if (said) said.hidden = false;
  return <div role="alert" ref={(place) => place?.append(said ?? '')} />;
}
