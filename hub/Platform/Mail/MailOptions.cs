namespace CineGit.Hub.Platform.Mail;

/// <summary>Section <c>Mail</c> of the configuration. Without a host, letters are left as .eml files in the data folder's <c>mail</c>.</summary>
public sealed record MailOptions
{
    public const string Section = "Mail";

    /// <summary>The SMTP server.</summary>
    public string? Host { get; init; }

    public int Port { get; init; } = 587;

    /// <summary>STARTTLS; turn it off only for a server on this machine.</summary>
    public bool Tls { get; init; } = true;

    public string? User { get; init; }

    public string? Password { get; init; }

    public string From { get; init; } = "cinegit@localhost";
}
