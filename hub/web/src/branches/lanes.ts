/** One row of the history graph: where its dot is and which lines pass from its top edge to its bottom edge. */
export interface GraphRow {
  lane: number;
  /** Lanes that carry a line at the row's top, and where each goes by the row's bottom. */
  lines: { from: number; to: number; kind: 'through' | 'in' | 'out' }[];
  lanes: number;
}

interface Node {
  id: string;
  parents: readonly string[];
}

/**
 * Lanes for a history in which children come before parents. A lane waits for the version it leads to; the first parent
 * stays in its child's lane, so the branch itself is the straight line and what was merged into it stands beside.
 */
export function layoutGraph(nodes: readonly Node[]): GraphRow[] {
  const waiting: (string | null)[] = [];
  return nodes.map((node) => {
    const before = [...waiting];
    let lane = before.indexOf(node.id);
    if (lane < 0) lane = freeLane(waiting);
    const lines: GraphRow['lines'] = [];
    before.forEach((id, index) => {
      if (id === node.id) {
        lines.push({ from: index, to: lane, kind: 'in' });
        waiting[index] = null;
      }
    });
    node.parents.forEach((parent, order) => {
      const known = waiting.indexOf(parent);
      const target = order === 0 ? lane : known >= 0 ? known : freeLane(waiting, lane);
      waiting[target] = parent;
      lines.push({ from: lane, to: target, kind: 'out' });
    });
    before.forEach((id, index) => {
      if (id !== null && id !== node.id) lines.push({ from: index, to: index, kind: 'through' });
    });
    while (waiting.length > 0 && waiting.at(-1) === null) waiting.pop();
    return { lane, lines, lanes: Math.max(before.length, waiting.length, lane + 1) };
  });
}

function freeLane(waiting: (string | null)[], taken = -1): number {
  let lane = waiting.findIndex((id, index) => id === null && index !== taken);
  if (lane < 0) lane = waiting.length === taken ? waiting.length + 1 : waiting.length;
  while (waiting.length <= lane) waiting.push(null);
  return lane;
}
