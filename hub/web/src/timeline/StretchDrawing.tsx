import { useId } from 'react';
import { fillOf, palette } from './palette';
import { heightOf, rowsOf, stretchWords, type Stretch, type StretchBox, type StretchRow } from './stretch';
import { formatTimecode } from './timecode';

interface StretchDrawingProps {
  stretch: Stretch;
  /** Elements that stand out. */
  marked: readonly string[];
}

const width = 300;
const headers = 26;
const footer = 15;

/** A few seconds of a cut: tracks as rows, clips as boxes. What is marked has a thick edge and a sign. */
export function StretchDrawing({ stretch, marked }: StretchDrawingProps) {
  const title = useId();
  const rows = rowsOf(stretch, width - headers);
  const height = heightOf(rows);
  const { timeline } = stretch;
  const first = Math.max(0, stretch.fromFrame);
  return (
    <svg
      className="stretch"
      viewBox={`0 0 ${width} ${height + footer}`}
      role="img"
      aria-labelledby={title}
      preserveAspectRatio="xMinYMin meet"
    >
      <title id={title}>{stretchWords(stretch)}</title>
      {rows.map((row) => (
        <Row key={row.track.id} row={row} marked={marked} />
      ))}
      <text x={headers} y={height + 11} className="stretch-time">
        {formatTimecode(timeline.startFrame + first, timeline)}
      </text>
    </svg>
  );
}

function Row({ row, marked }: { row: StretchRow; marked: readonly string[] }) {
  return (
    <g transform={`translate(0 ${row.y})`}>
      <text x={0} y={15} className="stretch-track">
        {row.track.name.slice(0, 4)}
      </text>
      <svg x={headers} y={0} width={width - headers} height={row.height}>
        <rect width="100%" height="100%" fill={row.track.enabled ? palette.lane : palette.laneOff} />
        {row.boxes.map((box) => (
          <Box key={box.element.id} box={box} row={row} marked={marked.includes(box.element.id)} />
        ))}
        {row.transitions.map(({ transition, x, width: reach, cut }) => (
          <g key={`${transition.name}${transition.cutFrame}`} stroke={palette.transitionLine}>
            <rect x={x} y={1} width={reach} height={row.height - 2} fill={palette.transition} stroke="none" />
            <line x1={x} y1={row.height - 1} x2={x + reach} y2={1} />
            <line x1={cut} y1={1} x2={cut} y2={row.height - 1} strokeDasharray="2 2" />
          </g>
        ))}
      </svg>
    </g>
  );
}

function Box({ box, row, marked }: { box: StretchBox; row: StretchRow; marked: boolean }) {
  // An edge that the drawing cuts off lies outside of it.
  const left = box.goesOnLeft ? box.x - 4 : box.x + 0.5;
  const right = box.x + box.width + (box.goesOnRight ? 4 : -0.5);
  const height = row.height - 2;
  return (
    <>
      <rect
        x={left}
        y={1}
        width={Math.max(1, right - left)}
        height={height}
        rx={2}
        fill={fillOf(box.element, row.track.kind)}
        opacity={box.element.enabled ? 1 : 0.45}
        stroke={marked ? palette.selection : palette.background}
        strokeWidth={marked ? 2 : 1}
      />
      {box.width > 18 && (
        <svg x={box.x} y={0} width={box.width} height={row.height}>
          <text x={5} y={15} className="stretch-name">
            {marked ? `! ${box.element.name}` : box.element.name}
          </text>
        </svg>
      )}
    </>
  );
}
