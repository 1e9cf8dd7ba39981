using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Database;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace CineGit.Hub.Platform.Events;

/// <summary>
/// A request that stays open. It is let in once more whenever its person's authorization changes, and now and then without a
/// cause: by the same authentication and the same policy that its next request would meet, so that no rule is written twice.
/// </summary>
public sealed class OpenStream(HttpContext context, Membership member, AuthorizationChanges changes)
{
    /// <summary>As of the last time that the request was let in.</summary>
    public Membership Member => context.Features.Get<Membership>() ?? member;

    /// <summary>Ends when <see cref="IsStillLetInAsync"/> may answer otherwise than it does after this was asked for.</summary>
    public Task Changed => changes.NextOf(member.UserId);

    public async Task<bool> IsStillLetInAsync()
    {
        try
        {
            // A scope of its own has handlers of its own: those of the request answer from memory.
            await using var scope = context.RequestServices.CreateAsyncScope();
            var handlers = scope.ServiceProvider.GetRequiredService<IAuthenticationHandlerProvider>();
            if (await handlers.GetHandlerAsync(context, TokenAuthentication.Name) is not { } handler) return false;
            var known = await handler.AuthenticateAsync();
            if (known.Principal is not { } person || SignedInUser.IdOf(person) != member.UserId) return false;

            var asked = context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>() ?? [];
            var policies = scope.ServiceProvider.GetRequiredService<IAuthorizationPolicyProvider>();
            if (await AuthorizationPolicy.CombineAsync(policies, asked) is not { } policy) return false;
            var authorization = scope.ServiceProvider.GetRequiredService<IAuthorizationService>();
            return (await authorization.AuthorizeAsync(person, context, policy)).Succeeded;
        }
        catch (Exception failure) when (DatabaseFailure.IsFromDatabase(failure))
        {
            // Nobody can say, so it ends; the reader comes back with the number it has seen.
            return false;
        }
    }
}
