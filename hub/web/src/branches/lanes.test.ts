import { describe, expect, it } from 'vitest';
import { layoutGraph } from './lanes';

const node = (id: string, ...parents: string[]) => ({ id, parents });

describe('layoutGraph', () => {
  it('draws a plain history as one line', () => {
    const rows = layoutGraph([node('c', 'b'), node('b', 'a'), node('a')]);
    expect(rows.map((row) => row.lane)).toEqual([0, 0, 0]);
    expect(rows.map((row) => row.lanes)).toEqual([1, 1, 1]);
    expect(rows[2]?.lines).toEqual([{ from: 0, to: 0, kind: 'in' }]);
  });

  it('puts what was merged into a lane of its own until the branches part', () => {
    const rows = layoutGraph([node('m', 'x', 'y'), node('x', 'base'), node('y', 'base'), node('base')]);
    expect(rows.map((row) => row.lane)).toEqual([0, 0, 1, 0]);
    expect(rows[0]?.lines).toContainEqual({ from: 0, to: 1, kind: 'out' });
    expect(rows[1]?.lines).toContainEqual({ from: 1, to: 1, kind: 'through' });
    expect(rows[3]?.lines).toContainEqual({ from: 1, to: 0, kind: 'in' });
    expect(rows[3]?.lanes).toBe(2);
  });

  it('uses a freed lane again', () => {
    const rows = layoutGraph([
      node('m2', 'm1', 'z'),
      node('z', 'm1'),
      node('m1', 'x', 'y'),
      node('y', 'x'),
      node('x'),
    ]);
    expect(rows.map((row) => row.lane)).toEqual([0, 1, 0, 1, 0]);
    expect(Math.max(...rows.map((row) => row.lanes))).toBe(2);
  });

  it('leads every line on to the next row', () => {
    const rows = layoutGraph([
      node('m', 'a', 'b', 'c'),
      node('b', 'root'),
      node('c', 'a'),
      node('a', 'root'),
      node('root'),
    ]);
    rows.slice(0, -1).forEach((row, index) => {
      const leaving = row.lines.filter((line) => line.kind !== 'in').map((line) => line.to);
      const arriving = rows[index + 1]?.lines.filter((line) => line.kind !== 'out').map((line) => line.from);
      expect([...new Set(leaving)].sort()).toEqual([...new Set(arriving)].sort());
    });
  });
});
