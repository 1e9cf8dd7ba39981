using CineGit.Timeline.Model;

namespace CineGit.Timeline.Identity;

/// <summary>What an element is known again by, as numbers that are equal where the words are.</summary>
readonly record struct Print(int Media, int Stem, int Name, long Start, long Duration)
{
    public const int Any = -1;

    /// <summary>The same use of the same media under one name.</summary>
    public static Print Full(in Print p) => p with { Stem = Any };

    public static Print Used(in Print p) => p with { Stem = Any, Name = Any };

    public static Print Begins(in Print p) => p with { Stem = Any, Name = Any, Duration = Any };

    /// <summary>Another version or another folder of the media.</summary>
    public static Print UsedStem(in Print p) => p with { Media = Any, Name = Any };

    public static Print BeginsStem(in Print p) => p with { Media = Any, Name = Any, Duration = Any };
}

/// <summary>Makes the prints of two cuts with one numbering.</summary>
sealed class Prints
{
    readonly Dictionary<string, int> _words = [];
    readonly Dictionary<int, int> _stems = [];

    public Print[][] Of(Sequence cut) => [.. cut.Tracks.Select(t => t.Elements.Select(Of).ToArray())];

    Print Of(Element element)
    {
        var media = Word(Likeness.MediaKey(element));
        return new(media, StemOf(element, media), Word(element.Name), element.SourceStart.Value, element.Duration.Value);
    }

    int StemOf(Element element, int media)
    {
        if (element is not Clip clip) return media;
        if (clip.Media.Key.Length == 0) return Word(Likeness.Stem(clip.Media));
        if (!_stems.TryGetValue(media, out var stem)) _stems[media] = stem = Word(Likeness.Stem(clip.Media));
        return stem;
    }

    int Word(string text)
    {
        if (!_words.TryGetValue(text, out var word)) _words.Add(text, word = _words.Count);
        return word;
    }
}
