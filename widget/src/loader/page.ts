/**
 * The document as the browser means it. Markup may bear any name (`<img name="body">`), and then stands in the place of what
 * the browser has under that name; on a page that shows what its readers wrote, that is for them to choose. Asked of the
 * prototype, nobody's markup answers.
 */
export const page = new Proxy(document, {
  get(_, name) {
    const own: unknown = Reflect.get(Document.prototype, name, document);
    return typeof own === 'function' ? own.bind(document) : own;
  },
  set: (_, name, value) => Reflect.set(Document.prototype, name, value, document),
});
