/**
 * Extensions that translate put elements of their own (`<font>`) where texts of ours stand. Preact goes on writing into the
 * texts it made, and puts new elements in front of them: the first is seen nowhere, the second throws and ends the page.
 *
 * What was translated stays as it is until its text changes; then the new text stands there, for the extension to translate
 * again. What should come before a text comes before that which stands there instead, or around it.
 * @returns reads what happened before it was there
 */
export function surviveRewriting(root: Node): (records: readonly MutationRecord[]) => void {
  /** by what was taken out: what an extension put there */
  const instead = new WeakMap<Node, ChildNode>();

  const { insertBefore } = Node.prototype;
  Node.prototype.insertBefore = function <Inserted extends Node>(this: Node, node: Inserted, before: Node | null) {
    let place: Node | null = before && (instead.get(before) ?? before);
    while (place && place.parentNode !== this) place = place.parentNode;
    return insertBefore.call(this, node, place) as Inserted;
  };

  const read = (records: readonly MutationRecord[]) => {
    for (const { target, removedNodes, addedNodes, previousSibling, nextSibling } of records) {
      if (!target.isConnected) instead.get(target)?.replaceWith(target);
      for (const taken of removedNodes) {
        for (const beside of [...addedNodes, previousSibling, nextSibling]) {
          if (beside?.nodeName !== 'FONT') continue;
          instead.set(taken, beside as ChildNode);
          watcher.observe(taken, { characterData: true });
        }
      }
    }
  };
  const watcher = new MutationObserver(read);
  watcher.observe(root, { childList: true, subtree: true });
  return read;
}
