import { describe, expect, it } from 'vitest';
import { sinceWords } from './dates';

const now = new Date(2026, 10, 21, 15, 0);

describe('sinceWords', () => {
  it.each([
    [new Date(2026, 10, 21, 14, 59, 30), 'just now'],
    [new Date(2026, 10, 21, 14, 59), '1 minute ago'],
    [new Date(2026, 10, 21, 14, 18), '42 minutes ago'],
    [new Date(2026, 10, 21, 12, 30), '2 hours ago'],
    [new Date(2026, 10, 20, 23, 59), 'yesterday, 23:59'],
    [new Date(2026, 10, 19, 9, 5), '19 Nov, 09:05'],
    [new Date(2025, 10, 19, 9, 5), '19 Nov 2025'],
    [new Date(2026, 10, 21, 15, 3), 'just now'],
  ])('%s is %s', (then, words) => {
    expect(sinceWords(then, now)).toBe(words);
  });
});
