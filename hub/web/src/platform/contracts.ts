// The hub's wire records, field for field as in contracts/Hub/*.cs.

import type { CheckSummary, QueueEntryResponse, ReviewResponse } from './mergingContracts';

export * from './mergingContracts';
export * from './signInContracts';

export interface CreateProjectRequest {
  name: string;
  slug: string | null;
}

export interface ProjectResponse {
  id: string;
  slug: string;
  name: string;
  createdAt: string;
  branches: number;
  openCutRequests: number;
}

export interface CreateBranchRequest {
  name: string;
  from: string | null;
}

export interface BranchResponse {
  name: string;
  head: string | null;
  versions: number;
  headVersion: VersionResponse | null;
  protected: boolean;
}

export interface VersionResponse {
  id: string;
  parents: string[];
  cut: string;
  native: string | null;
  nativeName: string | null;
  authorName: string;
  message: string;
  createdAt: string;
  generation: number;
  tags: string[];
}

export interface HistoryResponse {
  versions: VersionResponse[];
  next: string | null;
}

export interface CompareResponse {
  base: string | null;
  head: string;
  edits: EditResponse[];
  shifted: number;
  relocated: number;
}

export interface EditResponse {
  kind: string;
  elements: string[];
  tracks: string[];
  atFrame: number;
  durationFrames: number;
  amountFrames: number;
  timecode: string;
  subject: string;
  sentence: string;
  children: EditResponse[];
}

export interface TimelineResponse {
  version: string;
  name: string;
  rateNumerator: number;
  rateDenominator: number;
  dropFrame: boolean;
  startFrame: number;
  durationFrames: number;
  tracks: TrackView[];
  markers: MarkerView[];
}

export interface TrackView {
  id: string;
  name: string;
  kind: string;
  enabled: boolean;
  elements: ElementView[];
  transitions: TransitionView[];
}

export interface ElementView {
  id: string;
  kind: string;
  name: string;
  media: string;
  startFrame: number;
  durationFrames: number;
  sourceStartFrame: number;
  enabled: boolean;
  color: string | null;
  link: string | null;
  effects: string[];
  markers: MarkerView[];
}

export interface TransitionView {
  name: string;
  startFrame: number;
  cutFrame: number;
  durationFrames: number;
}

export interface MarkerView {
  name: string;
  color: string | null;
  comment: string;
  startFrame: number;
  durationFrames: number;
}

export interface CreateCutRequestRequest {
  title: string;
  description: string;
  sourceBranch: string;
  targetBranch: string;
}

export interface CutRequestSummary {
  number: number;
  title: string;
  state: string;
  sourceBranch: string;
  targetBranch: string;
  authorName: string;
  createdAt: string;
}

export interface CutRequestResponse extends CutRequestSummary {
  description: string;
  sourceHead: string | null;
  targetHead: string | null;
  baseVersion: string | null;
  changes: EditResponse[];
  targetChanges: EditResponse[];
  shifted: number;
  relocated: number;
  durationDeltaFrames: number;
  conflicts: ConflictResponse[];
  notes: NoteResponse[];
  mergeable: boolean;
  blocked: string | null;
  mergedVersion: string | null;
  mergedByName: string | null;
  mergedAt: string | null;
  preview: TimelineResponse | null;
  reviews: ReviewResponse[];
  checks: CheckSummary[];
  queue: QueueEntryResponse | null;
  missing: string[];
}

export interface UpdateCutRequestRequest {
  title: string;
  description: string;
  draft: boolean;
}

export interface ConflictResponse {
  id: string;
  kind: string;
  elements: string[];
  tracks: string[];
  atFrame: number;
  timecode: string;
  subject: string;
  sentence: string;
  base: TermResponse;
  ours: TermResponse;
  theirs: TermResponse;
  offered: string[];
  offers: OfferResponse[];
  chosen: string | null;
  chosenValue: string | null;
  chosenByName: string | null;
  dependsOn: string[];
}

export interface ResolveRequest {
  choice: string;
  value: string | null;
}

export interface OfferResponse {
  choice: string;
  words: string;
  entry: string | null;
  least: number | null;
  most: number | null;
}

export interface TermResponse {
  words: string;
  startFrame: number | null;
  durationFrames: number | null;
}

export interface OutcomesResponse {
  outcomes: OutcomeView[];
}

export interface OutcomeView {
  choice: string | null;
  timeline: TimelineResponse;
  fromFrame: number;
  durationFrames: number;
  elements: string[];
}

export interface NoteResponse {
  sentence: string;
  atFrame: number;
  timecode: string;
}

export interface MergeCutRequestRequest {
  expectedSource: string;
  expectedTarget: string;
}

export interface MergeCutRequestResponse {
  version: string;
}

export const CutRequestStates = {
  draft: 'draft',
  open: 'open',
  conflicted: 'conflicted',
  merged: 'merged',
  closed: 'closed',
} as const;

export const ProblemCodes = {
  invalidRequest: 'invalid-request',
  notSignedIn: 'not-signed-in',
  wrongCredentials: 'wrong-credentials',
  codeNeeded: 'code-needed',
  notAllowed: 'not-allowed',
  forgeryRefused: 'forgery-refused',
  setupRefused: 'setup-refused',
  notFound: 'not-found',
  nameTaken: 'name-taken',
  accountExists: 'account-exists',
  alreadyMember: 'already-member',
  linkFull: 'link-full',
  providerAway: 'provider-away',
  branchStale: 'branch-stale',
  conflictsOpen: 'conflicts-open',
  cutRequestEnded: 'cut-request-ended',
  cutRequestDraft: 'cut-request-draft',
  mergeBlocked: 'merge-blocked',
  branchProtected: 'branch-protected',
  nothingToMerge: 'nothing-to-merge',
  tooLarge: 'too-large',
  invalidCut: 'invalid-cut',
  missingObject: 'missing-object',
  unrelated: 'unrelated',
  notExportable: 'not-exportable',
  slowDown: 'slow-down',
  expired: 'expired',
  internalError: 'internal-error',
  unavailable: 'unavailable',
} as const;

/** What pages look at again for; the hub tells more than these. */
export const EventNames = {
  branchCreated: 'branch_created',
  branchMoved: 'branch_moved',
  branchProtected: 'branch_protected',
  checkCompleted: 'check_completed',
  cutRequestCreated: 'cut_request_created',
  cutRequestChanged: 'cut_request_changed',
  cutRequestReviewed: 'cut_request_reviewed',
  cutRequestConflicted: 'cut_request_conflicted',
  cutRequestQueued: 'cut_request_queued',
  cutRequestLeftQueue: 'cut_request_left_queue',
  cutRequestResolved: 'cut_request_resolved',
  cutRequestMerged: 'cut_request_merged',
  cutRequestClosed: 'cut_request_closed',
} as const;

export type EventName = (typeof EventNames)[keyof typeof EventNames];
