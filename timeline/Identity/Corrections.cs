using System.Collections.Immutable;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Identity;

/// <summary>An element of an import, which has no id yet that means anything.</summary>
public readonly record struct ElementAt(int Track, int Index);

/// <summary>What a person says of an element of the parent and one of the import.</summary>
public readonly record struct StatedPair(ElementId Parent, ElementAt Imported);

/// <summary>Where a person knows better than the matcher; data, so that the same import is paired alike wherever it is read.</summary>
/// <param name="Same">The one continues the other, whatever they look like.</param>
/// <param name="NotSame">It does not.</param>
public sealed record Corrections(ImmutableArray<StatedPair> Same, ImmutableArray<StatedPair> NotSame)
{
    public static readonly Corrections None = new([], []);
}

/// <summary>A pair that the matcher made on thin evidence, or where something else would have done as well.</summary>
/// <param name="Element">The id that both have.</param>
/// <param name="Imported">Which of the import.</param>
/// <param name="BeforeTrack">The name of the track it was on.</param>
/// <param name="Before">Where it stood, in the parent's record time.</param>
/// <param name="AfterTrack">The name of the track it is on.</param>
/// <param name="After">Where it stands, in the import's record time.</param>
/// <param name="Sentence">What was assumed.</param>
public sealed record AssumedPair(
    ElementId Element, ElementAt Imported, string BeforeTrack, Flicks Before, string AfterTrack, Flicks After, string Sentence);
