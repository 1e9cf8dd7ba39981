import { describe, expect, it } from 'vitest';
import { shapeOf, stepKey, withoutTimecode } from './marks';

describe('shapeOf', () => {
  it.each([
    ['insert', 'add'],
    ['effect-add', 'add'],
    ['delete', 'remove'],
    ['transition-remove', 'remove'],
    ['move', 'move'],
    ['trim-tail', 'change'],
    ['something-unheard-of', 'change'],
  ])('draws %s as %s', (kind, shape) => {
    expect(shapeOf(kind)).toBe(shape);
  });
});

describe('stepKey', () => {
  const keys = ['s1', 's2', 't1'];

  it('begins at either end and goes round', () => {
    expect(stepKey(keys, null, 1)).toBe('s1');
    expect(stepKey(keys, null, -1)).toBe('t1');
    expect(stepKey(keys, 't1', 1)).toBe('s1');
    expect(stepKey(keys, 's1', -1)).toBe('t1');
    expect(stepKey(keys, 's1', 1)).toBe('s2');
  });

  it('begins anew from what is not in the list, and stays put without one', () => {
    expect(stepKey(keys, 'conflict-1', 1)).toBe('s1');
    expect(stepKey([], 's1', 1)).toBeNull();
  });
});

describe('withoutTimecode', () => {
  it('drops only the timecode that the list shows', () => {
    expect(withoutTimecode('01:00:12:09 SC12: trimmed', '01:00:12:09')).toBe('SC12: trimmed');
    expect(withoutTimecode('01:00:12:09: SC12 trimmed', '01:00:12:09')).toBe('SC12 trimmed');
    expect(withoutTimecode('SC12 at 01:00:12:09', '01:00:12:09')).toBe('SC12 at 01:00:12:09');
    expect(withoutTimecode('01:00:12:09', '01:00:12:09')).toBe('01:00:12:09');
  });
});
