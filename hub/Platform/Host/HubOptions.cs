namespace CineGit.Hub.Platform.Host;

/// <summary>Section <c>Hub</c> of the configuration: <c>--Hub:Data DIR</c> or <c>Hub__Data=DIR</c>.</summary>
public sealed record HubOptions
{
    public const string Section = "Hub";

    /// <summary>Where the hub keeps everything that is its own; null for the place usual on this system.</summary>
    public string? Data { get; init; }

    public string Url { get; init; } = "http://127.0.0.1:5210";

    /// <summary>Where people reach the hub, for links in letters, when it is not <see cref="Url"/>: behind a proxy.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Connection string of an existing database, as a role without BYPASSRLS; null for the hub's own cluster.</summary>
    public string? Database { get; init; }

    /// <summary>Connection string of the role that owns the tables; required with <see cref="Database"/>.</summary>
    public string? DatabaseOwner { get; init; }

    /// <summary>Folder with <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>; null to look for it.</summary>
    public string? PostgresBin { get; init; }

    /// <summary>Requests that a person may send in a minute, at one node; a quarter of them at once.</summary>
    public int RequestsPerPerson { get; init; } = 6_000;

    /// <summary>The same for an address from which nobody is signed in.</summary>
    public int RequestsPerAddress { get; init; } = 1_200;

    /// <summary>Where traces and metrics go by OTLP, over HTTP, as <c>http://collector:4318</c>; null to send none.</summary>
    public string? Telemetry { get; init; }
}
