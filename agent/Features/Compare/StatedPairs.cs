using System.CommandLine;
using CineGit.Agent.Features.Cli;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Agent.Features.Compare;

/// <summary>A cut and what messages call it.</summary>
internal readonly record struct NamedCut(Sequence Cut, string Name);

/// <summary>
/// What a person says of clips of an earlier timeline and a later one, with <c>--same BEFORE=AFTER</c> and
/// <c>--not-same BEFORE=AFTER</c>. A clip is named by its id or by its track and a timecode within it: <c>V1@01:00:10:00</c>.
/// </summary>
internal sealed record StatedPairs(IReadOnlyList<StatedWords> Same, IReadOnlyList<StatedWords> NotSame)
{
    public static readonly StatedPairs None = new([], []);

    /// <param name="name">The option.</param>
    /// <param name="says">What it says of the two clips.</param>
    /// <param name="form">How a pair is written.</param>
    public static Option<string[]> Option(string name, string says, string form = "BEFORE=AFTER") => new(name)
    {
        HelpName = form,
        Description = $"Say that {says}, each an id or a track and a timecode, as in V1@01:00:10:00. May be given more than once.",
    };

    public static StatedPairs Of(string[]? same, string[]? notSame) =>
        new([.. (same ?? []).Select(StatedWords.Of)], [.. (notSame ?? []).Select(StatedWords.Of)]);

    /// <summary>Those that begin with a word and a colon, without it.</summary>
    public static StatedPairs Of(string[]? same, string[]? notSame, string side)
    {
        string[] About(string[]? pairs) =>
            [.. (pairs ?? []).Where(p => p.StartsWith(side + ":", StringComparison.Ordinal)).Select(p => p[(side.Length + 1)..])];
        return Of(About(same), About(notSame));
    }

    /// <param name="before">The earlier cut, identified.</param>
    /// <param name="after">The later one as it was read.</param>
    /// <param name="identify">The later one with the ids it has when nothing is stated: what was printed of it.</param>
    /// <exception cref="WrongUseException">A clip is not there, or is said to be two.</exception>
    public Corrections Among(NamedCut before, NamedCut after, Func<Sequence> identify)
    {
        if (Same.Count + NotSame.Count == 0) return Corrections.None;
        var known = new Lazy<Placement>(() => Placement.Of(identify()));
        var (parent, imported) = (Placement.Of(before.Cut), Placement.Of(after.Cut));
        StatedPair Pair(StatedWords words)
        {
            var theirs = StatedWords.Find(parent, parent, before.Name, words.Before);
            var mine = StatedWords.Find(known.Value, imported, after.Name, words.After);
            if (theirs.Element.GetType() != imported.Tracks[mine.TrackIndex][mine.Index].Element.GetType())
                throw new WrongUseException($"{words.Before} and {words.After} cannot be the same: one is a clip and the other is not.");
            return new(theirs.Element.Id, new(mine.TrackIndex, mine.Index));
        }

        Corrections corrections = new([.. Same.Select(Pair)], [.. NotSame.Select(Pair)]);
        var twice = corrections.Same.GroupBy(p => p.Parent).FirstOrDefault(g => g.Count() > 1)?.First()
            ?? corrections.Same.GroupBy(p => p.Imported).FirstOrDefault(g => g.Count() > 1)?.First();
        if (twice is { } pair) throw new WrongUseException($"--same names {Same[corrections.Same.IndexOf(pair)].Before} or its partner twice; a clip is one other at most.");
        return corrections;
    }
}

/// <param name="Before">A clip of the earlier cut.</param>
/// <param name="After">A clip of the later one.</param>
internal sealed record StatedWords(string Before, string After)
{
    public static StatedWords Of(string text) => text.Split('=') is [{ Length: > 0 } before, { Length: > 0 } after]
        ? new(before, after)
        : throw new WrongUseException($"“{text}” names no two clips; write one of the earlier timeline, an equals sign and one of the later, as in V1@01:00:10:00=V1@01:00:12:00.");

    /// <param name="known">Where ids are looked up.</param>
    /// <param name="placed">Where timecodes are looked up.</param>
    /// <param name="file">What messages call the cut.</param>
    /// <param name="word">An id, or a track and a timecode.</param>
    public static Placed Find(Placement known, Placement placed, string file, string word)
    {
        if (ElementId.TryParse(word, out var id)) return known.Find(id) ?? throw new WrongUseException($"There is no clip {word} in {file}.");
        var (cut, sign) = (placed.Sequence, word.LastIndexOf('@'));
        if (sign <= 0 || TimecodeCount.Of(cut).Read(word[(sign + 1)..]) is not { } frame)
            throw new WrongUseException($"“{word}” names no clip; write its track and a timecode within it, as in V1@01:00:10:00, or its id.");
        var time = Flicks.FromFrames(frame, cut.Rate, Rounding.Nearest) - cut.GlobalStart;
        return placed.All.FirstOrDefault(p => p.Track.Name == word[..sign] && p.Range.Contains(time))
            ?? throw new WrongUseException($"Nothing stands at {word} in {file}.");
    }
}

/// <summary>A pair that was made on thin evidence, as <c>--json</c> prints it: what <c>--not-same</c> takes.</summary>
/// <param name="Element">The id that both have.</param>
/// <param name="Before">Track and timecode in the earlier cut.</param>
/// <param name="After">Track and timecode in the later one.</param>
/// <param name="Sentence">What was assumed.</param>
internal sealed record PairingLine(string Element, string Before, string After, string Sentence)
{
    public static PairingLine Of(AssumedPair pair, Sequence before, Sequence after) => new(
        pair.Element.ToString(), Place(pair.BeforeTrack, pair.Before, before), Place(pair.AfterTrack, pair.After, after), pair.Sentence);

    /// <summary>For people, with what to type when it is wrong.</summary>
    public string Words(string side = "") => $"Assumed: {Sentence} If it is not: --not-same {side}{Before}={After}";

    // Sound may begin between frames; the next whole one is within it.
    static string Place(string track, Flicks start, Sequence cut)
    {
        var frame = (cut.GlobalStart + start).ToFrames(cut.Rate, Rounding.Ceiling);
        return $"{track}@{TimecodeCount.Of(cut).Format(frame)}";
    }
}
