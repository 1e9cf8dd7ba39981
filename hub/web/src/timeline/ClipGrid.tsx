import { memo, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { ElementView, TimelineResponse, TrackView } from '../platform/contracts';
import type { TrackLane } from './layout';
import type { Mark } from './marks';
import { formatTimecode } from './timecode';

interface ClipGridProps {
  timeline: TimelineResponse;
  lanes: readonly TrackLane[];
  label: string;
  marks: readonly Mark[];
  selectedElement: string | null;
  onSelect: (element: string) => void;
  onFocusTrack: (track: string | null) => void;
}

interface Row {
  id: string;
  track: TrackView;
  element: ElementView | null;
}

/** Long cuts open one track at a time, so that the page stays quick. */
const openAllUpTo = 400;

/**
 * The timeline as text for screen readers and keyboards: a tree grid with a row for each track and clip. It is not seen;
 * the drawing outlines what has its focus.
 */
export const ClipGrid = memo(function ClipGrid(props: ClipGridProps) {
  const { timeline, lanes, label, marks, selectedElement, onSelect, onFocusTrack } = props;
  const grid = useRef<HTMLDivElement | null>(null);
  const total = timeline.tracks.reduce((sum, track) => sum + track.elements.length, 0);
  const [opened, setOpened] = useState<Record<string, boolean>>({});
  const [current, setCurrent] = useState<string | null>(null);
  const isOpen = (track: TrackView) => opened[track.id] ?? total <= openAllUpTo;
  const words = useMemo(() => wordsByElement(marks), [marks]);

  const rows: Row[] = lanes.flatMap(({ track }) => [
    { id: track.id, track, element: null },
    ...(isOpen(track) ? track.elements.map((element) => ({ id: element.id, track, element })) : []),
  ]);
  const tabStop = rows.find((row) => row.id === (current ?? selectedElement))?.id ?? rows[0]?.id;

  const focusRow = (row: Row | undefined) => {
    if (!row) return;
    setCurrent(row.id);
    const element = grid.current?.querySelector(`[data-row="${CSS.escape(row.id)}"]`);
    if (element instanceof HTMLElement) element.focus({ preventScroll: true });
  };

  const onKeyDown = (event: KeyboardEvent, row: Row) => {
    const index = rows.indexOf(row);
    const moves: Record<string, Row | undefined> = {
      ArrowDown: rows[index + 1],
      ArrowUp: rows[index - 1],
      Home: rows[0],
      End: rows.at(-1),
    };
    if (event.key in moves) focusRow(moves[event.key]);
    else if (event.key === 'ArrowRight' && !row.element) setOpened({ ...opened, [row.track.id]: true });
    else if (event.key === 'ArrowLeft' && !row.element) setOpened({ ...opened, [row.track.id]: false });
    else if (event.key === 'ArrowLeft') focusRow(rows.find((each) => each.id === row.track.id));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onFocus = (row: Row) => {
    setCurrent(row.id);
    onFocusTrack(row.element ? null : row.track.id);
    if (row.element) onSelect(row.element.id);
  };

  return (
    <div ref={grid} className="visually-hidden" role="treegrid" aria-label={`Clips of ${label}, by track`}>
      {rows.map((row) => (
        <div
          key={row.id}
          role="row"
          data-row={row.id}
          aria-level={row.element ? 2 : 1}
          aria-expanded={row.element ? undefined : isOpen(row.track)}
          aria-selected={row.element ? row.element.id === selectedElement : undefined}
          aria-label={row.element ? clipName(row.element, row.track, timeline, words) : trackName(row.track)}
          tabIndex={row.id === tabStop ? 0 : -1}
          onKeyDown={(event) => onKeyDown(event, row)}
          onFocus={() => onFocus(row)}
          onBlur={() => onFocusTrack(null)}
        >
          <span role="gridcell">{row.element?.name ?? row.track.name}</span>
          {row.element && (
            <>
              <span role="gridcell">
                {formatTimecode(timeline.startFrame + row.element.startFrame, timeline)}
              </span>
              <span role="gridcell">{row.element.durationFrames} frames</span>
            </>
          )}
        </div>
      ))}
    </div>
  );
});

function trackName(track: TrackView): string {
  const clips = track.elements.length === 1 ? '1 clip' : `${track.elements.length} clips`;
  return [`Track ${track.name}`, track.kind, clips, track.enabled ? '' : 'off'].filter(Boolean).join(', ');
}

function clipName(
  element: ElementView,
  track: TrackView,
  timeline: TimelineResponse,
  words: ReadonlyMap<string, string[]>,
): string {
  return [
    track.name,
    formatTimecode(timeline.startFrame + element.startFrame, timeline),
    element.name || element.media || 'unnamed',
    `${element.durationFrames} frames`,
    ...(words.get(element.id) ?? []),
    element.enabled ? '' : 'disabled',
  ]
    .filter(Boolean)
    .join(', ');
}

function wordsByElement(marks: readonly Mark[]): Map<string, string[]> {
  const words = new Map<string, string[]>();
  for (const mark of marks) {
    for (const element of mark.elements) {
      words.set(element, [...(words.get(element) ?? []), mark.word]);
    }
  }
  return words;
}
