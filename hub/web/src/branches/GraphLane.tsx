import type { GraphRow } from './lanes';

const laneWidth = 16;

/** The graph beside one row; it stretches with the row, dots stay at the height of the first text line. */
export function GraphLane({ row, width }: { row: GraphRow; width: number }) {
  const x = (lane: number) => laneWidth / 2 + lane * laneWidth;
  const dot = 26;
  return (
    <div className="graph-lane" style={{ width: Math.max(1, width) * laneWidth }}>
      <svg aria-hidden="true">
        {row.lines.map((line) => {
          const key = `${line.kind}-${line.from}-${line.to}`;
          if (line.kind === 'through') {
            return <line key={key} x1={x(line.from)} x2={x(line.to)} y1="0" y2="100%" />;
          }
          if (line.kind === 'in') {
            return <line key={key} x1={x(line.from)} x2={x(line.to)} y1="0" y2={dot} />;
          }
          return line.from === line.to ? (
            <line key={key} x1={x(line.from)} x2={x(line.to)} y1={dot} y2="100%" />
          ) : (
            <g key={key}>
              <line x1={x(line.from)} x2={x(line.to)} y1={dot} y2={dot + 16} />
              <line x1={x(line.to)} x2={x(line.to)} y1={dot + 16} y2="100%" />
            </g>
          );
        })}
        <circle className={row.lane === 0 ? 'graph-dot' : 'graph-dot side'} cx={x(row.lane)} cy={dot} r="5" />
      </svg>
    </div>
  );
}
