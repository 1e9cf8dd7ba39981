using System.Collections.Immutable;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Timeline.Merge;

/// <summary>One definition and what became of its inside.</summary>
/// <param name="Definition">Which.</param>
/// <param name="Base">A use with the inside that the base has.</param>
/// <param name="Ours">A use with our inside.</param>
/// <param name="Theirs">A use with their inside.</param>
/// <param name="Uses">All nests that show it, in any of the cuts.</param>
sealed record MergedNest(string Definition, Nest Base, Nest Ours, Nest Theirs, ImmutableArray<ElementId> Uses)
{
    /// <summary>A nest with the merged inside.</summary>
    public Nest Inside { get; init; } = Base;

    /// <summary>Uses with the insides that the other best common versions have, where histories crossed.</summary>
    public ImmutableArray<Nest> OtherBases { get; init; } = [];

    /// <summary>Told by the merge of the inside, which knows nothing of what is around it.</summary>
    public ImmutableArray<Conflict> Conflicts { get; init; } = [];

    public ImmutableArray<ReviewNote> Notes { get; init; } = [];

    public Nest Of(Side side) => side == Side.Ours ? Ours : Theirs;

    public IEnumerable<Conflict> ConflictsIn(MergeRequest around, Placement merged)
    {
        if (Conflicts.IsEmpty) yield break;
        var (o, a, b) = (Placement.Of(around.Base), Placement.Of(around.Ours), Placement.Of(around.Theirs));
        var (place, tracks) = PlaceIn(merged);
        foreach (var conflict in Conflicts)
        {
            yield return conflict with
            {
                Elements = Uses,
                Tracks = tracks,
                At = (place ?? First(o))?.Start ?? default,
                Sentence = Within(conflict.Sentence),
                Base = In(conflict.Base, o),
                Ours = In(conflict.Ours, a),
                Theirs = In(conflict.Theirs, b),
            };
        }
    }

    public IEnumerable<ReviewNote> NotesIn(Placement merged)
    {
        var (place, _) = PlaceIn(merged);
        return Notes.Select(n => new ReviewNote(Within(n.Sentence), Uses, place?.Start ?? default));
    }

    /// <summary>A sentence that begins with the name of a branch keeps its letter; one about a nest further inside does not.</summary>
    string Within(string sentence) => sentence.StartsWith("Inside ", StringComparison.Ordinal)
        ? NestChanges.Within(Wording.Name(Base), sentence)
        : $"Inside {Wording.Name(Base)}: {sentence}";

    (Placed? Place, ImmutableArray<string> Tracks) PlaceIn(Placement cut) =>
        (First(cut), [.. Uses.Select(cut.Find).OfType<Placed>().Select(p => p.Track.Name).Distinct()]);

    Placed? First(Placement cut) => Uses.Select(cut.Find).FirstOrDefault(p => p is not null);

    Term In(Term inside, Placement cut) => inside with { Where = inside.Where is null ? null : First(cut)?.Range };
}
