namespace CineGit.Timeline.Merge;

public static class ThreeWayMerge
{
    public static MergeResult Merge(MergeRequest request) => throw new NotImplementedException();
}
