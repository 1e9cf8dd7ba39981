using System.Text.Json;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Organizations;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace CineGit.Hub.Features.Identity.Providers;

/// <summary>Signing in by somebody else's proof, and what a person has linked.</summary>
public static partial class ProviderEndpoints
{
    public static void MapProviders(this IEndpointRouteBuilder routes)
    {
        var anybody = routes.MapGroup("").WithTags("Session");
        anybody.MapGet(HubRoutes.Providers, List).AllowAnonymous();
        anybody.MapPost(HubRoutes.Provider, StartAsync).AllowAnonymous();
        anybody.MapPost(HubRoutes.ProviderProofs, FinishAsync).AllowAnonymous();
        var own = routes.MapGroup("").RequireAuthorization(Policies.InPerson).WithTags("Account");
        own.MapGet(HubRoutes.AccountSignIns, ListOwnAsync);
        own.MapPost(HubRoutes.AccountSignIn, LinkAsync);
        own.MapPost(HubRoutes.AccountSignInEnd, EndAsync);
    }

    static Ok<IReadOnlyList<ProviderResponse>> List(SignInProviders providers) =>
        TypedResults.Ok<IReadOnlyList<ProviderResponse>>([.. providers.All.Select(each => new ProviderResponse(each.Name, each.ShownAs))]);

    static async Task<Results<Ok<ProviderStartResponse>, ProblemHttpResult>> StartAsync(
        string provider, ProviderStartRequest request, HttpContext context, SignInProviders providers, AttemptLimit attempts)
    {
        if (providers.Find(provider) is not { } known) return Problems.NotFound();
        if (attempts.Take(context, account: null) is { } wait) return Problems.SlowDown(context, wait);
        var purpose = new AuthenticationProperties();
        if (ProviderCallback.IsPath(request.To)) purpose.Items[ProviderPurpose.To] = request.To;
        if (request.Invitation is { Length: > 0 and < 200 }) purpose.Items[ProviderPurpose.Invitation] = request.Invitation;
        return await AskAsync(context, known, purpose);
    }

    /// <summary>What the provider has proven, with the password or the code that the hub asks for besides.</summary>
    static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> FinishAsync(
        ProviderProofRequest request, HttpContext context, ProviderFinish finish, SessionStore sessions, OrganizationStore organizations, AttemptLimit attempts, CancellationToken ct)
    {
        if (finish.Read(request.Proof) is not { } proof) return Ended();
        if (attempts.Take(context, $"proof {proof.User}") is { } wait) return Problems.SlowDown(context, wait);
        switch (await finish.FinishAsync(proof, request.Password, request.Code, ct))
        {
            case SignInResult.Proven(var person):
                var user = new UserResponse(person.Id, person.DisplayName, person.Email);
                return TypedResults.Ok(await SessionEndpoints.OpenAsync(context, user, sessions, organizations, ct));
            case SignInResult.CodeNeeded:
                return SessionEndpoints.CodeNeeded();
            default:
                return SessionEndpoints.WrongCredentials();
        }
    }

    static async Task<Ok<IReadOnlyList<ExternalSignInResponse>>> ListOwnAsync(Credential credential, ExternalSignInStore ways, CancellationToken ct) =>
        TypedResults.Ok(await ways.ListAsync(credential.UserId, ct));

    static async Task<Results<Ok<ProviderStartResponse>, ProblemHttpResult>> LinkAsync(
        string provider,
        PasswordRequest request,
        HttpContext context,
        Credential credential,
        SignInProviders providers,
        UserManager<Person> people,
        SignIn signIn,
        AttemptLimit attempts)
    {
        if (providers.Find(provider) is not { } known) return Problems.NotFound();
        var (person, refusal) = await TwoFactorEndpoints.AskAgainAsync(request, context, credential, people, signIn, attempts);
        if (person is null) return refusal ?? Problems.NotSignedIn();
        var purpose = new AuthenticationProperties();
        purpose.Items[ProviderPurpose.Session] = credential.Id.ToString();
        purpose.Items[ProviderPurpose.Person] = person.Id.ToString();
        return await AskAsync(context, known, purpose);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(
        string provider,
        EndSignInRequest request,
        HttpContext context,
        Credential credential,
        ExternalSignInStore ways,
        UserManager<Person> people,
        SignIn signIn,
        AttemptLimit attempts,
        ILogger<ExternalSignInStore> logger,
        CancellationToken ct)
    {
        if (await people.FindByIdAsync(credential.UserId.ToString()) is not { } person) return Problems.NotSignedIn();
        if (person.PasswordHash is not null)
        {
            var (proven, refusal) = await TwoFactorEndpoints.AskAgainAsync(new PasswordRequest(request.Password ?? ""), context, credential, people, signIn, attempts);
            if (proven is null) return refusal ?? Problems.NotSignedIn();
        }

        switch (await ways.EndAsync(person.Id, provider, ct))
        {
            case EndSignInResult.Ended:
                LogEnded(logger, person.Id, provider);
                return TypedResults.NoContent();
            case EndSignInResult.LastWayIn:
                return Problems.Conflict(ProblemCodes.LastWayIn, "You have no password and no other way in; choose a password by letter first.");
            default:
                return Problems.NotFound();
        }
    }

    static async Task<Results<Ok<ProviderStartResponse>, ProblemHttpResult>> AskAsync(HttpContext context, SignInProvider provider, AuthenticationProperties purpose)
    {
        try
        {
            await context.ChallengeAsync(provider.Scheme, purpose);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or AuthenticationFailureException or TaskCanceledException)
        {
            return Problems.Of(
                StatusCodes.Status503ServiceUnavailable, ProblemCodes.ProviderAway, "The provider does not answer",
                $"{provider.ShownAs} cannot be asked at this moment; try again, or sign in another way.");
        }

        var address = context.Features.GetRequiredFeature<ProviderAddress>().Address;
        return TypedResults.Ok(new ProviderStartResponse(address));
    }

    static ProblemHttpResult Ended() => Problems.Of(
        StatusCodes.Status400BadRequest, ProblemCodes.Expired, "Too late", "This sign-in has ended; begin again.");

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} ended signing in by {Provider}")]
    static partial void LogEnded(ILogger logger, Guid user, string provider);
}
