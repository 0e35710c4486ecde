/** Puts on a sheet that came with a later chunk: by the object model, which the page's policy on styles leaves alone. */
export function wear(...texts: readonly string[]): void {
  for (const text of texts) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets.push(sheet);
  }
}
