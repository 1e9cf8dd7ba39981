using CineGit.Agent.Platform.LocalState;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

namespace CineGit.Agent.Platform.Timelines;

/// <summary>The cut of a version that is kept here.</summary>
internal static class StoredCut
{
    public static async Task<Sequence> ReadAsync(WorkingCopy copy, KnownVersion version, CancellationToken ct) =>
        Understand(version, await ReadDocumentAsync(copy, version, ct), CutReader.Read);

    public static async Task<OtioDocument> ReadDocumentAsync(WorkingCopy copy, KnownVersion version, CancellationToken ct)
    {
        var bytes = await copy.ReadObjectAsync(version.Record.Cut, ct);
        return Understand<ReadOnlyMemory<byte>, OtioDocument>(version, bytes, OtioReader.Read);
    }

    /// <summary>Its hash holds, so it is what was committed; then a later cinegit wrote what this one cannot read.</summary>
    static TResult Understand<TInput, TResult>(KnownVersion version, TInput input, Func<TInput, DiagnosticBag, TResult> read)
    {
        try
        {
            return read(input, new DiagnosticBag());
        }
        catch (InterchangeFormatException e)
        {
            throw new LocalStateException(LocalProblem.Damaged, $"The cut of version {WorkingCopy.Short(version.Id)} cannot be read ({e.Message.TrimEnd('.')}, at {e.Location}); update cinegit on this machine.");
        }
    }
}
