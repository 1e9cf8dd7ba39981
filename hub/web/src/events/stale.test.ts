import { describe, expect, it } from 'vitest';
import { branchesKey } from '../branches/queries';
import { cutRequestKey, cutRequestsKey } from '../cut-requests/queries';
import { EventNames } from '../platform/contracts';
import { projectKey } from '../projects/queries';
import { staleAfter } from './stale';

const project = { organization: 'nordlys', project: 'film' };

const covers = (stale: readonly (readonly unknown[])[], key: readonly unknown[]) =>
  stale.some((prefix) => prefix.every((part, i) => part === key[i]));

describe('what an event makes stale', () => {
  it('looks at branches and open cut requests again when a head moved', () => {
    const stale = staleAfter(project, EventNames.branchMoved);
    expect(covers(stale, branchesKey(project))).toBe(true);
    expect(covers(stale, cutRequestKey(project, 7))).toBe(true);
  });

  it('leaves branches alone when a conflict is answered', () => {
    const stale = staleAfter(project, EventNames.cutRequestResolved);
    expect(covers(stale, cutRequestsKey(project))).toBe(true);
    expect(covers(stale, branchesKey(project))).toBe(false);
  });

  it('never loads versions again, nor another project', () => {
    for (const name of Object.values(EventNames)) {
      const stale = staleAfter(project, name);
      expect(covers(stale, [...projectKey(project), 'versions', 'a'.repeat(64)])).toBe(false);
      expect(covers(stale, cutRequestsKey({ organization: 'nordlys', project: 'other' }))).toBe(false);
    }
  });
});
