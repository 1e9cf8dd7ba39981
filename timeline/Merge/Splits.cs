using CineGit.Timeline.Model;

namespace CineGit.Timeline.Merge;

/// <summary>
/// A clip that one side cut in two while the other changed it: the changes stay with the piece that kept the id. The other
/// piece is a new clip without them, which a person has to know.
/// </summary>
static class Splits
{
    public static void Note(MergeRun run)
    {
        Note(run, run.Ours, run.Theirs);
        Note(run, run.Theirs, run.Ours);
    }

    static void Note(MergeRun run, SideView splitter, SideView other)
    {
        foreach (var piece in splitter.Cut.All)
        {
            if (piece.Element is not Clip clip || !splitter.Inserted(clip.Id) || !run.Base.HasTrack(piece.Track.Id)) continue;
            foreach (var origin in run.Base.On(piece.Track.Id))
            {
                var id = origin.Element.Id;
                if (!IsPiece(clip, origin.Element) || splitter.Find(id) is null || other.Edits(id).Count == 0) continue;
                var name = run.Called(id);
                run.Note(
                    $"{splitter.Name} split {name}, and {other.Name} {other.Tell(id, name)}: that is on the first piece only, not on the one from {splitter.Words.At(piece.Start)}.",
                    clip.Id);
            }
        }
    }

    static bool IsPiece(Clip piece, Element whole) =>
        whole is Clip origin
        && origin.Media.Key == piece.Media.Key
        && piece.SourceStart >= origin.SourceStart
        && piece.SourceStart + piece.Duration <= origin.SourceStart + origin.Duration
        && piece.Duration < origin.Duration;
}
