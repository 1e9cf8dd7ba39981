using System.Collections.Immutable;

namespace CineGit.Contracts.Hub;

/// <summary>Stable values of <c>code</c> in problem+json answers. Clients switch on these, never on titles.</summary>
public static class ProblemCodes
{
    /// <summary>400: a field is missing or malformed; <c>detail</c> names it.</summary>
    public const string InvalidRequest = "invalid-request";

    /// <summary>401: not signed in, or the token has ended.</summary>
    public const string NotSignedIn = "not-signed-in";

    /// <summary>401: wrong e-mail or password; the answer never says which.</summary>
    public const string WrongCredentials = "wrong-credentials";

    /// <summary>401: the password is right, and the account asks for a one-time code besides.</summary>
    public const string CodeNeeded = "code-needed";

    /// <summary>403: signed in, but the anti-forgery header is missing or wrong.</summary>
    public const string ForgeryRefused = "forgery-refused";

    /// <summary>403: this link was used, or another hub printed it.</summary>
    public const string SetupRefused = "setup-refused";

    /// <summary>403: the role, or the token's scope, does not allow it; <c>detail</c> names the permission.</summary>
    public const string NotAllowed = "not-allowed";

    /// <summary>403: this branch takes nothing by push; open a cut request into it.</summary>
    public const string BranchProtected = "branch-protected";

    /// <summary>404: not there, or not yours; the two are not told apart.</summary>
    public const string NotFound = "not-found";

    /// <summary>409: the name is taken.</summary>
    public const string NameTaken = "name-taken";

    /// <summary>409: the branch moved; <c>actualHead</c> has its head.</summary>
    public const string BranchStale = "branch-stale";

    /// <summary>409: conflicts are open; <c>openConflicts</c> counts them.</summary>
    public const string ConflictsOpen = "conflicts-open";

    /// <summary>409: the cut request is merged or closed already.</summary>
    public const string CutRequestEnded = "cut-request-ended";

    /// <summary>409: the cut request is a draft.</summary>
    public const string CutRequestDraft = "cut-request-draft";

    /// <summary>409: the target branch asks for more than the cut request has; <c>missing</c> lists what, in words.</summary>
    public const string MergeBlocked = "merge-blocked";

    /// <summary>409: the target branch has everything that the source branch has.</summary>
    public const string NothingToMerge = "nothing-to-merge";

    /// <summary>409: the first request with this Idempotency-Key is still being carried out; Retry-After says when to ask again.</summary>
    public const string KeyInUse = "key-in-use";

    /// <summary>410: the events asked for are no longer kept, or never were; fetch again what they told of, then listen from now on.</summary>
    public const string EventsTooOld = "events-too-old";

    /// <summary>412: what If-Match names is no longer how it is; fetch it, look, and try again.</summary>
    public const string Changed = "changed";

    /// <summary>409: the account is not, or no longer, in a state in which this can be done.</summary>
    public const string AccountChanged = "account-changed";

    /// <summary>409: this e-mail address has an account; sign in to it.</summary>
    public const string AccountExists = "account-exists";

    /// <summary>409: the person is in the organization.</summary>
    public const string AlreadyMember = "already-member";

    /// <summary>409: a member or project has this role; give them another first.</summary>
    public const string RoleInUse = "role-in-use";

    /// <summary>409: an organization keeps at least one admin.</summary>
    public const string LastAdmin = "last-admin";

    /// <summary>409: as many people as the link is for have come by it.</summary>
    public const string LinkFull = "link-full";

    /// <summary>409: it is the only way in that the person has.</summary>
    public const string LastWayIn = "last-way-in";

    /// <summary>503: who was to say who the person is does not answer.</summary>
    public const string ProviderAway = "provider-away";

    /// <summary>413: larger than the hub takes in one body.</summary>
    public const string TooLarge = "too-large";

    /// <summary>422: a version's packs are unsound, do not have its hashes, or hold no readable cut in canonical form.</summary>
    public const string InvalidCut = "invalid-cut";

    /// <summary>422: a version names a parent, cut or native file that the hub does not have.</summary>
    public const string MissingObject = "missing-object";

    /// <summary>422: the two have no common version to merge from.</summary>
    public const string Unrelated = "unrelated";

    /// <summary>422: this version cannot be written in that format.</summary>
    public const string NotExportable = "not-exportable";

    /// <summary>422: this Idempotency-Key was used for another request.</summary>
    public const string KeyReused = "key-reused";

    /// <summary>429: too many requests or attempts; Retry-After says when.</summary>
    public const string SlowDown = "slow-down";

    /// <summary>400, device code: the person has not answered yet; poll on.</summary>
    public const string AuthorizationPending = "authorization-pending";

    /// <summary>400, device code or refresh: too late, or revoked; start again.</summary>
    public const string Expired = "expired";

    /// <summary>400, device code or refresh: the signature is not the one of the bay's key.</summary>
    public const string ProofRefused = "proof-refused";

    /// <summary>403: the organization's seats are all taken, or this agent was sent away.</summary>
    public const string NoSeat = "no-seat";

    /// <summary>500: a fault of the hub; <c>correlationId</c>, which is the trace id, finds it in the hub's log.</summary>
    public const string InternalError = "internal-error";

    /// <summary>503: the database is away at this moment; Retry-After says when to try again.</summary>
    public const string Unavailable = "unavailable";

    public static ImmutableArray<string> All { get; } =
    [
        InvalidRequest, NotSignedIn, WrongCredentials, CodeNeeded, ForgeryRefused, SetupRefused, NotAllowed, NoSeat,
        AccountChanged, AccountExists, AlreadyMember, RoleInUse, LastAdmin, LinkFull, LastWayIn, ProviderAway,
        NotFound, NameTaken, BranchStale, BranchProtected, ConflictsOpen, CutRequestEnded, CutRequestDraft, MergeBlocked,
        NothingToMerge, KeyInUse, EventsTooOld, Changed, TooLarge,
        InvalidCut, MissingObject, Unrelated, NotExportable, KeyReused,
        SlowDown, AuthorizationPending, Expired, ProofRefused, InternalError, Unavailable,
    ];
}
