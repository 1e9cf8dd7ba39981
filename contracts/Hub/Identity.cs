namespace CineGit.Contracts.Hub;

public static class HubHeaders
{
    /// <summary>Carries <see cref="SessionResponse.AntiForgery"/> on every write made with the cookie.</summary>
    public const string AntiForgery = "X-CineGit-Antiforgery";
}

/// <summary>Whether the hub still waits for its first person.</summary>
public sealed record SetupState(bool Open);

/// <summary>Makes the first user and organization, once, with the secret that the hub printed at first start.</summary>
public sealed record SetupRequest(string Secret, string OrganizationName, string DisplayName, string Email, string Password);

/// <param name="Code">Of the authenticator app, or a recovery code, once the hub has answered <see cref="ProblemCodes.CodeNeeded"/>.</param>
public sealed record SignInRequest(string Email, string Password, string? Code = null);

/// <summary>The person behind a cookie or token.</summary>
/// <param name="User">Who.</param>
/// <param name="Organizations">Every organization this person belongs to.</param>
/// <param name="AntiForgery">Send it back as <c>X-CineGit-Antiforgery</c> on every write made with the cookie; empty for tokens.</param>
/// <param name="Guest">Where somebody without an account is a guest; null for everybody else.</param>
public sealed record SessionResponse(
    UserResponse User, IReadOnlyList<OrganizationResponse> Organizations, string AntiForgery, GuestPlaceResponse? Guest = null);

/// <param name="Email">Empty for guests.</param>
public sealed record UserResponse(Guid Id, string DisplayName, string Email);

public sealed record OrganizationResponse(Guid Id, string Slug, string Name, string Role);

/// <summary>A bay asks to be let in (RFC 8628, device authorization).</summary>
/// <param name="PublicKey">Base64 of the SubjectPublicKeyInfo of a P-256 key that the bay has made for this hub.</param>
public sealed record DeviceCodeRequest(string MachineName, string PublicKey);

/// <param name="DeviceCode">The bay's secret; polls <see cref="HubRoutes.DeviceTokens"/> with it.</param>
/// <param name="UserCode">What the person types or confirms in the browser: <c>WDJB-MJHT</c>.</param>
/// <param name="VerificationUri">The page to open, with the code filled in.</param>
/// <param name="ExpiresInSeconds">How long both live.</param>
/// <param name="IntervalSeconds">How long to wait between polls.</param>
public sealed record DeviceCodeResponse(string DeviceCode, string UserCode, string VerificationUri, int ExpiresInSeconds, int IntervalSeconds);

public sealed record DeviceApprovalRequest(string UserCode);

/// <summary>What is being let in, shown before and after approval.</summary>
public sealed record DeviceApprovalResponse(string MachineName);

/// <param name="Proof"><see cref="MachineProof.OfPairing"/>, signed.</param>
public sealed record DeviceTokenRequest(string DeviceCode, string Proof);

/// <param name="Proof"><see cref="MachineProof.OfRefresh"/>, signed with the key that the bay was paired with.</param>
public sealed record RefreshRequest(string RefreshToken, string Proof);

/// <summary>Opaque bearer token (15 minutes) and a refresh token (30 days, valid once).</summary>
public sealed record TokenResponse(string AccessToken, string RefreshToken, int ExpiresInSeconds, UserResponse User);
