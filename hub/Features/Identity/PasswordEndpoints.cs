using System.Buffers.Text;
using System.Text;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Host;
using CineGit.Hub.Platform.Mail;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace CineGit.Hub.Features.Identity;

/// <summary>Changing a password, a forgotten one, and proving an e-mail address.</summary>
public static partial class PasswordEndpoints
{
    public static void MapPasswords(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Account");
        group.MapPut(HubRoutes.AccountPassword, ChangeAsync).RequireAuthorization(Policies.InPerson);
        group.MapPost(HubRoutes.AccountEmailLetters, AskForConfirmationAsync).RequireAuthorization(Policies.InPerson);
        group.MapPost(HubRoutes.EmailConfirmations, ConfirmAsync).AllowAnonymous();
        group.MapPost(HubRoutes.PasswordLetters, ForgotAsync).AllowAnonymous();
        group.MapPost(HubRoutes.PasswordResets, ResetAsync).AllowAnonymous();
    }

    internal static ProblemHttpResult WrongPassword() => Problems.Of(
        StatusCodes.Status401Unauthorized, ProblemCodes.WrongCredentials, "Not changed", "The present password is wrong.");

    static async Task<Results<NoContent, ProblemHttpResult>> ChangeAsync(
        ChangePasswordRequest request,
        HttpContext context,
        Credential credential,
        UserManager<Person> people,
        SignIn signIn,
        AccessStore access,
        AttemptLimit attempts,
        ILogger<Person> logger,
        CancellationToken ct)
    {
        if (string.IsNullOrEmpty(request.Current) || request.Password is null) return Problems.Invalid("Give current and password.");
        if (await people.FindByIdAsync(credential.UserId.ToString()) is not { } person) return Problems.NotSignedIn();
        if (attempts.Take(context, person.Email.ToLowerInvariant()) is { } wait) return Problems.SlowDown(context, wait);
        if (!await signIn.IsPasswordAsync(person, request.Current)) return WrongPassword();
        var changed = await people.ChangePasswordAsync(person, request.Current, request.Password);
        if (!changed.Succeeded) return Faults(changed);
        await access.RevokeAllAsync(person.Id, credential.Id, ct);
        LogChanged(logger, person.Id);
        return TypedResults.NoContent();
    }

    static async Task<Results<Accepted, ProblemHttpResult>> ForgotAsync(
        ForgotPasswordRequest request,
        HttpContext context,
        UserManager<Person> people,
        MailQueue mail,
        PublicAddress address,
        AttemptLimit attempts)
    {
        if (string.IsNullOrEmpty(request.Email)) return Problems.Invalid("email is missing.");
        if (attempts.Take(context, "letter " + request.Email.ToLowerInvariant()) is { } wait) return Problems.SlowDown(context, wait);
        if (await people.FindByEmailAsync(request.Email) is { } person)
        {
            var link = Link(address, "/reset-password", person, await people.GeneratePasswordResetTokenAsync(person));
            mail.Post(new Letter(
                person.Email,
                "A new password for CineGit",
                $"Somebody, probably you, asked for a new password. Open this link within an hour to choose one:\n\n{link}\n\nElse do nothing."));
        }

        return TypedResults.Accepted((string?)null);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> ResetAsync(
        ResetPasswordRequest request,
        HttpContext context,
        UserManager<Person> people,
        AccessStore access,
        AttemptLimit attempts,
        ILogger<Person> logger,
        CancellationToken ct)
    {
        if (request.Token is null || request.Password is null) return Problems.Invalid("Give user, token and password.");
        if (attempts.Take(context, $"reset {request.User}") is { } wait) return Problems.SlowDown(context, wait);
        if (await people.FindByIdAsync(request.User.ToString()) is not { } person || Read(request.Token) is not { } token
            || !await people.VerifyUserTokenAsync(person, TokenOptions.DefaultProvider, UserManager<Person>.ResetPasswordTokenPurpose, token))
        {
            return Ended();
        }

        var changed = await people.ResetPasswordAsync(person, token, request.Password);
        if (!changed.Succeeded) return Faults(changed);
        await people.SetLockoutEndDateAsync(person, null);
        await access.RevokeAllAsync(person.Id, keep: null, ct);
        LogReset(logger, person.Id);
        return TypedResults.NoContent();
    }

    static async Task<Results<Accepted, ProblemHttpResult>> AskForConfirmationAsync(
        HttpContext context, Credential credential, UserManager<Person> people, MailQueue mail, PublicAddress address, AttemptLimit attempts)
    {
        if (await people.FindByIdAsync(credential.UserId.ToString()) is not { } person) return Problems.NotSignedIn();
        if (attempts.Take(context, $"confirm {person.Id}") is { } wait) return Problems.SlowDown(context, wait);
        var link = Link(address, "/confirm-email", person, await people.GenerateEmailConfirmationTokenAsync(person));
        mail.Post(new Letter(
            person.Email, "Is this your e-mail address?", $"Open this link within an hour to confirm your address for CineGit:\n\n{link}\n"));
        return TypedResults.Accepted((string?)null);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> ConfirmAsync(
        ConfirmEmailRequest request, HttpContext context, UserManager<Person> people, AttemptLimit attempts)
    {
        if (request.Token is null) return Problems.Invalid("token is missing.");
        if (attempts.Take(context, $"confirm {request.User}") is { } wait) return Problems.SlowDown(context, wait);
        return await people.FindByIdAsync(request.User.ToString()) is { } person && Read(request.Token) is { } token
            && (await people.ConfirmEmailAsync(person, token)).Succeeded
                ? TypedResults.NoContent()
                : Ended();
    }

    /// <summary>Behind the hash, so that no log and no other site on the way sees it.</summary>
    static string Link(PublicAddress address, string page, Person person, string token) =>
        address.Of($"{page}#user={person.Id}&token={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token))}");

    static string? Read(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    static ProblemHttpResult Faults(IdentityResult result) =>
        Problems.Invalid(string.Join(' ', result.Errors.Select(error => error.Description)));

    static ProblemHttpResult Ended() => Problems.Of(
        StatusCodes.Status400BadRequest, ProblemCodes.Expired, "Too late, or used", "This link has ended; ask for a new one.");

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} changed the password")]
    static partial void LogChanged(ILogger logger, Guid user);

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} set a new password by letter")]
    static partial void LogReset(ILogger logger, Guid user);
}
