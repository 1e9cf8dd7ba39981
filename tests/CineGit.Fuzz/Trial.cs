using System.Buffers;
using CineGit.Interchange;
using CineGit.Timeline.Checks;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Objects;
using CineGit.Timeline.Otio;

namespace CineGit.Fuzz;

/// <summary>
/// Everything that may happen to a file that somebody hands in. Refusing it is fine, as is reading what can be read; any other
/// exception, and any timeline that does not come back as it went in, is a failure.
/// </summary>
public sealed class Trial(Gauge gauge)
{
    /// <summary>Longer cuts are compared and merged only now and then.</summary>
    const int ManyElements = 300;

    /// <summary>Formats whose writer puts an untouched document back into the text that it came from.</summary>
    static readonly string[] KeepsItsText = ["edl", "ale"];

    static readonly Birth OriginalBirth = Birth.Of("", "original"u8);
    static readonly Birth DamagedBirth = Birth.Of("original", "damaged"u8);

    readonly Dictionary<(FuzzSeed, string), Sequence?> _originals = [];

    public int Read { get; private set; }

    public int Refused { get; private set; }

    public int Merged { get; private set; }

    public void Run(FuzzSeed seed, byte[] bytes, bool isThorough)
    {
        TimelineFormats.Detect(bytes.AsSpan(0, Math.Min(bytes.Length, TimelineFormats.HeadLength)), "damaged." + seed.Format);
        foreach (var format in TimelineFormats.All)
        {
            var document = gauge.Measure($"reading {format.Name}", bytes.Length, () => TryRead(format, bytes));
            if (document is null)
            {
                Refused++;
                continue;
            }

            Read++;
            if (KeepsItsText.Contains(format.Name)) IsWrittenBack(format, document, bytes);
            var text = ComesBack(document, bytes.Length);
            if (gauge.Measure("the cut", text.Length, () => TryReadCut(document)) is not { } cut) continue;
            IsUntouched(cut, text);
            IsSteady(cut, text.Length);
            foreach (var target in TimelineFormats.All) IsWritten(target, document, text.Length);
            var elements = cut.Tracks.Sum(t => t.Elements.Length);
            if ((elements <= ManyElements || isThorough) && Original(seed, format) is { } original) IsComparable(original, cut, text.Length + seed.Bytes.Length);
        }
    }

    static OtioDocument? TryRead(ITimelineFormat format, byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            return format.Read(stream, new(null, "damaged.file")).Document;
        }
        catch (InterchangeFormatException refusal)
        {
            Require(refusal.Message.EndsWith('.') && refusal.Message.Length < 1000, $"{format.Name} refuses without a sentence: {refusal.Message}");
            return null;
        }
    }

    static Sequence? TryReadCut(OtioDocument document)
    {
        try
        {
            return CutReader.Read(document, new DiagnosticBag());
        }
        catch (InterchangeFormatException)
        {
            return null;
        }
    }

    byte[] ComesBack(OtioDocument document, long length)
    {
        var text = gauge.Measure("writing", length, () => Text(document));
        var again = gauge.Measure("reading again", text.Length, () => OtioReader.Read(text, new DiagnosticBag()));
        Require(document.Equals(again), "the document reads back as another");
        Require(text.AsSpan().SequenceEqual(Text(again)), "the document is written another way the second time");
        Require(CanonicalForm.Hash(document) == CanonicalForm.Hash(again), "the hash changes by writing and reading");
        return text;
    }

    void IsUntouched(Sequence cut, byte[] text)
    {
        var written = gauge.Measure("writing the cut", text.Length, () => Text(CutWriter.Write(cut)));
        Require(text.AsSpan().SequenceEqual(written), "a cut that nobody touched is written differently");
    }

    void IsSteady(Sequence cut, long length)
    {
        var found = gauge.Measure("checking", length, () => CutCheck.OfFile(cut, []));
        foreach (var finding in found)
        {
            Require(finding.Code != DiagnosticCodes.CutUnstable, finding.Message);
            Require(finding.Message.EndsWith('.'), $"{finding.Code} is no sentence: {finding.Message}");
        }
    }

    void IsWritten(ITimelineFormat format, OtioDocument document, long length)
    {
        var bytes = gauge.Measure($"writing {format.Name}", length, () => TryWrite(format, document));
        if (bytes is not null) gauge.Measure($"reading what was written as {format.Name}", Math.Max(bytes.Length, length), () => TryRead(format, bytes));
    }

    void IsWrittenBack(ITimelineFormat format, OtioDocument document, byte[] bytes)
    {
        using var stream = new MemoryStream();
        gauge.Measure($"writing {format.Name} back", bytes.Length, () => format.Write(document, stream, new(bytes)));
        Require(bytes.AsSpan().SequenceEqual(stream.ToArray()), $"an untouched {format.Name} is written back as another text");
    }

    static byte[]? TryWrite(ITimelineFormat format, OtioDocument document)
    {
        try
        {
            using var stream = new MemoryStream();
            format.Write(document, stream, WriteOptions.Alone);
            return stream.ToArray();
        }
        catch (InterchangeFormatException)
        {
            return null;
        }
    }

    void IsComparable(Sequence original, Sequence cut, long length)
    {
        var damaged = gauge.Measure("matching", length, () => ElementMatcher.Identify(cut, original, DamagedBirth).Sequence);
        var stored = CutWriter.Write(damaged);
        var opened = gauge.Measure("storing and opening", length, () => CutObjects.Decode(CutObjects.Encode(stored)));
        Require(opened == stored, "a stored document opens as another");
        var loaded = CutReader.Read(opened, new DiagnosticBag());
        Require(CanonicalForm.Hash(stored) == CanonicalForm.Hash(CutWriter.Write(loaded)), "an identified cut comes back from storage as another");
        gauge.Measure("comparing", length, () => SequenceDiff.Compare(original, damaged));
        Require(gauge.Measure("comparing with itself", length, () => SequenceDiff.Compare(loaded, loaded)).IsEmpty, "a cut differs from itself");
        var merge = gauge.Measure("merging", length, () => ThreeWayMerge.Merge(new(original, damaged, original)));
        Require(merge.IsClean, "a merge with an untouched side asks questions");
        Require(Shape(merge.Merged) == Shape(damaged), $"a merge with an untouched side is not the other side:\n{Shape(merge.Merged)}\n{Shape(damaged)}");
        Merged++;
    }

    /// <summary>What stands where, by id.</summary>
    static string Shape(Sequence cut) => string.Join('\n', Placement.Of(cut).Tracks.Select((row, t) =>
        $"{cut.Tracks[t].Id}: {string.Join(' ', row.Select(p => $"{p.Element.Id}[{p.Start.Value},{p.End.Value})"))}"));

    Sequence? Original(FuzzSeed seed, ITimelineFormat format)
    {
        if (_originals.TryGetValue((seed, format.Name), out var known)) return known;
        var read = TryRead(format, seed.Bytes) is { } document ? TryReadCut(document) : null;
        return _originals[(seed, format.Name)] = read is null ? null : ElementMatcher.Identify(read, null, OriginalBirth).Sequence;
    }

    static byte[] Text(OtioDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        OtioWriter.Write(document, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    static void Require(bool holds, string failure)
    {
        if (!holds) throw new FuzzFailureException(failure);
    }
}
