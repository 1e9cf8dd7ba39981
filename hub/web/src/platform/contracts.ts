// The hub's wire records, field for field as in contracts/Hub/*.cs.

export interface SetupState {
  open: boolean;
}

export interface SetupRequest {
  secret: string;
  organizationName: string;
  displayName: string;
  email: string;
  password: string;
}

export interface SignInRequest {
  email: string;
  password: string;
  /** Of the authenticator app, or a recovery code. */
  code?: string;
}

export interface SessionResponse {
  user: UserResponse;
  organizations: OrganizationResponse[];
  antiForgery: string;
  /** Where somebody without an account is a guest; null for everybody else. */
  guest: GuestPlaceResponse | null;
}

export interface GuestPlaceResponse {
  organization: string;
  organizationName: string;
  project: string;
  projectName: string;
  branch: string | null;
  cutRequest: number | null;
  mayComment: boolean;
  expiresAt: string;
}

export interface GuestPreview {
  needsPassphrase: boolean;
  organizationName: string | null;
  projectName: string | null;
  invitedBy: string | null;
  mayComment: boolean;
}

export interface GuestEntryRequest {
  secret: string;
  name: string;
  passphrase: string | null;
}

export interface InvitationPreview {
  organizationName: string;
  invitedBy: string;
  email: string | null;
  role: string;
  projectName: string | null;
}

export interface AcceptInvitationRequest {
  secret: string;
  displayName: string;
  email: string | null;
  password: string;
}

export interface ProviderResponse {
  name: string;
  title: string;
}

export interface ProviderStartRequest {
  to: string | null;
  invitation: string | null;
}

export interface ProviderStartResponse {
  address: string;
}

export interface ProviderProofRequest {
  proof: string;
  password: string | null;
  code: string | null;
}

/** What a letter's link carries behind its hash. */
export interface LetterProof {
  user: string;
  token: string;
}

export interface UserResponse {
  id: string;
  displayName: string;
  email: string;
}

export interface OrganizationResponse {
  id: string;
  slug: string;
  name: string;
  role: string;
}

export interface DeviceApprovalRequest {
  userCode: string;
}

export interface DeviceApprovalResponse {
  machineName: string;
}

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

export interface ResolveRequest {
  choice: string;
}

export interface MergeCutRequestRequest {
  expectedSource: string;
  expectedTarget: string;
}

export interface MergeCutRequestResponse {
  version: string;
}

export const CutRequestStates = { open: 'open', merged: 'merged', closed: 'closed' } as const;

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
  cutRequestCreated: 'cut_request_created',
  cutRequestResolved: 'cut_request_resolved',
  cutRequestMerged: 'cut_request_merged',
  cutRequestClosed: 'cut_request_closed',
} as const;

export type EventName = (typeof EventNames)[keyof typeof EventNames];
