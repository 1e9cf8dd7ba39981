using CineGit.Agent.Features.Cli;

namespace CineGit.Agent.Features.Compare;

/// <summary>What the three files of a merge hold.</summary>
internal sealed record MergeCuts(ReadCut Base, ReadCut Ours, ReadCut Theirs)
{
    /// <param name="shell">Says what is odd about a file.</param>
    /// <param name="files">What to read.</param>
    /// <param name="last">Another merge, whose files are not read again; null for none.</param>
    /// <param name="ct">Stops reading.</param>
    public static async Task<MergeCuts> ReadAsync(Shell shell, MergeFiles files, MergeCuts? last, CancellationToken ct)
    {
        var known = last?.Base.File.Name == files.Base ? last : null;
        var parent = known?.Base ?? await ReadCut.AloneAsync(shell, files.Base, files.Timeline, ct);
        var ours = known?.Side(files.Ours) ?? await ReadCut.AgainstAsync(shell, files.Ours, files.Timeline, parent, files.StatedOfOurs, ct);
        var theirs = known?.Side(files.Theirs) ?? await ReadCut.AgainstAsync(shell, files.Theirs, files.Timeline, parent, files.StatedOfTheirs, ct);
        return new(parent, ours, theirs);
    }

    public bool IsReadFrom(string path) => ((ReadCut[])[Base, Ours, Theirs]).Any(c => Path.GetFullPath(c.File.Name) == Path.GetFullPath(path));

    ReadCut? Side(string path) => Ours.File.Name == path ? Ours : Theirs.File.Name == path ? Theirs : null;
}
