using System.Text.RegularExpressions;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Identity;

/// <summary>How alike two elements are: exact prints for anchors, a score in thousandths for the rest.</summary>
static partial class Likeness
{
    /// <summary>Below this two elements are not the same one.</summary>
    public const int Threshold = 300;

    public const int LinkedPartner = 300;

    /// <summary>It stands where it stood, but for what shifted its neighbours.</summary>
    public const int SamePlace = 100;

    /// <summary>A best match that beats the next by less than this is told to the editor.</summary>
    public const int ThinMargin = 150;

    public readonly record struct Full(string Media, Flicks SourceStart, Flicks Duration, string Name);

    public readonly record struct Used(string Media, Flicks SourceStart, Flicks Duration);

    public readonly record struct Begins(string Media, Flicks SourceStart);

    public static Full FullPrint(Element e) => new(MediaKey(e), e.SourceStart, e.Duration, e.Name);

    public static Used UsedPrint(Element e) => new(MediaKey(e), e.SourceStart, e.Duration);

    public static Begins BeginsPrint(Element e) => new(MediaKey(e), e.SourceStart);

    public static TimeRange SourceRange(Element e) => new(e.SourceStart, e.Duration);

    public static string MediaKey(Element element) => element switch
    {
        Clip clip => clip.Media.Key,
        Nest => "nest\0" + element.Name,
        _ => element.Node.Schema + "\0" + element.Name,
    };

    /// <summary>
    /// The name of the media without folders, extension and version number: <c>VFX_021_v012.mov</c> and
    /// <c>/mnt/b/VFX_021_v011.exr</c> are two states of one source.
    /// </summary>
    public static string Stem(Element element) => element is Clip clip ? Stem(clip.Media) : MediaKey(element);

    public static string Stem(Media media)
    {
        var text = media.Key.Length == 0 ? media.Name : media.Key;
        var slash = text.LastIndexOfAny(['/', '\\']);
        var file = slash < 0 ? text : text[(slash + 1)..];
        var dot = file.LastIndexOf('.');
        var bare = dot > 0 ? file[..dot] : file;
        var stem = VersionSuffix().Replace(bare, "");
        return stem.Length == 0 ? bare : stem;
    }

    public static int Score(Element a, Element b)
    {
        if (a.GetType() != b.GetType()) return 0;
        var score = MediaScore(a, b);
        if (a.Name.Length > 0 && a.Name == b.Name) score += 200;
        return score;
    }

    static int MediaScore(Element a, Element b)
    {
        var sameMedia = MediaKey(a) == MediaKey(b);
        var overlap = OverlapPerMille(a, b);
        if (sameMedia) return overlap > 0 ? 600 + 400 * overlap / 1000 : 250;
        if (Stem(a) == Stem(b)) return overlap > 0 ? 500 + 300 * overlap / 1000 : 200;
        if (a.Duration != b.Duration) return 0;
        return a.SourceStart == b.SourceStart ? 500 : 150;
    }

    /// <summary>Shared source time in thousandths of the longer of the two.</summary>
    public static int OverlapPerMille(Element a, Element b)
    {
        var longer = Flicks.Max(a.Duration, b.Duration);
        if (longer <= Flicks.Zero) return 0;
        return (int)((Int128)SourceRange(a).OverlapWith(SourceRange(b)).Value * 1000 / longer.Value);
    }

    [GeneratedRegex("[_-]?v[0-9]+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex VersionSuffix();
}
