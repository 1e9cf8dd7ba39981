using System.Collections.Immutable;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Otio;

/// <summary>
/// OpenTimelineIO's zip bundle as a stream: the timeline in it is read, its media stay where they are. Written here it has no
/// media; <see cref="BundlePlan"/> and <see cref="BundleArchive"/> write one with them.
/// </summary>
public sealed class OtiozFormat : ITimelineFormat
{
    public string Name => "otioz";

    public ImmutableArray<string> Extensions => [".otioz"];

    /// <summary>Any zip: whether a timeline is in it only its directory says, which stands at its end.</summary>
    public bool Recognizes(ReadOnlySpan<byte> head) => head.StartsWith("PK\x3\x4"u8) || head.StartsWith("PK\x5\x6"u8);

    public Imported Read(Stream input, ReadOptions options)
    {
        using var archive = BundleArchive.Open(input);
        var diagnostics = new DiagnosticBag();
        var document = OtioReader.Read(archive.ReadContent(), diagnostics);
        return new(document, diagnostics.ToImmutable());
    }

    public ImmutableArray<Diagnostic> Write(OtioDocument document, Stream output, WriteOptions options)
    {
        var plan = BundlePlan.Make(document, _ => false);
        BundleArchive.Write(plan, output, _ => Stream.Null);
        return plan.Diagnostics.IsEmpty
            ? []
            : [new(DiagnosticCodes.BundleMediaLeftOut, Severity.Warning, BundlePlan.MediaFolder, "The bundle is written without media; the timeline's references are as they were.")];
    }
}
