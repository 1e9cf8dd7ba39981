using CineGit.Timeline.Model;

namespace CineGit.Timeline.Diff;

public static class SequenceDiff
{
    public static EditList Compare(Sequence before, Sequence after) => throw new NotImplementedException();
}
