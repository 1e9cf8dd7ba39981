import { describe, expect, it } from 'vitest';
import { parseArrival } from './arrival';
import { decodeFragment, parseProof } from './fragment';
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

describe('parseProof', () => {
  it('reads a letter’s link', () => {
    expect(parseProof('#user=0199f0a0-0000-7000-8000-000000000001&token=abc_-')).toEqual({
      user: '0199f0a0-0000-7000-8000-000000000001',
      token: 'abc_-',
    });
  });

  it.each(['', '#', '#user=x&token=y', '#user=0199f0a0-0000-7000-8000-000000000001', '#token=abc'])(
    'refuses %j',
    (hash) => {
      expect(parseProof(hash)).toBeNull();
    },
  );
});

describe('decodeFragment', () => {
  it('takes what is no escape as it is', () => {
    expect(decodeFragment('#ab%20c')).toBe('ab c');
    expect(decodeFragment('#ab%2')).toBe('ab%2');
  });
});

describe('parseArrival', () => {
  it('tells what the hub asks for', () => {
    expect(parseArrival('#asks=password&proof=abc_-&email=kim%40example.com')).toEqual({
      kind: 'asks',
      what: 'password',
      proof: 'abc_-',
      email: 'kim@example.com',
    });
    expect(parseArrival('#linked=studio')).toEqual({ kind: 'linked' });
  });

  it('has words for every refusal, also for one that it does not know', () => {
    const why = (hash: string) => parseArrival(hash);
    expect(why('#refused=unverified')).toMatchObject({ kind: 'refused' });
    expect(why('#refused=something-else')).toEqual(why('#refused=failed'));
  });

  it.each(['', '#', '#asks=password', '#asks=anything&proof=x'])('is nothing for %j', (hash) => {
    expect(parseArrival(hash)).toBeNull();
  });
});
