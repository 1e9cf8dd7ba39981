import { describe, expect, it } from 'vitest';
import {
  formatDelta,
  formatTimecode,
  frameToNumber,
  numberToFrame,
  parseTimecodeEntry,
  type TimecodeFormat,
} from './timecode';

const film: TimecodeFormat = { rateNumerator: 24, rateDenominator: 1, dropFrame: false };
const filmVideo: TimecodeFormat = { rateNumerator: 24000, rateDenominator: 1001, dropFrame: false };
const drop: TimecodeFormat = { rateNumerator: 30000, rateDenominator: 1001, dropFrame: true };
const drop60: TimecodeFormat = { rateNumerator: 60000, rateDenominator: 1001, dropFrame: true };

describe('formatTimecode', () => {
  it('counts 23.976 at 24 frames a second', () => {
    expect(formatTimecode(86400, filmVideo)).toBe('01:00:00:00');
    expect(formatTimecode(86400 + 24 * 12 + 9, filmVideo)).toBe('01:00:12:09');
  });

  it('skips two numbers a minute, but none each tenth minute', () => {
    expect(formatTimecode(1799, drop)).toBe('00:00:59;29');
    expect(formatTimecode(1800, drop)).toBe('00:01:00;02');
    expect(formatTimecode(17981, drop)).toBe('00:09:59;29');
    expect(formatTimecode(17982, drop)).toBe('00:10:00;00');
    expect(formatTimecode(107892, drop)).toBe('01:00:00;00');
  });

  it('skips four numbers a minute at 59.94', () => {
    expect(formatTimecode(3600, drop60)).toBe('00:01:00;04');
    expect(formatTimecode(215784, drop60)).toBe('01:00:00;00');
  });

  it('ignores drop-frame at rates that have none', () => {
    expect(formatTimecode(24 * 60, { ...film, dropFrame: true })).toBe('00:01:00:00');
    expect(formatTimecode(30 * 60, { rateNumerator: 30, rateDenominator: 1, dropFrame: true })).toBe(
      '00:01:00:00',
    );
  });

  it('goes past 24 hours and below zero', () => {
    expect(formatTimecode(24 * 3600 * 25, film)).toBe('25:00:00:00');
    expect(formatTimecode(-12, film)).toBe('-00:00:00:12');
  });

  it('writes three frame digits above 100 frames a second', () => {
    expect(formatTimecode(125, { rateNumerator: 120, rateDenominator: 1, dropFrame: false })).toBe(
      '00:00:01:005',
    );
  });
});

describe('formatDelta', () => {
  it('has a sign unless nothing changed, and never drops numbers', () => {
    expect(formatDelta(-52, film)).toBe('−00:00:02:04');
    expect(formatDelta(1800, drop)).toBe('+00:01:00:00');
    expect(formatDelta(0, film)).toBe('00:00:00:00');
  });
});

describe('numbers and frames', () => {
  it.each([film, drop, drop60])('go there and back for every frame of eleven minutes', (format) => {
    const frames = Array.from({ length: 11 * 60 * 60 }, (_, frame) => frame);
    const back = frames.map((frame) => numberToFrame(frameToNumber(frame, format), format));
    expect(back).toEqual(frames);
  });

  it('take a number that drop-frame skips for the next frame', () => {
    expect(numberToFrame(1800, drop)).toBe(1800);
    expect(numberToFrame(1801, drop)).toBe(1800);
    expect(numberToFrame(1802, drop)).toBe(1800);
  });
});

describe('parseTimecodeEntry', () => {
  it('reads whole timecodes, with and without separators', () => {
    expect(parseTimecodeEntry('01:00:12:09', 0, film)).toBe(86400 + 297);
    expect(parseTimecodeEntry('1001209', 0, film)).toBe(86400 + 297);
    expect(parseTimecodeEntry('00:01:00;02', 0, drop)).toBe(1800);
  });

  it('fills short entries from the right', () => {
    expect(parseTimecodeEntry('4:12', 0, film)).toBe(108);
    expect(parseTimecodeEntry('412', 0, film)).toBe(108);
  });

  it('moves from the playhead with a sign', () => {
    expect(parseTimecodeEntry('+12', 86400, film)).toBe(86412);
    expect(parseTimecodeEntry('-1:00', 86400, film)).toBe(86376);
    expect(parseTimecodeEntry('−1:00', 86400, film)).toBe(86376);
  });

  it.each(['', 'abc', '1::2', '1:2:3:4:5', '+', '12:'])('refuses %j', (text) => {
    expect(parseTimecodeEntry(text, 0, film)).toBeNull();
  });
});
