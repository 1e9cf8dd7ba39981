import type { ElementView, MarkerView, TimelineResponse } from '../platform/contracts';
import {
  frameToX,
  headerWidth,
  rulerHeight,
  rulerTicks,
  visibleRange,
  type PlacedElement,
  type TrackLane,
  type Viewport,
} from './layout';
import { markLetters, type Mark } from './marks';
import { clipped, drawHatch, fillClip, font, roundedBox, shorten } from './canvas';
import { fillOf, markColors, markerColor, palette } from './palette';
import { formatTimecode } from './timecode';

export interface Scene {
  timeline: TimelineResponse;
  lanes: readonly TrackLane[];
  /** Its width is that of the picture area, without the track names. */
  viewport: Viewport;
  scrollTop: number;
  height: number;
  playhead: number;
  selectedElement: string | null;
  focusedTrack: string | null;
  hoveredElement: string | null;
  elements: ReadonlyMap<string, PlacedElement>;
  marks: readonly Mark[];
  /** How many badges stand on an element. */
  badges: ReadonlyMap<string, number>;
  selectedMark: string | null;
}

const badgeSize = 15;

export function drawScene(context: CanvasRenderingContext2D, scene: Scene): void {
  const { viewport, height } = scene;
  const width = headerWidth + viewport.width;
  context.fillStyle = palette.background;
  context.fillRect(0, 0, width, height);

  clipped(context, headerWidth, rulerHeight, viewport.width, height - rulerHeight, () => {
    context.translate(headerWidth, -scene.scrollTop);
    for (const lane of scene.lanes) drawLane(context, scene, lane);
    drawMarks(context, scene);
  });
  clipped(context, headerWidth, 0, viewport.width, height, () => {
    context.translate(headerWidth, 0);
    drawRuler(context, scene);
    drawPlayhead(context, scene);
  });
  drawHeaders(context, scene);
}

function drawLane(context: CanvasRenderingContext2D, scene: Scene, lane: TrackLane): void {
  const { viewport } = scene;
  const { track, top, height } = lane;
  context.fillStyle = track.enabled ? palette.lane : palette.laneOff;
  context.fillRect(0, top, viewport.width, height);

  const to = viewport.left + viewport.width / viewport.pixelsPerFrame + 1;
  const [start, end] = visibleRange(track.elements, viewport.left, to);
  let drawnTo = -1;
  for (const element of track.elements.slice(start, end)) {
    const x = frameToX(element.startFrame, viewport);
    const right = frameToX(element.startFrame + element.durationFrames, viewport);
    const stands = element.id === scene.selectedElement;
    // Thousands of clips may share a pixel column: one of them is enough to see.
    if (right <= drawnTo && !stands) continue;
    drawnTo = Math.max(drawnTo, Math.ceil(right));
    drawElement(context, scene, lane, element, x, Math.max(1, right - x));
  }
  for (const transition of track.transitions) {
    if (transition.startFrame > to || transition.startFrame + transition.durationFrames < viewport.left)
      continue;
    const x = frameToX(transition.startFrame, viewport);
    drawTransition(context, x, top, transition.durationFrames * viewport.pixelsPerFrame, height);
  }
}

function drawElement(
  context: CanvasRenderingContext2D,
  scene: Scene,
  lane: TrackLane,
  element: ElementView,
  x: number,
  width: number,
): void {
  const { top, height } = lane;
  const off = !element.enabled || !lane.track.enabled;
  const inner = Math.max(1, width - 1);
  context.globalAlpha = off ? 0.45 : 1;
  fillClip(context, fillOf(element, lane.track.kind), x, top + 1, inner, height - 2);
  if (element.id === scene.hoveredElement) {
    fillClip(context, 'rgba(255, 255, 255, 0.1)', x, top + 1, inner, height - 2);
  }
  if (off && inner > 6) drawHatch(context, x, top + 1, inner, height - 2);
  const badges = scene.badges.get(element.id) ?? 0;
  if (width > 24) drawLabel(context, element, { x, width, top, height }, badges * (badgeSize + 1));
  context.globalAlpha = 1;
  for (const marker of element.markers) {
    drawMarker(context, frameToX(marker.startFrame, scene.viewport), top + 2, marker, 7);
  }
  if (element.id === scene.selectedElement) {
    context.strokeStyle = palette.selection;
    context.lineWidth = 2;
    roundedBox(context, x + 1, top + 2, Math.max(2, inner - 2), height - 4);
    context.stroke();
  }
}

interface Box {
  x: number;
  width: number;
  top: number;
  height: number;
}

/** Name, and the media's file name below where there is room; the lower line keeps clear of the badges. */
function drawLabel(
  context: CanvasRenderingContext2D,
  element: ElementView,
  { x, width, top, height }: Box,
  badgesWide: number,
): void {
  const left = Math.max(x, 0);
  const room = x + width - left - 10;
  if (room < 14) return;
  clipped(context, left, top, x + width - left - 3, height, () => {
    context.textBaseline = 'middle';
    context.font = font(11.5, 500);
    context.fillStyle = '#f6f6f6';
    const text = element.name === '' ? element.media : element.name;
    const twoLines = height > 40;
    const indent = left === x ? badgesWide : 0;
    const nameIndent = twoLines ? 0 : indent;
    const middle = top + height * (twoLines ? 0.32 : 0.5);
    context.fillText(shorten(context, text, room - nameIndent), left + 6 + nameIndent, middle);
    if (!twoLines || element.media === text) return;
    context.font = font(10);
    context.fillStyle = 'rgba(255, 255, 255, 0.8)';
    context.fillText(shorten(context, element.media, room - indent), left + 6 + indent, top + height * 0.72);
  });
}

function drawTransition(
  context: CanvasRenderingContext2D,
  x: number,
  top: number,
  width: number,
  height: number,
) {
  const drawn = Math.max(3, width);
  context.fillStyle = palette.transition;
  context.fillRect(x, top + 1, drawn, height - 2);
  context.strokeStyle = palette.transitionLine;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, top + 1.5, Math.max(2, drawn - 1), height - 3);
  if (drawn < 6) return;
  context.beginPath();
  context.moveTo(x + 1, top + height - 2);
  context.lineTo(x + drawn - 1, top + 2);
  context.stroke();
}

function drawMarker(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  marker: MarkerView,
  size: number,
) {
  context.fillStyle = markerColor(marker.color);
  context.strokeStyle = 'rgba(0, 0, 0, 0.7)';
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x - size / 2, y);
  context.lineTo(x + size / 2, y);
  context.lineTo(x + size / 2, y + size * 0.6);
  context.lineTo(x, y + size * 1.2);
  context.lineTo(x - size / 2, y + size * 0.6);
  context.closePath();
  context.fill();
  context.stroke();
}

function drawMarks(context: CanvasRenderingContext2D, scene: Scene): void {
  const visibleTo = scene.viewport.left + scene.viewport.width / scene.viewport.pixelsPerFrame;
  const selectedLast = [...scene.marks].sort(
    (a, b) => Number(a.key === scene.selectedMark) - Number(b.key === scene.selectedMark),
  );
  const taken = new Map<string, number>();
  for (const mark of selectedLast) {
    if (mark.atFrame > visibleTo + 1 || mark.atFrame + mark.durationFrames < scene.viewport.left - 1)
      continue;
    for (const lane of scene.lanes) {
      if (mark.tracks.includes(lane.track.name)) drawMark(context, scene, lane, mark, taken);
    }
  }
}

function drawMark(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { track, top, height }: TrackLane,
  mark: Mark,
  taken: Map<string, number>,
): void {
  const selected = mark.key === scene.selectedMark;
  const color = markColors[mark.shape];
  const placed = mark.elements.map((id) => scene.elements.get(id)).find((each) => each?.track === track);
  const element = placed?.element;
  const x = frameToX(element?.startFrame ?? mark.atFrame, scene.viewport);
  const frames = element?.durationFrames ?? (mark.shape === 'remove' ? 0 : mark.durationFrames);
  const width = frames * scene.viewport.pixelsPerFrame;
  context.strokeStyle = color;
  if (frames === 0) {
    context.lineWidth = selected ? 3 : 2;
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, top + height);
    context.stroke();
  } else {
    context.lineWidth = selected ? 3 : 1.5;
    context.setLineDash(mark.shape === 'conflict' ? [5, 3] : []);
    roundedBox(context, x + 1, top + 1.5, Math.max(2, width - 3), height - 3);
    context.stroke();
    context.setLineDash([]);
  }
  const slot = `${track.id}:${Math.round(x / badgeSize)}`;
  const stacked = taken.get(slot) ?? 0;
  taken.set(slot, stacked + 1);
  const centered = frames === 0 ? x - badgeSize / 2 : x + 1;
  drawBadge(context, mark, centered + stacked * (badgeSize + 1), top + height - badgeSize - 1, selected);
}

function drawBadge(
  context: CanvasRenderingContext2D,
  mark: Mark,
  x: number,
  y: number,
  selected: boolean,
): void {
  context.fillStyle = markColors[mark.shape];
  roundedBox(context, x, y, badgeSize, badgeSize);
  context.fill();
  if (selected) {
    context.strokeStyle = palette.selection;
    context.lineWidth = 2;
    context.stroke();
  }
  context.fillStyle = '#161616';
  context.font = font(12, 700);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(markLetters[mark.shape], x + badgeSize / 2, y + badgeSize / 2 + 0.5);
  context.textAlign = 'left';
}

function drawRuler(context: CanvasRenderingContext2D, scene: Scene): void {
  const { timeline, viewport } = scene;
  context.fillStyle = palette.ruler;
  context.fillRect(0, 0, viewport.width, rulerHeight);
  context.font = font(10.5);
  context.textBaseline = 'middle';
  for (const tick of rulerTicks(viewport, timeline.startFrame, timeline, 92)) {
    const x = Math.round(frameToX(tick.frame, viewport)) + 0.5;
    context.strokeStyle = tick.major ? palette.rulerLine : palette.rulerMinor;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, tick.major ? rulerHeight - 13 : rulerHeight - 6);
    context.lineTo(x, rulerHeight);
    context.stroke();
    if (!tick.major) continue;
    context.fillStyle = palette.textMuted;
    context.fillText(formatTimecode(timeline.startFrame + tick.frame, timeline), x + 4, 12);
  }
  for (const marker of timeline.markers) {
    const x = frameToX(marker.startFrame, viewport);
    if (x < -10 || x > viewport.width + 10) continue;
    if (marker.durationFrames > 1) {
      context.fillStyle = markerColor(marker.color);
      context.fillRect(x, 24, marker.durationFrames * viewport.pixelsPerFrame, 2);
    }
    drawMarker(context, x, 24, marker, 9);
  }
  context.fillStyle = palette.laneLine;
  context.fillRect(0, rulerHeight - 1, viewport.width, 1);
}

function drawPlayhead(context: CanvasRenderingContext2D, scene: Scene): void {
  const x = Math.round(frameToX(scene.playhead, scene.viewport));
  context.fillStyle = palette.accent;
  context.fillRect(x, 18, 1.5, scene.height);
  context.beginPath();
  context.moveTo(x - 6, 16);
  context.lineTo(x + 7, 16);
  context.lineTo(x + 7, 22);
  context.lineTo(x + 0.75, 30);
  context.lineTo(x - 6, 22);
  context.closePath();
  context.fill();
}

function drawHeaders(context: CanvasRenderingContext2D, scene: Scene): void {
  context.fillStyle = palette.ruler;
  context.fillRect(0, 0, headerWidth, scene.height);
  clipped(context, 0, rulerHeight, headerWidth, scene.height - rulerHeight, () => {
    context.translate(0, -scene.scrollTop);
    context.textBaseline = 'middle';
    for (const { track, top, height } of scene.lanes) {
      const focused = track.id === scene.focusedTrack;
      context.fillStyle = focused ? '#3d3d3d' : '#2a2a2a';
      context.fillRect(0, top, headerWidth - 2, height);
      context.fillStyle = track.enabled ? palette.text : palette.textMuted;
      context.font = font(12, 600);
      context.fillText(
        shorten(context, track.name, headerWidth - 16),
        10,
        top + height / 2 - (track.enabled ? 0 : 6),
      );
      if (track.enabled) continue;
      context.font = font(10);
      context.fillText('off', 10, top + height / 2 + 8);
    }
  });
}
