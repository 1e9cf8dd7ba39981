using System.Security.Claims;

namespace CineGit.Hub.Features.Identity.Providers;

/// <summary>Whom a provider has proven, by its own account.</summary>
/// <param name="Subject">The provider's name for the person, which never changes.</param>
/// <param name="Email">Null when the provider does not say it, or has not verified it: then it is nobody's.</param>
/// <param name="SecondFactor">The provider says that it asked for one.</param>
public sealed record ProvenIdentity(string Provider, string Subject, string? Email, string? Name, bool SecondFactor)
{
    const string SubjectClaim = "sub";
    const string EmailClaim = "email";
    const string NameClaim = "name";
    const string SecondFactorClaim = "mfa";

    public static ProvenIdentity Of(string provider, ClaimsPrincipal principal) => new(
        provider,
        principal.FindFirstValue(SubjectClaim) ?? throw new InvalidOperationException("A ticket without a subject."),
        principal.FindFirstValue(EmailClaim),
        principal.FindFirstValue(NameClaim),
        principal.HasClaim(claim => claim.Type == SecondFactorClaim));

    public IEnumerable<Claim> ToClaims()
    {
        yield return new Claim(SubjectClaim, Subject);
        if (Email is not null) yield return new Claim(EmailClaim, Email);
        if (Name is not null) yield return new Claim(NameClaim, Name);
        if (SecondFactor) yield return new Claim(SecondFactorClaim, "");
    }
}
