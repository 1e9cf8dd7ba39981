namespace CineGit.Hub.Features.Identity;

/// <summary>A row of <c>users</c> while the framework's UserManager works on it; it changes the properties and then updates.</summary>
public sealed class Person
{
    public Guid Id { get; init; }

    public string Email { get; set; } = "";

    public string DisplayName { get; init; } = "";

    public string? PasswordHash { get; set; }

    /// <summary>Changes with everything that signs in; links sent by mail hold until then.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>Changes with each update, which fails when it was another.</summary>
    public string ConcurrencyStamp { get; set; } = "";

    public bool EmailConfirmed { get; set; }

    public int AccessFailedCount { get; set; }

    public DateTimeOffset? LockoutEnd { get; set; }

    public bool TwoFactorEnabled { get; set; }

    /// <summary>Encrypted.</summary>
    public string? AuthenticatorKey { get; set; }
}
