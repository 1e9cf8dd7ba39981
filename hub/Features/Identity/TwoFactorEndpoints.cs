using CineGit.Contracts.Hub;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace CineGit.Hub.Features.Identity;

/// <summary>One-time codes besides the password, and recovery codes for a lost telephone.</summary>
public static partial class TwoFactorEndpoints
{
    const int RecoveryCodes = 10;

    public static void MapTwoFactor(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").RequireAuthorization(Policies.InPerson).WithTags("Account");
        group.MapGet(HubRoutes.Account, GetAsync);
        group.MapPost(HubRoutes.AccountTwoFactor, BeginAsync);
        group.MapPut(HubRoutes.AccountTwoFactor, EnableAsync);
        group.MapPost(HubRoutes.AccountTwoFactorEnd, DisableAsync);
        group.MapPost(HubRoutes.AccountRecoveryCodes, RenewCodesAsync);
    }

    static async Task<Results<Ok<AccountResponse>, ProblemHttpResult>> GetAsync(Credential credential, UserManager<Person> people)
    {
        if (await people.FindByIdAsync(credential.UserId.ToString()) is not { } person) return Problems.NotSignedIn();
        return TypedResults.Ok(new AccountResponse(
            new UserResponse(person.Id, person.DisplayName, person.Email),
            person.EmailConfirmed,
            person.TwoFactorEnabled,
            await people.CountRecoveryCodesAsync(person)));
    }

    /// <summary>A key counts for nothing until a code of it has come back.</summary>
    static async Task<Results<Ok<TwoFactorKeyResponse>, ProblemHttpResult>> BeginAsync(
        PasswordRequest request, HttpContext context, Credential credential, UserManager<Person> people, SignIn signIn, AttemptLimit attempts)
    {
        var (person, refusal) = await AskAgainAsync(request, context, credential, people, signIn, attempts);
        if (person is null) return refusal ?? Problems.NotSignedIn();
        if (person.TwoFactorEnabled) return AlreadyOn();
        return await SetKeyAsync(people, person) is { } made
            ? TypedResults.Ok(new TwoFactorKeyResponse(made, OneTimeCode.Address(made, person.Email)))
            : Problems.Conflict(ProblemCodes.AccountChanged, "The account was changed at the same moment; try again.");
    }

    static async Task<Results<Ok<RecoveryCodesResponse>, ProblemHttpResult>> EnableAsync(
        EnableTwoFactorRequest request,
        HttpContext context,
        Credential credential,
        UserManager<Person> people,
        SignIn signIn,
        AttemptLimit attempts,
        ILogger<Person> logger,
        CancellationToken ct)
    {
        if (string.IsNullOrEmpty(request.Code)) return Problems.Invalid("code is missing; type what the app shows.");
        if (await people.FindByIdAsync(credential.UserId.ToString()) is not { } person) return Problems.NotSignedIn();
        if (attempts.Take(context, $"code {person.Id}") is { } wait) return Problems.SlowDown(context, wait);
        if (person.TwoFactorEnabled) return AlreadyOn();
        if (!await signIn.TakeCodeAsync(person, request.Code, ct))
        {
            return Problems.Invalid("This is not the code of this moment; wait for the next one, and check the clock of the telephone.");
        }

        await people.SetTwoFactorEnabledAsync(person, true);
        LogEnabled(logger, person.Id);
        return TypedResults.Ok(await CodesAsync(people, person));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> DisableAsync(
        PasswordRequest request,
        HttpContext context,
        Credential credential,
        UserManager<Person> people,
        SignIn signIn,
        AttemptLimit attempts,
        ILogger<Person> logger)
    {
        var (person, refusal) = await AskAgainAsync(request, context, credential, people, signIn, attempts);
        if (person is null) return refusal ?? Problems.NotSignedIn();
        await people.SetTwoFactorEnabledAsync(person, false);
        LogDisabled(logger, person.Id);
        return TypedResults.NoContent();
    }

    static async Task<Results<Ok<RecoveryCodesResponse>, ProblemHttpResult>> RenewCodesAsync(
        PasswordRequest request, HttpContext context, Credential credential, UserManager<Person> people, SignIn signIn, AttemptLimit attempts)
    {
        var (person, refusal) = await AskAgainAsync(request, context, credential, people, signIn, attempts);
        if (person is null) return refusal ?? Problems.NotSignedIn();
        if (!person.TwoFactorEnabled) return Problems.Invalid("Two-factor sign-in is off; there is nothing to recover from.");
        return TypedResults.Ok(await CodesAsync(people, person));
    }

    /// <summary>A session that was left open must not be enough to change how its person signs in.</summary>
    internal static async Task<(Person? Person, ProblemHttpResult? Refusal)> AskAgainAsync(
        PasswordRequest request, HttpContext context, Credential credential, UserManager<Person> people, SignIn signIn, AttemptLimit attempts)
    {
        if (string.IsNullOrEmpty(request.Password)) return (null, Problems.Invalid("password is missing."));
        if (await people.FindByIdAsync(credential.UserId.ToString()) is not { } person) return default;
        if (attempts.Take(context, person.Email.ToLowerInvariant()) is { } wait) return (null, Problems.SlowDown(context, wait));
        return await signIn.IsPasswordAsync(person, request.Password) ? (person, null) : (null, PasswordEndpoints.WrongPassword());
    }

    static async Task<string?> SetKeyAsync(UserManager<Person> people, Person person) =>
        (await people.ResetAuthenticatorKeyAsync(person)).Succeeded ? await people.GetAuthenticatorKeyAsync(person) : null;

    static async Task<RecoveryCodesResponse> CodesAsync(UserManager<Person> people, Person person) =>
        new([.. await people.GenerateNewTwoFactorRecoveryCodesAsync(person, RecoveryCodes) ?? []]);

    static ProblemHttpResult AlreadyOn() =>
        Problems.Conflict(ProblemCodes.AccountChanged, "Two-factor sign-in is on; turn it off first.");

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} turned two-factor sign-in on")]
    static partial void LogEnabled(ILogger logger, Guid user);

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} turned two-factor sign-in off")]
    static partial void LogDisabled(ILogger logger, Guid user);
}
