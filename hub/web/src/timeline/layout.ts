import type { ElementView, TimelineResponse, TrackView } from '../platform/contracts';
import type { Mark } from './marks';
import { frameToNumber, nominalRate, numberToFrame, type TimecodeFormat } from './timecode';

/** Which frames are on screen: the frame at the left edge (may be fractional while scrolling) and the zoom. */
export interface Viewport {
  left: number;
  pixelsPerFrame: number;
  width: number;
}

export const maximumPixelsPerFrame = 32;
export const rulerHeight = 40;
export const headerWidth = 56;
const trackGap = 3;
const heights: Record<string, number> = { video: 46, audio: 34, other: 28 };

export function frameToX(frame: number, viewport: Viewport): number {
  return (frame - viewport.left) * viewport.pixelsPerFrame;
}

/** The frame whose picture is under this pixel. */
export function xToFrame(x: number, viewport: Viewport): number {
  return Math.floor(x / viewport.pixelsPerFrame + viewport.left);
}

/** The zoom that shows the whole cut with a little air at its end. */
export function fitPixelsPerFrame(durationFrames: number, width: number): number {
  return Math.min(maximumPixelsPerFrame, width / Math.max(1, durationFrames * 1.02));
}

/** A new viewport at another zoom in which `anchorFrame` stays where it is on screen. */
export function zoomAround(viewport: Viewport, pixelsPerFrame: number, anchorFrame: number): Viewport {
  const x = frameToX(anchorFrame, viewport);
  return { ...viewport, pixelsPerFrame, left: Math.max(0, anchorFrame - x / pixelsPerFrame) };
}

/** The left edge that brings the range into view; unchanged when it is in view already. */
export function scrollToReveal(viewport: Viewport, start: number, duration: number): number {
  const visible = viewport.width / viewport.pixelsPerFrame;
  const margin = visible * 0.08;
  const inView =
    start >= viewport.left + margin / 2 && start + duration <= viewport.left + visible - margin / 2;
  if (inView) return viewport.left;
  const fits = duration + 2 * margin <= visible;
  return Math.max(0, fits ? start - (visible - duration) / 2 : start - margin);
}

export interface TrackLane {
  track: TrackView;
  top: number;
  height: number;
}

/** Tracks as an NLE stacks them: video from the top down to V1, then audio from A1 down, then anything else. */
export function layoutTracks(tracks: readonly TrackView[]): { lanes: TrackLane[]; height: number } {
  const ordered = [
    ...tracks.filter((track) => track.kind === 'video').reverse(),
    ...tracks.filter((track) => track.kind === 'audio'),
    ...tracks.filter((track) => track.kind !== 'video' && track.kind !== 'audio'),
  ];
  let top = rulerHeight;
  const lanes = ordered.map((track) => {
    const lane = { track, top, height: heights[track.kind] ?? 28 };
    top += lane.height + trackGap;
    return lane;
  });
  return { lanes, height: top + 4 };
}

export interface Tick {
  frame: number;
  major: boolean;
}

/** Ruler ticks on whole timecode units (frames, seconds, minutes), labels at least `labelWidth` pixels apart. */
export function rulerTicks(
  viewport: Viewport,
  startFrame: number,
  format: TimecodeFormat,
  labelWidth: number,
): Tick[] {
  const rate = nominalRate(format);
  const steps = tickSteps(rate);
  const major = steps.find((step) => step * viewport.pixelsPerFrame >= labelWidth) ?? steps.at(-1) ?? rate;
  const minor = minorStep(major, steps, viewport.pixelsPerFrame);
  const left = Math.max(0, Math.floor(startFrame + viewport.left));
  const first = Math.floor(frameToNumber(left, format) / minor) * minor;
  const right = Math.ceil(startFrame + viewport.left + viewport.width / viewport.pixelsPerFrame);
  const last = frameToNumber(right, format);
  const ticks: Tick[] = [];
  for (let number = first; number <= last; number += minor) {
    const frame = numberToFrame(number, format) - startFrame;
    if (frame >= 0) ticks.push({ frame, major: number % major === 0 });
  }
  return ticks;
}

function tickSteps(rate: number): number[] {
  const frames = [1, 2, 5, 10].filter((step) => step < rate);
  const seconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200].map((step) => step * rate);
  return [...frames, ...seconds];
}

function minorStep(major: number, steps: readonly number[], pixelsPerFrame: number): number {
  return (
    steps.find((step) => major % step === 0 && step * pixelsPerFrame >= 7 && major / step <= 10) ?? major
  );
}

/** Every frame at which something begins or ends, in order, once: where up and down arrows stop. */
export function editPoints(timeline: Pick<TimelineResponse, 'tracks' | 'durationFrames'>): number[] {
  const points = new Set<number>([0, timeline.durationFrames]);
  for (const track of timeline.tracks) {
    for (const element of track.elements) {
      points.add(element.startFrame);
      points.add(element.startFrame + element.durationFrames);
    }
  }
  return [...points].sort((a, b) => a - b);
}

/** The part of a list sorted by start that may touch [from, to), found by halving; elements do not overlap. */
export function visibleRange(
  elements: readonly { startFrame: number; durationFrames: number }[],
  from: number,
  to: number,
): [start: number, end: number] {
  const firstWhere = (holds: (index: number) => boolean) => {
    let low = 0;
    let high = elements.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const endOf = (index: number) => {
    const element = elements[index];
    return element ? element.startFrame + element.durationFrames : Infinity;
  };
  const start = firstWhere((index) => endOf(index) > from);
  const end = firstWhere((index) => (elements[index]?.startFrame ?? Infinity) >= to);
  return [start, Math.max(start, end)];
}

export interface PlacedElement {
  element: ElementView;
  track: TrackView;
}

export function indexElements(tracks: readonly TrackView[]): Map<string, PlacedElement> {
  return new Map(
    tracks.flatMap((track) => track.elements.map((element) => [element.id, { element, track }] as const)),
  );
}

/** What lies at a frame of a track; null for empty time. */
export function elementAt(track: TrackView, frame: number): ElementView | null {
  const [start, end] = visibleRange(track.elements, frame, frame + 1);
  return end > start ? (track.elements[start] ?? null) : null;
}

export function laneAt(lanes: readonly TrackLane[], y: number): TrackLane | null {
  return lanes.find((lane) => y >= lane.top && y < lane.top + lane.height) ?? null;
}

/** Where a mark stands in this cut: at its element, which may lie elsewhere than in the cut the change was made in. */
export function placeOfMark(
  mark: Mark,
  elements: ReadonlyMap<string, PlacedElement>,
): { start: number; duration: number } {
  const placed = mark.elements.map((id) => elements.get(id)).find((each) => each !== undefined);
  if (!placed) return { start: mark.atFrame, duration: mark.durationFrames };
  return { start: placed.element.startFrame, duration: placed.element.durationFrames };
}
