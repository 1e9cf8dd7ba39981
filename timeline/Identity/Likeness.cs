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
    const int SamePlace = 100;

    /// <summary>More than standing near that place is worth: it decides between equals, and is too little to make a pair.</summary>
    public const int NearPlace = 50;

    /// <summary>A best match that beats the next by less than this is told to the editor.</summary>
    public const int ThinMargin = 150;

    /// <summary>A pair of other media that is alike by less than this is told too: little more than its length speaks for it.</summary>
    public const int Weak = 500;

    /// <summary>Decides between equals, and is too little to make a pair.</summary>
    const int SameEffects = 40;

    /// <summary>What an element has to share of its source, in thousandths, with the one elsewhere that it is.</summary>
    public const int MovedOverlap = 500;

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

    public static int Score(Element a, Element b, bool sameMedia, bool sameStem)
    {
        if (a.GetType() != b.GetType()) return 0;
        var score = MediaScore(a, b, sameMedia, sameStem);
        if (score == 0) return 0;
        if (a.Name.Length > 0 && a.Name == b.Name) score += 200;
        if (!a.Effects.IsEmpty && a.Effects.Select(e => e.Kind).SequenceEqual(b.Effects.Select(e => e.Kind))) score += SameEffects;
        return score;
    }

    /// <summary>How well an element's shift goes with those of its neighbours, between which it lies when time came or went beside it.</summary>
    /// <param name="shift">From where it may have been.</param>
    /// <param name="neighbours">Theirs; at least one.</param>
    /// <param name="length">Of the element: what is far for a short one is near for a long one.</param>
    public static int Place(Flicks shift, HashSet<Flicks> neighbours, Flicks length)
    {
        if (neighbours.Contains(shift)) return SamePlace;
        var off = Flicks.Max(Flicks.Max(neighbours.Min() - shift, shift - neighbours.Max()), Flicks.Zero);
        return (int)((NearPlace - 1) * (Int128)length.Value / Int128.Max(1, (Int128)length.Value + off.Value));
    }

    /// <summary>
    /// Other media and another length too: a replaced shot that was trimmed goes on under its name, and begins or ends at the
    /// frame it began or ended at.
    /// </summary>
    static bool IsReplacedAndTrimmed(Element a, Element b) =>
        a.Name.Length > 0 && a.Name == b.Name && (a.SourceStart == b.SourceStart || SourceRange(a).End == SourceRange(b).End);

    static int MediaScore(Element a, Element b, bool sameMedia, bool sameStem)
    {
        var overlap = OverlapPerMille(a, b);
        if (sameMedia) return overlap > 0 ? 600 + 400 * overlap / 1000 : 250;
        if (sameStem) return overlap > 0 ? 500 + 300 * overlap / 1000 : 200;
        if (a.Duration != b.Duration) return IsReplacedAndTrimmed(a, b) ? 150 : 0;
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
