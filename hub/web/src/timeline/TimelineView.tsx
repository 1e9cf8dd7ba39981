import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from 'react';
import type { TimelineResponse } from '../platform/contracts';
import { ClipFacts } from './ClipFacts';
import { ClipGrid } from './ClipGrid';
import { drawScene } from './draw';
import {
  editPoints,
  elementAt,
  headerWidth,
  indexElements,
  laneAt,
  layoutTracks,
  placeOfMark,
  rulerHeight,
  xToFrame,
  type TrackLane,
} from './layout';
import { countBadges, type Mark } from './marks';
import { nominalRate, formatTimecode } from './timecode';
import { TimelineBar } from './TimelineBar';
import { useViewport, useWheelZoom } from './useViewport';
import './timeline.css';

interface TimelineViewProps {
  timeline: TimelineResponse;
  /** What it shows, for screen readers: "main", "merge preview". */
  label: string;
  marks?: readonly Mark[];
  selectedMark?: string | null;
  onSelectMark?: (key: string) => void;
}

const noMarks: readonly Mark[] = [];

export function TimelineView({
  timeline,
  label,
  marks = noMarks,
  selectedMark = null,
  onSelectMark,
}: TimelineViewProps) {
  const view = useViewport(timeline.durationFrames);
  const { scroller, viewport, scrollTop, height, reveal, zoomBy, fit } = view;
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const scrubbing = useRef(false);
  const [playhead, setPlayhead] = useState(0);
  const [selectedElement, setSelectedElement] = useState<string | null>(null);
  const [hoveredElement, setHoveredElement] = useState<string | null>(null);
  const [focusedTrack, setFocusedTrack] = useState<string | null>(null);
  const [shownMark, setShownMark] = useState<string | null>(null);

  const { lanes, height: lanesHeight } = useMemo(() => layoutTracks(timeline.tracks), [timeline]);
  const elements = useMemo(() => indexElements(timeline.tracks), [timeline]);
  const points = useMemo(() => editPoints(timeline), [timeline]);
  const badges = useMemo(() => countBadges(marks), [marks]);
  const lastFrame = Math.max(0, timeline.durationFrames - 1);

  if (selectedMark !== shownMark) {
    setShownMark(selectedMark);
    const mark = marks.find((each) => each.key === selectedMark);
    if (mark) {
      setPlayhead(Math.min(lastFrame, Math.max(0, placeOfMark(mark, elements).start)));
      setSelectedElement(mark.elements.find((id) => elements.has(id)) ?? null);
    }
  }

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context || viewport.width <= 0 || height <= 0) return;
    const ratio = window.devicePixelRatio;
    const width = headerWidth + viewport.width;
    const pixelsWide = Math.round(width * ratio);
    const pixelsHigh = Math.round(height * ratio);
    if (canvas.current.width !== pixelsWide) canvas.current.width = pixelsWide;
    if (canvas.current.height !== pixelsHigh) canvas.current.height = pixelsHigh;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawScene(context, {
      timeline,
      lanes,
      viewport,
      scrollTop,
      height,
      playhead,
      selectedElement,
      focusedTrack,
      hoveredElement,
      elements,
      marks,
      badges,
      selectedMark,
    });
  });

  const markToShow = marks.find((mark) => mark.key === selectedMark);
  const measured = viewport.width > 0;
  useEffect(() => {
    if (!markToShow || !measured) return;
    const { start, duration } = placeOfMark(markToShow, elements);
    reveal(start, duration);
    // Zooming must not throw the view back to the change, so the zoom (inside reveal) is no reason to run again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [markToShow?.key, measured]);

  const goTo = useCallback(
    (frame: number) => {
      const target = Math.min(lastFrame, Math.max(0, frame));
      setPlayhead(target);
      reveal(target, 1);
    },
    [lastFrame, reveal],
  );

  const select = useCallback(
    (id: string | null) => {
      setSelectedElement(id);
      setFocusedTrack(null);
      const placed = id === null ? undefined : elements.get(id);
      if (placed) goTo(placed.element.startFrame);
    },
    [elements, goTo],
  );

  useWheelZoom(
    scroller,
    useCallback(
      (factor, x) => zoomBy(factor, viewport.left + x / viewport.pixelsPerFrame),
      [zoomBy, viewport],
    ),
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const action = keyAction(event);
    if (action === null) return;
    event.preventDefault();
    const second = nominalRate(timeline);
    if (action === 'fit') fit();
    else if (action === 'zoomIn') zoomBy(1.6, playhead);
    else if (action === 'zoomOut') zoomBy(1 / 1.6, playhead);
    else if (action === 'nextEdit') goTo(points.find((point) => point > playhead) ?? lastFrame);
    else if (action === 'previousEdit') goTo(points.findLast((point) => point < playhead) ?? 0);
    else if (action === 'start') goTo(0);
    else if (action === 'end') goTo(lastFrame);
    else goTo(playhead + action.frames + action.seconds * second);
  };

  const place = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const y = event.clientY - box.top;
    const frame = xToFrame(event.clientX - box.left - headerWidth, viewport);
    const lane: TrackLane | null = y < rulerHeight ? null : laneAt(lanes, y + scrollTop);
    return { frame, y, inPicture: event.clientX - box.left >= headerWidth, lane };
  };

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const { frame, y, inPicture, lane } = place(event);
    if (!inPicture) return;
    setPlayhead(Math.min(lastFrame, Math.max(0, frame)));
    if (y < rulerHeight) {
      scrubbing.current = true;
      canvas.current?.setPointerCapture(event.pointerId);
      return;
    }
    if (!lane) return;
    const element = elementAt(lane.track, frame);
    setSelectedElement(element?.id ?? null);
    const slack = 8 / viewport.pixelsPerFrame;
    const mark = marks.findLast((each) =>
      element !== null && each.elements.includes(element.id)
        ? true
        : each.shape === 'remove' &&
          each.tracks.includes(lane.track.name) &&
          Math.abs(each.atFrame - frame) <= slack,
    );
    if (mark) onSelectMark?.(mark.key);
  };

  const onPointerMove = (event: PointerEvent) => {
    const { frame, lane, inPicture } = place(event);
    if (scrubbing.current) setPlayhead(Math.min(lastFrame, Math.max(0, frame)));
    setHoveredElement(lane && inPicture ? (elementAt(lane.track, frame)?.id ?? null) : null);
  };

  if (timeline.durationFrames <= 0 || lanes.length === 0) {
    return <p className="empty">This cut is empty: no track has anything on it.</p>;
  }

  const under = lanes.map((lane) => elementAt(lane.track, playhead)).find((element) => element !== null);
  const timecode = formatTimecode(timeline.startFrame + playhead, timeline);
  return (
    <section className="timeline" aria-label={`Timeline of ${label}`}>
      <TimelineBar
        timeline={timeline}
        playhead={playhead}
        onGoTo={goTo}
        onZoom={(factor) => zoomBy(factor, playhead)}
        onFit={fit}
      />
      <div
        ref={scroller}
        className="timeline-scroller"
        style={{ height: lanesHeight + 14 }}
        tabIndex={0}
        role="slider"
        aria-label="Playhead"
        aria-valuemin={0}
        aria-valuemax={lastFrame}
        aria-valuenow={playhead}
        aria-valuetext={under ? `${timecode}, ${under.name}` : timecode}
        onKeyDown={onKeyDown}
      >
        <div className="timeline-extent" style={{ width: view.extent, height: lanesHeight }}>
          <canvas
            ref={canvas}
            className="timeline-canvas"
            style={{ width: headerWidth + viewport.width, height }}
            onPointerDown={onPointerDown}
            onPointerMove={onPointerMove}
            onLostPointerCapture={() => (scrubbing.current = false)}
            onPointerLeave={() => setHoveredElement(null)}
          />
        </div>
      </div>
      <ClipGrid
        timeline={timeline}
        lanes={lanes}
        label={label}
        marks={marks}
        selectedElement={selectedElement}
        onSelect={select}
        onFocusTrack={setFocusedTrack}
      />
      <ClipFacts timeline={timeline} placed={elements.get(hoveredElement ?? selectedElement ?? '') ?? null} />
    </section>
  );
}

type KeyAction =
  | 'fit'
  | 'zoomIn'
  | 'zoomOut'
  | 'nextEdit'
  | 'previousEdit'
  | 'start'
  | 'end'
  | { frames: number; seconds: number };

function keyAction(event: KeyboardEvent): KeyAction | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  switch (event.key) {
    case 'ArrowLeft':
      return event.shiftKey ? { frames: 0, seconds: -1 } : { frames: -1, seconds: 0 };
    case 'ArrowRight':
      return event.shiftKey ? { frames: 0, seconds: 1 } : { frames: 1, seconds: 0 };
    case 'ArrowDown':
      return 'nextEdit';
    case 'ArrowUp':
      return 'previousEdit';
    case 'Home':
      return 'start';
    case 'End':
      return 'end';
    case '+':
    case '=':
      return 'zoomIn';
    case '-':
      return 'zoomOut';
    case '\\':
    case 'Z':
      return 'fit';
    default:
      return null;
  }
}
