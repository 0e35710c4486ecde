/**
 * @param {Map<string, string[]>} edges from a file to what it imports
 * @returns one closed path for each group of files that reach each other
 */
export function circlesIn(edges) {
  const state = new Map();
  const way = [];
  const circles = [];

  const walk = (node) => {
    state.set(node, 'open');
    way.push(node);
    for (const next of edges.get(node) ?? []) {
      if (state.get(next) === 'open') circles.push([...way.slice(way.indexOf(next)), next]);
      else if (!state.has(next)) walk(next);
    }
    way.pop();
    state.set(node, 'closed');
  };

  for (const node of edges.keys()) if (!state.has(node)) walk(node);
  return circles;
}
