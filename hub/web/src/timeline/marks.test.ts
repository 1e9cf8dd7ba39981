import { describe, expect, it } from 'vitest';
import type { EditResponse } from '../platform/contracts';
import { listWords, shapeOf, stepKey } from './marks';

describe('shapeOf', () => {
  it.each([
    ['insert', 'add'],
    ['effect-add', 'add'],
    ['delete', 'remove'],
    ['transition-remove', 'remove'],
    ['move', 'move'],
    ['trim-tail', 'change'],
    ['split', 'change'],
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

describe('listWords', () => {
  const edit: EditResponse = {
    kind: 'trim-tail',
    elements: ['e1'],
    tracks: ['V1', 'A1'],
    atFrame: 336,
    durationFrames: 36,
    amountFrames: -12,
    timecode: '01:00:14:00',
    subject: 'SC12_T4',
    sentence: '',
    children: [],
  };

  it.each([
    [
      'Trimmed the tail of SC12_T4 by 12 frames at 01:00:14:00 (V1 A1), everything after moves up',
      'Trimmed the tail of SC12_T4 by 12 frames, everything after moves up',
    ],
    ['01:00:14:00 SC12_T4 trimmed', 'SC12_T4 trimmed'],
    ['Moved SC12_T4 from 01:00:10:00 to 01:00:14:00', 'Moved SC12_T4 from 01:00:10:00 to 01:00:14:00'],
    ['Renamed SC12_T4 (V2)', 'Renamed SC12_T4 (V2)'],
    ['01:00:14:00', '01:00:14:00'],
  ])('says %j without what stands beside it', (sentence, words) => {
    expect(listWords({ ...edit, sentence })).toBe(words);
  });
});
