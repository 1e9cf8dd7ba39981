import type { ElementView, TimelineResponse, TrackView, TransitionView } from '../platform/contracts';
import { formatTimecode } from './timecode';

/** A short piece of a cut. Frames are record frames of that cut; the first may lie before its start. */
export interface Stretch {
  timeline: TimelineResponse;
  fromFrame: number;
  durationFrames: number;
}

export interface StretchBox {
  element: ElementView;
  /** In units of the drawing, cropped to it. */
  x: number;
  width: number;
  /** Where the drawing cuts it off, so that it is not drawn as if it ended there. */
  goesOnLeft: boolean;
  goesOnRight: boolean;
}

export interface StretchRow {
  track: TrackView;
  y: number;
  height: number;
  boxes: StretchBox[];
  transitions: { transition: TransitionView; x: number; width: number; cut: number }[];
}

export const rowHeight = 22;
const rowGap = 3;

/** Picture is stacked as in an edit: the last video track on top, sound below. */
export function rowsOf(stretch: Stretch, width: number): StretchRow[] {
  const video = stretch.timeline.tracks.filter((track) => track.kind !== 'audio').reverse();
  const audio = stretch.timeline.tracks.filter((track) => track.kind === 'audio');
  const end = stretch.fromFrame + stretch.durationFrames;
  const at = (frame: number) =>
    (Math.min(end, Math.max(stretch.fromFrame, frame)) - stretch.fromFrame) *
    (width / Math.max(1, stretch.durationFrames));
  return [...video, ...audio].map((track, index) => ({
    track,
    y: index * (rowHeight + rowGap),
    height: rowHeight,
    boxes: track.elements.map((element) => {
      const last = element.startFrame + element.durationFrames;
      return {
        element,
        x: at(element.startFrame),
        width: at(last) - at(element.startFrame),
        goesOnLeft: element.startFrame < stretch.fromFrame,
        goesOnRight: last > end,
      };
    }),
    transitions: track.transitions.map((transition) => ({
      transition,
      x: at(transition.startFrame),
      width: at(transition.startFrame + transition.durationFrames) - at(transition.startFrame),
      cut: at(transition.cutFrame),
    })),
  }));
}

export function heightOf(rows: readonly StretchRow[]): number {
  return rows.length === 0 ? 0 : rows.length * (rowHeight + rowGap) - rowGap;
}

/** The same in words, for those who do not see it. */
export function stretchWords(stretch: Stretch): string {
  const { timeline } = stretch;
  const place = (element: ElementView) =>
    `${element.name === '' ? 'unnamed' : element.name} from ${formatTimecode(timeline.startFrame + element.startFrame, timeline)}, ${element.durationFrames} frames`;
  return timeline.tracks
    .map((track) => `${track.name}: ${track.elements.map(place).join('; ') || 'empty'}`)
    .join('. ');
}
