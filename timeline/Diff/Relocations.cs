using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Diff;

/// <summary>
/// Folders that went elsewhere whole: the same media on another machine or volume. Nobody edited the clips for that, so they
/// are counted and not told one by one. It is that when several files changed their folder for one and the same other, and
/// nothing stayed in the first.
/// </summary>
sealed class Relocations
{
    /// <summary>One file that is elsewhere was relinked by hand.</summary>
    const int FewestFiles = 2;

    readonly HashSet<(string From, string To)> _folders;
    readonly Dictionary<ElementId, (string Before, string After)> _media;

    Relocations(HashSet<(string From, string To)> folders, Dictionary<ElementId, (string Before, string After)> media, int inNests)
    {
        (_folders, _media) = (folders, media);
        Count = inNests + media.Values.Count(m => Folders(m.Before, m.After) is { } pair && folders.Contains(pair));
    }

    /// <summary>How many clips were relocated.</summary>
    public int Count { get; }

    public static Relocations Of(Alignment alignment, NestChanges nests)
    {
        var elsewhere = new Dictionary<ElementId, (string Before, string After)>();
        var stayed = new List<string>();
        foreach (var placed in alignment.After.All)
        {
            if ((alignment.Before.Find(placed.Element.Id)?.Element, placed.Element) is not (Clip was, Clip now)) continue;
            if (was.Media.Key == now.Media.Key) stayed.Add(now.Media.Key);
            else elsewhere[now.Id] = (was.Media.Key, now.Media.Key);
        }

        var moves =
            from file in elsewhere.Values.Distinct()
            let pair = Folders(file.Before, file.After)
            where pair is not null
            group file by pair.Value into files
            where files.Count() >= FewestFiles && IsWhole([.. files.Select(f => f.Before)], stayed)
            select files.Key;
        return new([.. moves], elsewhere, nests.Relocated);
    }

    /// <summary>True for a relink that says no more than that the folder went elsewhere.</summary>
    public bool Explain(Draft draft) =>
        draft.Kind == EditKind.Relink && _media.TryGetValue(draft.Elements[0], out var media) && media == (draft.Before, draft.After) && IsMoved(media.Before, media.After);

    /// <summary>The same of an edit inside a nest.</summary>
    public bool Explain(Edit edit)
    {
        while (edit is { Kind: EditKind.NestChange, Children: [var inner] }) edit = inner;
        return edit is { Kind: EditKind.Relink, Before: { } before, After: { } after } && IsMoved(before, after);
    }

    bool IsMoved(string before, string after) => Folders(before, after) is { } pair && _folders.Contains(pair);

    /// <summary>True when no file stayed in the folder that holds all of these.</summary>
    static bool IsWhole(List<string> files, List<string> stayed)
    {
        var shared = files.Aggregate((x, y) => x[..x.AsSpan().CommonPrefixLength(y)]);
        var folder = shared[..(shared.LastIndexOfAny(['/', '\\']) + 1)];
        return !stayed.Exists(file => file.StartsWith(folder, StringComparison.Ordinal));
    }

    /// <summary>What stands before the part of two paths that is the same; null for another file name.</summary>
    static (string From, string To)? Folders(string before, string after)
    {
        var (shared, at) = (0, 0);
        while (shared < before.Length && shared < after.Length && before[^(shared + 1)] == after[^(shared + 1)])
        {
            shared++;
            if (before[^shared] is '/' or '\\') at = shared;
        }

        return at == 0 ? null : (before[..^at], after[..^at]);
    }
}
