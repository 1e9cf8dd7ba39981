// Who comes in and how, field for field as in contracts/Hub/*.cs.

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
