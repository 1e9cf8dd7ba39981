import { CutRequestStates, type ConflictResponse, type CutRequestResponse } from '../platform/contracts';

const openStates: readonly string[] = [
  CutRequestStates.draft,
  CutRequestStates.open,
  CutRequestStates.conflicted,
];

/** Neither merged nor closed: it follows its branches. */
export const isOpen = (request: { state: string }) => openStates.includes(request.state);

export function durationWords(frames: number): string {
  if (frames === 0) return 'unchanged';
  const count = Math.abs(frames);
  return `${count} ${count === 1 ? 'frame' : 'frames'} ${frames > 0 ? 'longer' : 'shorter'}`;
}

/** Why the merge button is off, in words; null when it may be pressed. */
export function whyNotMergeable(request: CutRequestResponse): string | null {
  if (request.mergeable) return null;
  if (request.blocked !== null && request.blocked !== '') return request.blocked;
  if (!isOpen(request)) return `This cut request is ${request.state}.`;
  return conflictCount(request.conflicts.filter((conflict) => conflict.chosen === null).length);
}

function conflictCount(open: number): string {
  if (open === 0) return 'The hub is not ready to merge this. Load the page again.';
  return open === 1
    ? '1 conflict is open. Answer it first.'
    : `${open} conflicts are open. Answer them first.`;
}

/** What a side is called on this cut request, and what the ways out are that are none. */
export function choiceWords(choice: string, request: CutRequestResponse): string {
  if (choice === 'base') return 'Was';
  if (choice === 'ours') return request.targetBranch;
  if (choice === 'theirs') return request.sourceBranch;
  if (choice === 'manual') return 'Another value';
  return 'Another way';
}

/** What was chosen, in the conflict's own words. */
export function answerWords(conflict: ConflictResponse): string {
  const offer = conflict.offers.find((each) => each.choice === conflict.chosen);
  return conflict.chosenValue ?? offer?.words ?? conflict.chosen ?? '';
}
