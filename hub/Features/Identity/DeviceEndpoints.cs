using System.Diagnostics;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Identity;

/// <summary>How an edit bay is let in: RFC 8628, device authorization.</summary>
public static partial class DeviceEndpoints
{
    const int LongestMachineName = 100;

    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(HubRoutes.DeviceCodes, RequestCodeAsync).AllowAnonymous();
        routes.MapPost(HubRoutes.DeviceTokens, PollAsync).AllowAnonymous();
        routes.MapPost(HubRoutes.DeviceRefresh, RefreshAsync).AllowAnonymous();
        routes.MapGet(HubRoutes.DeviceApprovals, GetApprovalAsync).RequireAuthorization(Policies.InPerson);
        routes.MapPost(HubRoutes.DeviceApprovals, ApproveAsync).RequireAuthorization(Policies.InPerson);
    }

    static async Task<Results<Ok<DeviceCodeResponse>, ProblemHttpResult>> RequestCodeAsync(
        DeviceCodeRequest request, HttpContext context, DeviceStore devices, AttemptLimit attempts, CancellationToken ct)
    {
        if (request.MachineName?.Trim() is not { Length: > 0 and <= LongestMachineName } machine || machine.Any(char.IsControl))
        {
            return Problems.Invalid($"machineName must have 1 to {LongestMachineName} characters.");
        }

        if (MachineKey.Read(request.PublicKey) is not { } key)
        {
            return Problems.Invalid("publicKey must be a P-256 key: base64 of its SubjectPublicKeyInfo. An agent of another version does not send it.");
        }

        if (attempts.Take(context, account: null) is { } wait) return Problems.SlowDown(context, wait);
        var code = await devices.RequestCodeAsync(machine, key, ct);
        var page = $"{context.Request.Scheme}://{context.Request.Host}/device?code={code.UserCode}";
        return TypedResults.Ok(new DeviceCodeResponse(
            code.DeviceCode, code.UserCode, page, Seconds(DeviceStore.CodeLifetime), Seconds(DeviceStore.PollInterval)));
    }

    static async Task<Results<Ok<DeviceApprovalResponse>, ProblemHttpResult>> GetApprovalAsync(
        string? code, HttpContext context, DeviceStore devices, AttemptLimit attempts, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(code)) return Problems.Invalid("code is missing; type the code that the edit bay shows.");
        if (Guard(context, attempts) is { } wait) return Problems.SlowDown(context, wait);
        return await devices.FindMachineAsync(UserCode.Normalize(code), ct) is { } machine
            ? TypedResults.Ok(new DeviceApprovalResponse(machine))
            : UnknownCode();
    }

    static async Task<Results<Ok<DeviceApprovalResponse>, ProblemHttpResult>> ApproveAsync(
        DeviceApprovalRequest request,
        HttpContext context,
        DeviceStore devices,
        AttemptLimit attempts,
        ILogger<DeviceStore> logger,
        CancellationToken ct)
    {
        if (string.IsNullOrEmpty(request.UserCode)) return Problems.Invalid("userCode is missing; type the code that the edit bay shows.");
        if (SignedInUser.IdOf(context.User) is not { } user) return Problems.NotSignedIn();
        if (Guard(context, attempts) is { } wait) return Problems.SlowDown(context, wait);
        if (await devices.ApproveAsync(UserCode.Normalize(request.UserCode), user, ct) is not { } machine) return UnknownCode();
        LogApproved(logger, machine, user);
        return TypedResults.Ok(new DeviceApprovalResponse(machine));
    }

    static async Task<Results<Ok<TokenResponse>, ProblemHttpResult>> PollAsync(
        DeviceTokenRequest request, HttpContext context, DeviceStore devices, SessionStore sessions, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(request.DeviceCode)) return Problems.Invalid("deviceCode is missing.");
        return await devices.PollAsync(request.DeviceCode, request.Proof, ct) switch
        {
            PollResult.Pending => Problems.Of(
                StatusCodes.Status400BadRequest, ProblemCodes.AuthorizationPending, "Not answered yet",
                "Nobody has confirmed this code yet; ask again after the interval."),
            PollResult.TooFast => Problems.SlowDown(context, DeviceStore.PollInterval),
            PollResult.Expired => Ended("The code has ended; ask for a new one."),
            PollResult.Unproven => Unproven(),
            PollResult.Approved approved => await TokensAsync(approved.UserId, approved.Tokens, sessions, ct),
            _ => throw new UnreachableException(),
        };
    }

    static async Task<Results<Ok<TokenResponse>, ProblemHttpResult>> RefreshAsync(
        RefreshRequest request, DeviceStore devices, SessionStore sessions, ILogger<DeviceStore> logger, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(request.RefreshToken)) return Problems.Invalid("refreshToken is missing.");
        switch (await devices.RefreshAsync(request.RefreshToken, request.Proof, ct))
        {
            case RefreshResult.Renewed(var user, var tokens):
                return await TokensAsync(user, tokens, sessions, ct);
            case RefreshResult.Unproven:
                LogUnproven(logger);
                return Unproven();
            default:
                return Ended("This sign-in has ended; sign in again.");
        }
    }

    static async Task<Results<Ok<TokenResponse>, ProblemHttpResult>> TokensAsync(
        Guid userId, NewTokens tokens, SessionStore sessions, CancellationToken ct) =>
        await sessions.FindUserAsync(userId, ct) is { } user
            ? TypedResults.Ok(new TokenResponse(tokens.Access, tokens.Refresh, Seconds(DeviceStore.AccessLifetime), user))
            : Ended("This account is gone; sign in with another.");

    /// <summary>A signed-in person must not find other people's codes by trying.</summary>
    static TimeSpan? Guard(HttpContext context, AttemptLimit attempts) =>
        attempts.Take(context, $"device-code {SignedInUser.IdOf(context.User)}");

    static ProblemHttpResult UnknownCode() =>
        Problems.NotFound("No edit bay waits with this code; codes end after ten minutes, so ask the bay for a new one.");

    static ProblemHttpResult Ended(string detail) =>
        Problems.Of(StatusCodes.Status400BadRequest, ProblemCodes.Expired, "Too late, or revoked", detail);

    static ProblemHttpResult Unproven() => Problems.Of(
        StatusCodes.Status400BadRequest, ProblemCodes.ProofRefused, "Not signed by this machine",
        "The signature is not of the key that this machine was paired with; pair it again.");

    static int Seconds(TimeSpan span) => (int)(span.Ticks / TimeSpan.TicksPerSecond);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A refresh token came without its machine's signature; it may have been stolen")]
    static partial void LogUnproven(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Machine} was let in by {UserId}")]
    static partial void LogApproved(ILogger logger, string machine, Guid userId);
}
