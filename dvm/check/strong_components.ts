/**
 * Cycles of a graph: Tarjan's algorithm for strongly connected components, without recursion, because paths may be long.
 *
 * @module
 */

/**
 * The number of the cycle that each node is in, -1 for a node in none. Nodes in one strongly connected component share a number;
 * a node alone is in a cycle only if an edge leads from it to itself. `edges[n]` lists where the edges of node n lead.
 */
export function cyclesOf(edges: readonly (readonly number[])[]): readonly number[] {
  const count = edges.length;
  const component: number[] = new Array(count).fill(-1);
  const index: number[] = new Array(count).fill(-1);
  const low: number[] = new Array(count).fill(0);
  const onStack: boolean[] = new Array(count).fill(false);
  const stack: number[] = [];
  let nextIndex = 0;
  let nextComponent = 0;
  for (let root = 0; root < count; root++) {
    if (index[root] !== -1) continue;
    const work: { readonly id: number; edge: number }[] = [{ id: root, edge: 0 }];
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const { id } = top;
      if (top.edge === 0) {
        index[id] = low[id] = nextIndex++;
        stack.push(id);
        onStack[id] = true;
      }
      const next = edges[id]?.[top.edge++];
      if (next !== undefined) {
        if (index[next] === -1) work.push({ id: next, edge: 0 });
        else if (onStack[next] === true) low[id] = Math.min(low[id] ?? 0, index[next] ?? 0);
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent !== undefined) low[parent.id] = Math.min(low[parent.id] ?? 0, low[id] ?? 0);
      if (low[id] !== index[id]) continue;
      const members: number[] = [];
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        onStack[member] = false;
        members.push(member);
        if (member === id) break;
      }
      if (members.length > 1 || edges[id]?.includes(id) === true) {
        for (const member of members) component[member] = nextComponent;
        nextComponent++;
      }
    }
  }
  return component;
}
