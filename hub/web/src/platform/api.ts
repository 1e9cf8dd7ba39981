import type {
  AcceptInvitationRequest,
  BranchResponse,
  ChecksResponse,
  CompareResponse,
  CreateBranchRequest,
  CreateCutRequestRequest,
  CreateProjectRequest,
  CutRequestResponse,
  CutRequestSummary,
  DeviceApprovalRequest,
  DeviceApprovalResponse,
  GuestEntryRequest,
  GuestPreview,
  HistoryResponse,
  InvitationPreview,
  LetterProof,
  MergeCutRequestRequest,
  MergeCutRequestResponse,
  MergeQueueResponse,
  OutcomesResponse,
  ProjectResponse,
  ProtectionResponse,
  ProviderProofRequest,
  ProviderResponse,
  ProviderStartRequest,
  ProviderStartResponse,
  ResolveRequest,
  ReviewRequest,
  SessionResponse,
  SetProtectionRequest,
  SetupRequest,
  SetupState,
  SignInRequest,
  TimelineResponse,
  UpdateCutRequestRequest,
  VersionResponse,
} from './contracts';
import { base, getJson, rememberAntiForgery, write } from './http';

export interface Project {
  organization: string;
  project: string;
}

export type ExportFormat = 'edl' | 'otio';

const seg = encodeURIComponent;
const at = (p: Project) => `/organizations/${seg(p.organization)}/projects/${seg(p.project)}`;
const cutRequest = (p: Project, number: number) => `${at(p)}/cut-requests/${number}`;

/** Where the hub tells what happens in a project, from the event after this one or from now on. */
export const eventsAddress = (p: Project, after: string | null) =>
  `${base}${at(p)}/events${after === null ? '' : `?after=${seg(after)}`}`;

async function keepSession(session: Promise<SessionResponse>): Promise<SessionResponse> {
  const value = await session;
  rememberAntiForgery(value.antiForgery);
  return value;
}

export const api = {
  getSetup: (signal?: AbortSignal) => getJson<SetupState>('/setup', signal),
  setUp: (request: SetupRequest) => keepSession(write('POST', '/setup', request)),

  getSession: (signal?: AbortSignal) => keepSession(getJson('/session', signal)),
  signIn: (request: SignInRequest) => keepSession(write('POST', '/session', request)),
  signOut: () => write<null>('DELETE', '/session'),

  listProviders: (signal?: AbortSignal) => getJson<ProviderResponse[]>('/session/providers', signal),
  startProvider: (provider: string, request: ProviderStartRequest) =>
    write<ProviderStartResponse>('POST', `/session/providers/${seg(provider)}`, request),
  finishProof: (request: ProviderProofRequest) => keepSession(write('POST', '/session/proofs', request)),

  askForPasswordLetter: (email: string) => write<null>('POST', '/password/letters', { email }),
  resetPassword: (proof: LetterProof, password: string) =>
    write<null>('POST', '/password/resets', { ...proof, password }),
  confirmEmail: (proof: LetterProof) => write<null>('POST', '/email/confirmations', proof),

  previewInvitation: (secret: string) =>
    write<InvitationPreview>('POST', '/invitations/previews', { secret }),
  acceptInvitation: (request: AcceptInvitationRequest) =>
    keepSession(write('POST', '/invitations/acceptances', request)),
  joinByInvitation: (secret: string) => write<null>('POST', '/account/invitations', { secret }),

  previewGuestLink: (secret: string) => write<GuestPreview>('POST', '/guests/previews', { secret }),
  enterAsGuest: (request: GuestEntryRequest) => keepSession(write('POST', '/guests', request)),

  findDevice: (userCode: string, signal?: AbortSignal) =>
    getJson<DeviceApprovalResponse>(`/device/approvals?code=${seg(userCode)}`, signal),
  approveDevice: (request: DeviceApprovalRequest) =>
    write<DeviceApprovalResponse>('POST', '/device/approvals', request),

  listProjects: (organization: string, signal?: AbortSignal) =>
    getJson<ProjectResponse[]>(`/organizations/${seg(organization)}/projects`, signal),
  createProject: (organization: string, request: CreateProjectRequest) =>
    write<ProjectResponse>('POST', `/organizations/${seg(organization)}/projects`, request),
  getProject: (p: Project, signal?: AbortSignal) => getJson<ProjectResponse>(at(p), signal),

  listBranches: (p: Project, signal?: AbortSignal) => getJson<BranchResponse[]>(`${at(p)}/branches`, signal),
  getBranch: (p: Project, branch: string, signal?: AbortSignal) =>
    getJson<BranchResponse>(`${at(p)}/branches/${seg(branch)}`, signal),
  createBranch: (p: Project, request: CreateBranchRequest) =>
    write<BranchResponse>('POST', `${at(p)}/branches`, request),
  getHistory: (p: Project, branch: string, cursor: string | null, signal?: AbortSignal) =>
    getJson<HistoryResponse>(
      `${at(p)}/branches/${seg(branch)}/history${cursor === null ? '' : `?cursor=${seg(cursor)}`}`,
      signal,
    ),

  getProtection: (p: Project, branch: string, signal?: AbortSignal) =>
    getJson<ProtectionResponse>(`${at(p)}/branches/${seg(branch)}/protection`, signal),
  protect: (p: Project, branch: string, request: SetProtectionRequest) =>
    write<ProtectionResponse>('PUT', `${at(p)}/branches/${seg(branch)}/protection`, request),
  unprotect: (p: Project, branch: string) =>
    write<null>('DELETE', `${at(p)}/branches/${seg(branch)}/protection`),
  getMergeQueue: (p: Project, branch: string, signal?: AbortSignal) =>
    getJson<MergeQueueResponse>(`${at(p)}/branches/${seg(branch)}/queue`, signal),

  getVersion: (p: Project, version: string, signal?: AbortSignal) =>
    getJson<VersionResponse>(`${at(p)}/versions/${seg(version)}`, signal),
  getTimeline: (p: Project, version: string, signal?: AbortSignal) =>
    getJson<TimelineResponse>(`${at(p)}/versions/${seg(version)}/timeline`, signal),
  compare: (p: Project, base: string | null, head: string, signal?: AbortSignal) =>
    getJson<CompareResponse>(
      `${at(p)}/compare?${base === null ? '' : `base=${seg(base)}&`}head=${seg(head)}`,
      signal,
    ),
  exportPath: (p: Project, version: string, format: ExportFormat) =>
    `${at(p)}/versions/${seg(version)}/export?format=${format}`,
  nativePath: (p: Project, version: string) => `${at(p)}/versions/${seg(version)}/native`,

  getChecks: (p: Project, version: string, signal?: AbortSignal) =>
    getJson<ChecksResponse>(`${at(p)}/versions/${seg(version)}/checks`, signal),
  runChecks: (p: Project, version: string, branch: string) =>
    write<null>('POST', `${at(p)}/versions/${seg(version)}/checks`, { branch }),

  listCutRequests: (p: Project, signal?: AbortSignal) =>
    getJson<CutRequestSummary[]>(`${at(p)}/cut-requests`, signal),
  createCutRequest: (p: Project, request: CreateCutRequestRequest) =>
    write<CutRequestResponse>('POST', `${at(p)}/cut-requests`, request),
  getCutRequest: (p: Project, number: number, signal?: AbortSignal) =>
    getJson<CutRequestResponse>(cutRequest(p, number), signal),
  updateCutRequest: (p: Project, number: number, request: UpdateCutRequestRequest) =>
    write<CutRequestResponse>('PUT', cutRequest(p, number), request),
  review: (p: Project, number: number, review: ReviewRequest) =>
    write<CutRequestResponse>('PUT', `${cutRequest(p, number)}/reviews`, review),
  queue: (p: Project, number: number, expectedSource: string) =>
    write<CutRequestResponse>('POST', `${cutRequest(p, number)}/queue`, { expectedSource }),
  leaveQueue: (p: Project, number: number) =>
    write<CutRequestResponse>('DELETE', `${cutRequest(p, number)}/queue`),
  resolve: (p: Project, number: number, conflict: string, answer: ResolveRequest) =>
    write<CutRequestResponse>('PUT', `${cutRequest(p, number)}/resolutions/${seg(conflict)}`, answer),
  unresolve: (p: Project, number: number, conflict: string) =>
    write<CutRequestResponse>('DELETE', `${cutRequest(p, number)}/resolutions/${seg(conflict)}`),
  getOutcomes: (p: Project, number: number, conflict: string, signal?: AbortSignal) =>
    getJson<OutcomesResponse>(`${cutRequest(p, number)}/conflicts/${seg(conflict)}/outcomes`, signal),
  merge: (p: Project, number: number, request: MergeCutRequestRequest) =>
    write<MergeCutRequestResponse>('POST', `${cutRequest(p, number)}/merge`, request),
  close: (p: Project, number: number) => write<CutRequestResponse>('POST', `${cutRequest(p, number)}/close`),
};
