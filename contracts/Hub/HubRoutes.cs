namespace CineGit.Contracts.Hub;

/// <summary>
/// The hub's routes. <c>{organization}</c> and <c>{project}</c> are slugs, <c>{branch}</c> a branch name, <c>{version}</c>
/// 64 hexadecimal digits, <c>{number}</c> a cut request's number within its project, <c>{user}</c> a person's id, <c>{role}</c> a role's name.
/// </summary>
public static class HubRoutes
{
    public const string Api = "/api/v1";

    public const string Setup = Api + "/setup";
    public const string Session = Api + "/session";

    public const string Providers = Session + "/providers";
    public const string Provider = Providers + "/{provider}";
    public const string ProviderProofs = Session + "/proofs";

    public const string Account = Api + "/account";
    public const string AccountPassword = Account + "/password";
    public const string AccountEmailLetters = Account + "/email/letters";
    public const string AccountTwoFactor = Account + "/two-factor";
    public const string AccountTwoFactorEnd = AccountTwoFactor + "/end";
    public const string AccountRecoveryCodes = AccountTwoFactor + "/recovery-codes";
    public const string AccountSignIns = Account + "/sign-ins";
    public const string AccountSignIn = AccountSignIns + "/{provider}";
    public const string AccountSignInEnd = AccountSignIn + "/end";
    public const string EmailConfirmations = Api + "/email/confirmations";
    public const string PasswordLetters = Api + "/password/letters";
    public const string PasswordResets = Api + "/password/resets";

    public const string AccountSessions = Account + "/sessions";
    public const string AccountSession = AccountSessions + "/{session:guid}";
    public const string AccountTokens = Account + "/tokens";

    public const string DeviceCodes = Api + "/device/codes";
    public const string DeviceApprovals = Api + "/device/approvals";
    public const string DeviceTokens = Api + "/device/tokens";
    public const string DeviceRefresh = Api + "/device/refresh";

    public const string Organization = Api + "/organizations/{organization}";
    public const string Members = Organization + "/members";
    public const string Member = Members + "/{user:guid}";
    public const string Roles = Organization + "/roles";
    public const string Role = Roles + "/{role}";

    public const string Invitations = Organization + "/invitations";
    public const string Invitation = Invitations + "/{invitation:guid}";
    public const string InvitationPreviews = Api + "/invitations/previews";
    public const string InvitationAcceptances = Api + "/invitations/acceptances";
    public const string AccountInvitations = Account + "/invitations";
    public const string Agents = Organization + "/agents";
    public const string Agent = Agents + "/{agent:guid}";

    public const string Projects = Organization + "/projects";
    public const string Project = Projects + "/{project}";

    public const string ProjectAccess = Project + "/access";
    public const string ProjectMember = Project + "/members/{user:guid}";

    public const string GuestLinks = Project + "/guest-links";
    public const string GuestLink = GuestLinks + "/{link:guid}";
    public const string Guests = Api + "/guests";
    public const string GuestPreviews = Guests + "/previews";

    public const string Branches = Project + "/branches";
    public const string Branch = Branches + "/{branch}";
    public const string Protection = Branch + "/protection";
    public const string MergeQueue = Branch + "/queue";
    public const string Uses = Branch + "/uses";
    public const string ClipHistory = Branch + "/clips/{clip}";
    public const string History = Branch + "/history";

    public const string Pushes = Project + "/pushes";
    public const string Negotiate = Project + "/negotiate";
    public const string Fetches = Project + "/fetches";
    public const string Version = Project + "/versions/{version}";
    public const string VersionCut = Version + "/cut";
    public const string VersionNative = Version + "/native";
    public const string VersionTimeline = Version + "/timeline";
    public const string VersionExport = Version + "/export";
    public const string Checks = Version + "/checks";
    public const string Check = Checks + "/{check}";
    public const string CheckSettings = Project + "/check-settings";
    public const string Tags = Project + "/tags";
    public const string Tag = Tags + "/{tag}";
    public const string ChangeList = Project + "/change-list";
    public const string Compare = Project + "/compare";

    public const string CutRequests = Project + "/cut-requests";
    public const string CutRequest = CutRequests + "/{number:int}";
    public const string Resolution = CutRequest + "/resolutions/{conflict}";
    public const string Outcomes = CutRequest + "/conflicts/{conflict}/outcomes";
    public const string Reviews = CutRequest + "/reviews";
    public const string Reviewer = CutRequest + "/reviewers/{user:guid}";
    public const string Merge = CutRequest + "/merge";
    public const string QueueEntry = CutRequest + "/queue";
    public const string Close = CutRequest + "/close";

    public const string Events = Api + "/organizations/{organization}/events";
    public const string ProjectEvents = Project + "/events";

    public const string Health = "/health";

    /// <summary>Whether this node is to be sent requests.</summary>
    public const string Ready = "/health/ready";

    /// <summary>Counters in the Prometheus text format; for the hub's own machine only.</summary>
    public const string Metrics = "/metrics";
    public const string OpenApi = "/openapi/v1.json";
}
