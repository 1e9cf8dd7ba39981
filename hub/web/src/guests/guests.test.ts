import { describe, expect, it } from 'vitest';
import { guestPath } from './guestPath';

const place = {
  organization: 'northlight',
  organizationName: 'Northlight',
  project: 'the-film',
  projectName: 'The Film',
  branch: null,
  cutRequest: null,
  mayComment: false,
  expiresAt: '2026-12-05T00:00:00+00:00',
};

describe('guestPath', () => {
  it('leads to what the link names', () => {
    expect(guestPath(place)).toBe('/o/northlight/the-film');
    expect(guestPath({ ...place, branch: 'kims-trims' })).toBe('/o/northlight/the-film/branches/kims-trims');
    expect(guestPath({ ...place, cutRequest: 7 })).toBe('/o/northlight/the-film/cut-requests/7');
  });
});
