import { branchesKey } from '../branches/queries';
import { cutRequestsKey } from '../cut-requests/queries';
import type { Project } from '../platform/api';
import { EventNames, type EventName } from '../platform/contracts';
import { projectKey } from '../projects/queries';

/** What is shown and may be out of date once this event came. What a version holds never is. */
export function staleAfter(project: Project, name: EventName): readonly (readonly unknown[])[] {
  const facts = [...projectKey(project), 'facts'];
  switch (name) {
    case EventNames.branchCreated:
      return [facts, branchesKey(project)];
    case EventNames.branchMoved:
      // Open cut requests follow their branches.
      return [facts, branchesKey(project), cutRequestsKey(project)];
    // The queue of a branch is shown with the branch.
    case EventNames.branchProtected:
    case EventNames.cutRequestQueued:
    case EventNames.cutRequestLeftQueue:
      return [branchesKey(project), cutRequestsKey(project)];
    case EventNames.checkCompleted:
    case EventNames.cutRequestCreated:
    case EventNames.cutRequestChanged:
    case EventNames.cutRequestReviewed:
    case EventNames.cutRequestConflicted:
    case EventNames.cutRequestResolved:
    case EventNames.cutRequestMerged:
    case EventNames.cutRequestClosed:
      return [facts, cutRequestsKey(project)];
  }
}
