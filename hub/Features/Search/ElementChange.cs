using System.Collections.Immutable;
using CineGit.Timeline.Model;

namespace CineGit.Hub.Features.Search;

/// <summary>What a version did to one element, against its first parent.</summary>
/// <param name="IsCarried">A merge has it as another of its parents has it.</param>
public sealed record ElementChange(
    string Element, string Kind, string Name, string Track, string? MediaBefore, string? Media, bool IsCarried)
{
    public const string Added = "added";
    public const string Changed = "changed";
    public const string Removed = "removed";
}

/// <summary>A version as the index has it.</summary>
/// <param name="IsWhole">It was compared with nothing.</param>
public sealed record IndexedVersion(string Version, bool IsWhole, ImmutableArray<ElementChange> Changes)
{
    /// <param name="before">The first parent's cut; null to list all of it.</param>
    /// <param name="others">The other parents' cuts.</param>
    public static IndexedVersion Of(string version, Sequence? before, Sequence after, IReadOnlyCollection<Sequence> others)
    {
        var old = before is null ? null : Placement.Of(before);
        var now = Placement.Of(after);
        var elsewhere = others.Select(Placement.Of).ToList();
        bool IsCarried(Placed? placed, Placed other) =>
            elsewhere.Exists(side => placed is null ? side.Find(other.Element.Id) is null : side.Find(placed.Element.Id) is { } same && IsSame(same, placed));

        var changes = ImmutableArray.CreateBuilder<ElementChange>();
        foreach (var placed in now.All)
        {
            var was = old?.Find(placed.Element.Id);
            if (was is not null && IsSame(was, placed)) continue;
            changes.Add(Change(was is null ? ElementChange.Added : ElementChange.Changed, placed, was, placed, IsCarried(placed, placed)));
        }

        foreach (var gone in old?.All.Where(was => now.Find(was.Element.Id) is null) ?? [])
        {
            changes.Add(Change(ElementChange.Removed, gone, gone, null, IsCarried(null, gone)));
        }

        return new(version, before is null, changes.ToImmutable());
    }

    /// <summary>Moving along with what is before it changes no element.</summary>
    static bool IsSame(Placed a, Placed b) => a.Track.Id == b.Track.Id && a.Element.Node.Equals(b.Element.Node);

    static ElementChange Change(string kind, Placed shown, Placed? was, Placed? present, bool isCarried) => new(
        shown.Element.Id.ToString(), kind, Held(shown.Element.Name), Held(shown.Track.Name), MediaOf(was), MediaOf(present), isCarried);

    static string? MediaOf(Placed? placed) => placed?.Element is Clip { Media.Name: { Length: > 0 } name } ? Held(name) : null;

    /// <summary>An index row holds no more, and PostgreSQL no zeros.</summary>
    static string Held(string text) => (text.Length > 500 ? text[..500] : text).Replace("\0", "", StringComparison.Ordinal);
}
