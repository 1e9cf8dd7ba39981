using System.Text.RegularExpressions;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Diff;

/// <summary>What an element shows: other media, another version of it, or the same found elsewhere.</summary>
sealed partial class MediaChanges(Placed after, Wording wording)
{
    const string Subject = Draft.SubjectMark;

    public IEnumerable<Draft> Between(Element before)
    {
        if (before is Clip was && after.Element is Clip present)
        {
            var (old, media) = (OwnMedia.Of(was), OwnMedia.Of(present));
            return old.Equals(media) ? [] : [Change(old, media) ?? Replace(was.Media, present.Media)];
        }

        return before.GetType() == after.Element.GetType() ? [] : [Say(EditKind.ReplaceMedia, $"Replaced what {Subject} holds")];
    }

    Draft? Change(Media old, Media media)
    {
        if (old.Key == media.Key) return Say(EditKind.MetadataChange, $"Changed the media details of {Subject}");
        if (old.Name == media.Name)
            return Say(EditKind.Relink, $"Relinked {Subject} to {media.Key}") with { Before = old.Key, After = media.Key };
        if (Likeness.Stem(old) != Likeness.Stem(media) || old.Key.Length == 0 || media.Key.Length == 0) return null;
        var (from, to) = (Version(old), Version(media));
        return from == to
            ? Say(EditKind.Relink, $"Relinked {Subject} to {media.Name}") with { Before = old.Key, After = media.Key }
            : Say(EditKind.ReplaceMedia, VersionWords(from, to)) with { ToldAs = EditKind.VersionUp, Before = old.Name, After = media.Name };
    }

    static string VersionWords(string? from, string? to) => (from, to) switch
    {
        (_, null) => $"Took {Subject} back from {from} to the state without a version",
        (null, _) => $"Updated {Subject} to {to}",
        _ when string.CompareOrdinal(Digits(to), Digits(from)) < 0 => $"Took {Subject} back from {from} to {to}",
        _ => $"Updated {Subject} from {from} to {to}",
    };

    static string Digits(string version) => version[1..].PadLeft(12, '0');

    Draft Replace(Media old, Media media) => Say(EditKind.ReplaceMedia, $"Replaced the media of {Subject}: {old.Name} → {media.Name}") with
    {
        Before = old.Name,
        After = media.Name,
    };

    Draft Say(EditKind kind, string phrase) => Draft.For(kind, after, wording, phrase);

    /// <summary>The clip's name followed the file's: told with the media, not as a rename.</summary>
    public static bool NameFollows(Element before, Element after) =>
        before is Clip was && after is Clip present
        && was.Media.Name != present.Media.Name
        && Bare(was.Media.Name) == Bare(was.Name) && Bare(present.Media.Name) == Bare(present.Name);

    static string Bare(string name) => name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : name;

    static string? Version(Media media)
    {
        var match = VersionInName().Match(Bare(media.Name));
        return match.Success ? match.Groups[1].Value : null;
    }

    [GeneratedRegex("[_-]?(v[0-9]+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex VersionInName();
}
