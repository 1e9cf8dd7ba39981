using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Organizations;
using CineGit.Hub.Platform.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;

namespace CineGit.Hub.Features.Identity.Providers;

/// <summary>What a request for a provider's proof was made for; travels encrypted in the state.</summary>
public static class ProviderPurpose
{
    /// <summary>Where the person was going.</summary>
    public const string To = "to";

    /// <summary>With which invitation they came.</summary>
    public const string Invitation = "invitation";

    /// <summary>The session that asked for the link, and its person.</summary>
    public const string Session = "session";

    public const string Person = "person";
}

/// <summary>On a request that is to be answered with where the browser goes next.</summary>
public sealed record ProviderAddress(string Address);

/// <summary>Where the browser lands when it comes back from a provider. It is on its way from another site, so its session cookie is not with it.</summary>
public sealed partial class ProviderCallback(
    ProviderEntry entry, SessionStore sessions, OrganizationStore organizations, TokenStore tokens, PendingProofs proofs, TimeProvider time, ILogger<ProviderCallback> logger)
{
    public static OAuthEvents Events(SignInProvider provider) => new()
    {
        OnRedirectToAuthorizationEndpoint = context =>
        {
            context.HttpContext.Features.Set(new ProviderAddress(context.RedirectUri));
            return Task.CompletedTask;
        },
        OnTicketReceived = context => context.HttpContext.RequestServices.GetRequiredService<ProviderCallback>().ReceiveAsync(context, provider),
        OnRemoteFailure = context =>
        {
            context.HttpContext.RequestServices.GetRequiredService<ProviderCallback>().LogFailed(provider.Name, context.Failure?.Message);
            context.HandleResponse();
            context.Response.Redirect(Refusal(ProviderRefusal.Failed));
            return Task.CompletedTask;
        },
    };

    async Task ReceiveAsync(TicketReceivedContext context, SignInProvider provider)
    {
        context.HandleResponse();
        context.Response.Redirect(await WhereToAsync(context, provider));
    }

    async Task<string> WhereToAsync(TicketReceivedContext context, SignInProvider provider)
    {
        var (http, ct) = (context.HttpContext, context.HttpContext.RequestAborted);
        var asked = context.Properties?.Items ?? throw new InvalidOperationException("A ticket without its request.");
        var identity = ProvenIdentity.Of(provider.Name, context.Principal ?? throw new InvalidOperationException("A ticket without its person."));
        switch (await EnterAsync(provider, identity, asked, ct))
        {
            case ProviderEntryResult.Entered(var person):
                var user = new UserResponse(person.Id, person.DisplayName, person.Email);
                await SessionEndpoints.OpenAsync(http, user, sessions, organizations, ct);
                LogEntered(person.Id, provider.Name);
                return asked.TryGetValue(ProviderPurpose.To, out var to) && IsPath(to) ? to ?? "/" : "/";
            case ProviderEntryResult.Linked:
                return "/sign-in#linked=" + provider.Name;
            case ProviderEntryResult.PasswordNeeded(var person):
                return Asks("password", proofs.Write(identity, person.Id, link: true), person.Email);
            case ProviderEntryResult.CodeNeeded(var person):
                return Asks("code", proofs.Write(identity, person.Id, link: false), person.Email);
            case ProviderEntryResult.Refused(var why):
                return Refusal(why);
            default:
                return Refusal(ProviderRefusal.Failed);
        }
    }

    async Task<ProviderEntryResult> EnterAsync(SignInProvider provider, ProvenIdentity identity, IDictionary<string, string?> asked, CancellationToken ct)
    {
        if (!asked.TryGetValue(ProviderPurpose.Session, out var text))
        {
            return await entry.EnterAsync(provider, identity, asked.TryGetValue(ProviderPurpose.Invitation, out var secret) ? secret : null, ct);
        }

        return Guid.TryParse(text, out var session)
            && asked.TryGetValue(ProviderPurpose.Person, out var who) && Guid.TryParse(who, out var user)
            && await tokens.IsCurrentAsync(new Credential(session, CredentialKind.Browser, user, null), time.GetUtcNow(), ct)
                ? await entry.LinkAsync(provider, identity, user, ct)
                : new ProviderEntryResult.Refused(ProviderRefusal.Failed);
    }

    /// <summary>A path of this hub and nothing else.</summary>
    public static bool IsPath(string? to) => to is ['/'] or ['/', not ('/' or '\\'), ..];

    static string Asks(string what, string proof, string email) => $"/sign-in#asks={what}&proof={proof}&email={Uri.EscapeDataString(email)}";

    static string Refusal(ProviderRefusal why) => "/sign-in#refused=" + why switch
    {
        ProviderRefusal.Unverified => "unverified",
        ProviderRefusal.NoAccount => "no-account",
        ProviderRefusal.NotAdmitted => "not-admitted",
        ProviderRefusal.Taken => "taken",
        ProviderRefusal.Invitation => "invitation",
        _ => "failed",
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} signed in by {Provider}")]
    partial void LogEntered(Guid user, string provider);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in by {Provider} failed: {Reason}")]
    partial void LogFailed(string provider, string? reason);
}
