/**
 * A browser opens a file that is dropped on a page, some in the page's own place: what was written there is gone. Here it
 * is taken and let fall, and `tell` says so. Text that is dragged into a field goes where it should.
 * @returns ends it
 */
export function refuseFiles(page: Window, tell: () => void): () => void {
  const over = new AbortController();
  for (const type of ['dragover', 'drop'] as const)
    page.addEventListener(
      type,
      (event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault(); // of the first as well, or there is no second
        if (type === 'drop') tell();
      },
      over,
    );
  return () => over.abort();
}
