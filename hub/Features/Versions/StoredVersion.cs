using System.Collections.Immutable;
using CineGit.Contracts.Hub;
using CineGit.Timeline.Objects;

namespace CineGit.Hub.Features.Versions;

/// <param name="Id">See <see cref="VersionIdentity"/>.</param>
/// <param name="Parents">Target first for a merge.</param>
/// <param name="Cut">Hash of the cut's root object.</param>
/// <param name="Native">Hash of the root object of the file that was committed.</param>
/// <param name="NativeName">That file's name.</param>
/// <param name="AuthorName">Who made it.</param>
/// <param name="Message">What was done.</param>
/// <param name="CreatedAt">When, by the author's clock.</param>
/// <param name="Generation">1 without parents, else one more than the latest parent's.</param>
/// <param name="Lineage">How many versions lead to this one, itself included.</param>
public sealed record StoredVersion(
    string Id,
    ImmutableArray<string> Parents,
    string Cut,
    string? Native,
    string? NativeName,
    string AuthorName,
    string Message,
    DateTimeOffset CreatedAt,
    int Generation,
    int Lineage)
{
    public PackId CutPack => PackId.OfCut(VersionHash.Of(Id));

    public PackId NativePack => PackId.OfNative(VersionHash.Of(Id));

    public VersionRecord ToRecord() => new(Parents, Cut, Native, NativeName, AuthorName, Message, CreatedAt);

    public VersionResponse ToResponse() =>
        new(Id, Parents, Cut, Native, NativeName, AuthorName, Message, CreatedAt, Generation);
}

/// <summary>A version's columns as SQL selects them, parents joined by spaces.</summary>
sealed record VersionRow(
    string Id,
    string Parents,
    string Cut,
    string? Native,
    string? NativeName,
    string AuthorName,
    string Message,
    DateTimeOffset CreatedAt,
    int Generation,
    int Lineage)
{
    public StoredVersion ToVersion() => new(
        Id,
        [.. Parents.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        Cut,
        Native,
        NativeName,
        AuthorName,
        Message,
        CreatedAt,
        Generation,
        Lineage);
}
