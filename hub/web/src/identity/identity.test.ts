import { describe, expect, it } from 'vitest';
import { returnPath } from './returnPath';
import { normalizeUserCode } from './userCode';

describe('returnPath', () => {
  it('leads back to where one was going', () => {
    expect(returnPath('to=%2Fo%2Fnorthlight%2Ffilm%3Fat%3Ds4')).toBe('/o/northlight/film?at=s4');
    expect(returnPath('')).toBe('/');
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'never leaves the hub for %s',
    (to) => {
      expect(returnPath(`to=${encodeURIComponent(to)}`)).toBe('/');
    },
  );
});

describe('normalizeUserCode', () => {
  it.each(['wdjb-mjht', 'WDJBMJHT', ' wdjb mjht '])('reads %j', (typed) => {
    expect(normalizeUserCode(typed)).toBe('WDJB-MJHT');
  });

  it.each(['', 'wdjb', 'wdjb-mjht-x'])('refuses %j', (typed) => {
    expect(normalizeUserCode(typed)).toBeNull();
  });
});
