import { describe, expect, it } from 'vitest';
import type { TimelineResponse, TrackView } from '../platform/contracts';
import { heightOf, rowsOf, stretchWords, type Stretch } from './stretch';
import { element, track } from './testCuts';

function stretchOf(tracks: TrackView[], fromFrame: number, durationFrames: number): Stretch {
  const timeline: TimelineResponse = {
    version: '',
    name: '',
    rateNumerator: 24,
    rateDenominator: 1,
    dropFrame: false,
    startFrame: 86_400,
    durationFrames: 1000,
    tracks,
    markers: [],
  };
  return { timeline, fromFrame, durationFrames };
}

describe('a stretch of a cut', () => {
  it('stacks picture upwards and sound downwards', () => {
    const rows = rowsOf(
      stretchOf([track('V1', 'video', []), track('V2', 'video', []), track('A1', 'audio', [])], 0, 100),
      200,
    );

    expect(rows.map((row) => row.track.name)).toEqual(['V2', 'V1', 'A1']);
    expect(heightOf(rows)).toBeGreaterThan(rows[2]?.y ?? 0);
  });

  it('crops what reaches out of it and says so', () => {
    const [row] = rowsOf(
      stretchOf([track('V1', 'video', [element('a', 0, 150), element('b', 150, 100)])], 100, 100),
      200,
    );

    expect(row?.boxes.map((box) => [box.x, box.width, box.goesOnLeft, box.goesOnRight])).toEqual([
      [0, 100, true, false],
      [100, 100, false, true],
    ]);
  });

  it('may begin before the cut does', () => {
    const [row] = rowsOf(stretchOf([track('V1', 'video', [element('a', 0, 50)])], -50, 100), 200);

    expect(row?.boxes[0]).toMatchObject({ x: 100, width: 100, goesOnLeft: false });
  });

  it('is told in words too', () => {
    expect(
      stretchWords(
        stretchOf([track('V1', 'video', [element('SC01', 24, 48)]), track('A1', 'audio', [])], 0, 100),
      ),
    ).toBe('V1: SC01 from 01:00:01:00, 48 frames. A1: empty');
  });
});
