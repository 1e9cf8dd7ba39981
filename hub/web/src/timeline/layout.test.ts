import { describe, expect, it } from 'vitest';
import {
  editPoints,
  elementAt,
  fitPixelsPerFrame,
  frameToX,
  indexElements,
  layoutTracks,
  placeOfMark,
  rulerHeight,
  rulerTicks,
  scrollToReveal,
  visibleRange,
  xToFrame,
  zoomAround,
} from './layout';
import { element, track } from './testCuts';
import { formatTimecode, type TimecodeFormat } from './timecode';

const film: TimecodeFormat = { rateNumerator: 24, rateDenominator: 1, dropFrame: false };
const drop: TimecodeFormat = { rateNumerator: 30000, rateDenominator: 1001, dropFrame: true };

describe('frames and pixels', () => {
  const viewport = { left: 100, pixelsPerFrame: 0.25, width: 800 };

  it('agree with each other', () => {
    expect(frameToX(140, viewport)).toBe(10);
    expect(xToFrame(10, viewport)).toBe(140);
    expect(xToFrame(10.24, viewport)).toBe(140);
  });

  it('keep the anchor where it is when zooming', () => {
    const zoomed = zoomAround(viewport, 2, 500);
    expect(frameToX(500, zoomed)).toBeCloseTo(frameToX(500, viewport));
  });

  it('never scroll before the start', () => {
    expect(zoomAround({ left: 0, pixelsPerFrame: 1, width: 100 }, 0.5, 80).left).toBe(0);
  });

  it('fit the whole cut', () => {
    const pixelsPerFrame = fitPixelsPerFrame(2000, 800);
    expect(2000 * pixelsPerFrame).toBeLessThan(800);
    expect(2000 * pixelsPerFrame).toBeGreaterThan(760);
  });
});

describe('scrollToReveal', () => {
  const viewport = { left: 1000, pixelsPerFrame: 1, width: 500 };

  it('stays when the range is in view', () => {
    expect(scrollToReveal(viewport, 1200, 50)).toBe(1000);
  });

  it('puts a range that fits into the middle', () => {
    expect(scrollToReveal(viewport, 3000, 100)).toBe(2800);
  });

  it('shows the beginning of a range that does not fit', () => {
    const left = scrollToReveal(viewport, 3000, 5000);
    expect(left).toBeLessThan(3000);
    expect(left).toBeGreaterThan(2900);
  });
});

describe('layoutTracks', () => {
  it('stacks tracks as an NLE does', () => {
    const { lanes } = layoutTracks([
      track('V1', 'video'),
      track('V2', 'video'),
      track('A1', 'audio'),
      track('A2', 'audio'),
    ]);
    expect(lanes.map((lane) => lane.track.name)).toEqual(['V2', 'V1', 'A1', 'A2']);
    expect(lanes[0]?.top).toBe(rulerHeight);
  });

  it('never lets lanes overlap', () => {
    const { lanes, height } = layoutTracks([
      track('V1', 'video'),
      track('D1', 'other'),
      track('A1', 'audio'),
    ]);
    lanes.forEach((lane, index) => {
      expect(lane.top + lane.height).toBeLessThanOrEqual(lanes[index + 1]?.top ?? height);
    });
  });
});

describe('rulerTicks', () => {
  it('labels whole timecode units even when the cut starts in between', () => {
    const ticks = rulerTicks({ left: 0, pixelsPerFrame: 0.5, width: 600 }, 86407, film, 90);
    const labels = ticks.filter((tick) => tick.major).map((tick) => formatTimecode(86407 + tick.frame, film));
    expect(labels.length).toBeGreaterThan(2);
    expect(labels.every((label) => label.endsWith(':00'))).toBe(true);
  });

  it('keeps labels apart', () => {
    const pixelsPerFrame = 0.037;
    const ticks = rulerTicks({ left: 0, pixelsPerFrame, width: 1200 }, 0, film, 90).filter(
      (tick) => tick.major,
    );
    const gaps = ticks
      .slice(1)
      .map((tick, index) => (tick.frame - (ticks[index]?.frame ?? 0)) * pixelsPerFrame);
    expect(gaps.every((gap) => gap >= 90)).toBe(true);
  });

  it('stays on round drop-frame timecodes across minutes', () => {
    const ticks = rulerTicks({ left: 0, pixelsPerFrame: 0.1, width: 1000 }, 0, drop, 90).filter(
      (tick) => tick.major,
    );
    const labels = ticks.map((tick) => formatTimecode(tick.frame, drop));
    expect(labels.slice(0, 4)).toEqual(['00:00:00;00', '00:00:30;00', '00:01:00;02', '00:01:30;00']);
  });

  it('goes down to single frames', () => {
    const ticks = rulerTicks({ left: 0, pixelsPerFrame: 32, width: 640 }, 0, film, 90);
    expect(ticks.map((tick) => tick.frame).slice(0, 4)).toEqual([0, 1, 2, 3]);
  });
});

describe('looking things up', () => {
  const elements = [element('a', 0, 10), element('b', 20, 10), element('c', 30, 5)];

  it('finds the visible part', () => {
    expect(visibleRange(elements, 10, 20)).toEqual([1, 1]);
    expect(visibleRange(elements, 9, 21)).toEqual([0, 2]);
    expect(visibleRange(elements, 0, 100)).toEqual([0, 3]);
    expect(visibleRange([], 0, 100)).toEqual([0, 0]);
  });

  it('finds what is under a frame, half open', () => {
    const v1 = track('V1', 'video', elements);
    expect(elementAt(v1, 9)?.id).toBe('a');
    expect(elementAt(v1, 10)).toBeNull();
    expect(elementAt(v1, 30)?.id).toBe('c');
    expect(elementAt(v1, 35)).toBeNull();
  });

  it('knows every edit point once', () => {
    const tracks = [track('V1', 'video', elements), track('A1', 'audio', [element('d', 0, 30)])];
    expect(editPoints({ tracks, durationFrames: 35 })).toEqual([0, 10, 20, 30, 35]);
  });

  it('places a mark at its element, else where it was made', () => {
    const index = indexElements([track('V1', 'video', elements)]);
    const mark = {
      key: 's1',
      shape: 'change',
      word: 'moved',
      tracks: ['V1'],
      atFrame: 500,
      durationFrames: 7,
    } as const;
    expect(placeOfMark({ ...mark, elements: ['b'] }, index)).toEqual({ start: 20, duration: 10 });
    expect(placeOfMark({ ...mark, elements: ['gone'] }, index)).toEqual({ start: 500, duration: 7 });
  });
});
