/** What has to hold before a cut request is merged, as the hub writes it. */

export interface SetProtectionRequest {
  approvals: number;
  checks: string[];
  mergeRoles: string[];
  mergePeople: string[];
  directPush: boolean;
}

export interface ProtectionResponse {
  branch: string;
  approvals: number;
  checks: string[];
  mergeRoles: string[];
  mergePeople: string[];
  directPush: boolean;
  setByName: string;
  setAt: string;
}

export interface QueueEntryResponse {
  number: number;
  title: string;
  sourceHead: string;
  state: string;
  held: boolean;
  reason: string;
  queuedByName: string;
  queuedAt: string;
  endedAt: string | null;
}

export interface MergeQueueResponse {
  branch: string;
  waiting: QueueEntryResponse[];
  ended: QueueEntryResponse[];
}

export interface ReviewRequest {
  verdict: string;
  version: string;
  comment: string | null;
}

export interface ReviewResponse {
  reviewer: string;
  reviewerName: string;
  requested: boolean;
  verdict: string | null;
  version: string | null;
  isCurrent: boolean;
  comment: string;
  at: string | null;
}

export interface CheckSummary {
  name: string;
  state: string;
  summary: string;
  required: boolean;
}

export interface CheckFinding {
  message: string;
  elements: string[] | null;
  atFrame: number | null;
  timecode: string | null;
  track: string | null;
  code: string | null;
}

export interface CheckResponse {
  name: string;
  state: string;
  summary: string;
  findings: CheckFinding[];
  branch: string | null;
  link: string | null;
  isOwn: boolean;
  reportedByName: string;
  reportedAt: string;
}

export interface ChecksResponse {
  version: string;
  running: boolean;
  results: CheckResponse[];
}

export const Verdicts = { approved: 'approved', changes: 'changes' } as const;

export const CheckStates = { pending: 'pending', passed: 'passed', failed: 'failed' } as const;

export const QueueStates = { waiting: 'waiting', merged: 'merged', left: 'left' } as const;
