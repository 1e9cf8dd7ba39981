using System.Collections.Immutable;

namespace CineGit.Timeline.Otio;

/// <summary>
/// A release of OpenTimelineIO by the schema versions it writes. A release refuses files with later ones, so a file for an
/// older tool has to be converted. From 0.14 on only these two schemas changed.
/// </summary>
/// <param name="Name"><c>0.14</c> to <c>0.19</c>.</param>
/// <param name="ClipVersion">1 has one media reference, 2 several by key.</param>
/// <param name="MarkerVersion">2 has a colour by name, 3 a Color object.</param>
public sealed record OtioRelease(string Name, int ClipVersion, int MarkerVersion)
{
    public static readonly OtioRelease V14 = new("0.14", 1, 2);
    public static readonly OtioRelease V15 = new("0.15", 2, 2);
    public static readonly OtioRelease V16 = new("0.16", 2, 2);
    public static readonly OtioRelease V17 = new("0.17", 2, 2);
    public static readonly OtioRelease V18 = new("0.18", 2, 2);
    public static readonly OtioRelease V19 = new("0.19", 2, 3);

    public static readonly ImmutableArray<OtioRelease> All = [V14, V15, V16, V17, V18, V19];

    /// <summary>The names as a person is told them.</summary>
    public static string Names => string.Join(", ", All.Select(r => r.Name));

    /// <summary>By its name or that of one of its patches: <c>0.18</c>, <c>0.18.1</c>; null for any other.</summary>
    public static OtioRelease? ByName(string name) =>
        All.FirstOrDefault(r => name == r.Name || name.StartsWith(r.Name + ".", StringComparison.Ordinal));

    public override string ToString() => Name;
}
