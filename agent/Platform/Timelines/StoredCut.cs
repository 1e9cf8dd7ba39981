using CineGit.Agent.Platform.LocalState;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Objects;
using CineGit.Timeline.Otio;

namespace CineGit.Agent.Platform.Timelines;

/// <summary>The cut of a version that is kept here.</summary>
internal static class StoredCut
{
    public static async Task<Sequence> ReadAsync(WorkingCopy copy, KnownVersion version, CancellationToken ct)
    {
        var document = await ReadDocumentAsync(copy, version, ct);
        try
        {
            return CutReader.Read(document, new DiagnosticBag());
        }
        catch (InterchangeFormatException e)
        {
            throw NotUnderstood(version, $"{e.Message.TrimEnd('.')}, at {e.Location}");
        }
    }

    /// <summary>In canonical form.</summary>
    public static async Task<OtioDocument> ReadDocumentAsync(WorkingCopy copy, KnownVersion version, CancellationToken ct)
    {
        var tree = await copy.Trees.CutAsync(version, ct);
        try
        {
            return CutObjects.Decode(tree.Root);
        }
        catch (CorruptObjectException e)
        {
            throw NotUnderstood(version, e.Message.TrimEnd('.'));
        }
    }

    /// <summary>Its hash holds, so it is what was committed; then a later cinegit wrote what this one cannot read.</summary>
    static LocalStateException NotUnderstood(KnownVersion version, string why) =>
        new(LocalProblem.Damaged, $"The cut of version {WorkingCopy.Short(version.Id)} cannot be read ({why}); update cinegit on this machine.");
}
