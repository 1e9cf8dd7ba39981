import { CutRequestStates } from '../platform/contracts';

const words: Record<string, string> = {
  [CutRequestStates.draft]: 'Draft',
  [CutRequestStates.open]: 'Open',
  [CutRequestStates.conflicted]: 'Conflicted',
  [CutRequestStates.merged]: 'Merged',
  [CutRequestStates.closed]: 'Closed',
};

const signs: Record<string, string> = {
  [CutRequestStates.draft]: '…',
  [CutRequestStates.open]: '○',
  [CutRequestStates.conflicted]: '!',
  [CutRequestStates.merged]: '✓',
  [CutRequestStates.closed]: '×',
};

export function StatePill({ state }: { state: string }) {
  return (
    <span className={`pill ${state}`}>
      <span aria-hidden="true">{signs[state] ?? ''}</span> {words[state] ?? state}
    </span>
  );
}

export function BranchFlow({ source, target }: { source: string; target: string }) {
  return (
    <span className="branch-flow">
      <span className="branch-name">{source}</span>
      <span aria-hidden="true">→</span>
      <span className="visually-hidden">into</span>
      <span className="branch-name">{target}</span>
    </span>
  );
}
