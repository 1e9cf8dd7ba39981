using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Benchmarks;

/// <summary>Reading, writing, hashing and comparing an OTIO file, against .NET's own JSON on the same bytes.</summary>
static class JsonBench
{
    /// <summary>With what a clip itself takes, 6 kB a clip: 30 MB for 5,000.</summary>
    const int MetadataBytes = 3_100;

    const double Megabyte = 1_000_000;
    const double ReadTarget = 250;
    const double WriteTarget = 390;
    const double HashTarget = 250;
    const double EqualityTarget = 1;
    const double MemoryTarget = 3;

    public static IEnumerable<Figure> Run(int clips, int rounds, string? otioProbe)
    {
        var bytes = Written(GeneratedCut.Of(clips, MetadataBytes));
        var size = bytes.Length / Megabyte;
        var label = string.Create(CultureInfo.InvariantCulture, $"{clips:N0} clips, {size:F1} MB");
        var sink = new ArrayBufferWriter<byte>(bytes.Length + (bytes.Length / 8));

        var parse = CpuClock.Median(rounds, () => JsonDocument.Parse(bytes).Dispose());
        var read = CpuClock.Median(rounds, () => Read(bytes));
        yield return Speed($"read ({label})", size, read, ReadTarget, parse, "JsonDocument.Parse");

        var document = Read(bytes);
        var library = otioProbe is null ? null : OtioProbe.Of(otioProbe, bytes, rounds);
        using (var parsed = JsonDocument.Parse(bytes))
        {
            var rewrite = CpuClock.Median(rounds, () => Rewrite(parsed, sink));
            var write = CpuClock.Median(rounds, () => Write(document, sink));
            yield return Speed("write", size, write, WriteTarget, rewrite, "Utf8JsonWriter");
            if (library is { } its)
            {
                yield return Speed("read", size, read, 3 * size / its.ReadMs * 1000, its.ReadMs, "OpenTimelineIO C++");
                yield return Speed("write", size, write, 3 * size / its.WriteMs * 1000, its.WriteMs, "OpenTimelineIO C++");
            }
        }

        var hash = CpuClock.Median(rounds, () => Read(bytes).Root, root => _ = root.Hash);
        yield return Speed("hash of what was just read", size, hash, HashTarget, null, "");
        var canonical = CpuClock.Median(rounds, () => CanonicalForm.Hash(document));
        yield return Speed("canonical form and its hash", size, canonical, HashTarget, null, "");

        var twin = Read(bytes);
        if (document.Root.Hash != twin.Root.Hash) throw new InvalidOperationException("the same bytes gave two hashes");
        yield return Time("equality of two with known hashes", CpuClock.Median(rounds, () => document.Equals(twin)), EqualityTarget);
        var edit = CpuClock.Median(rounds, () => WithOneNameChanged(document.Root), root => _ = root.Hash);
        yield return Time("hash after a change to one clip", edit, null);
        var libraryPeak = library is { } peak ? peak.PeakBytes / bytes.Length : (double?)null;
        yield return new("peak memory of read and write, in files", PeakMemory.OfReadAndWrite(bytes), "x", MemoryTarget, libraryPeak, "OpenTimelineIO C++");
    }

    static Figure Speed(string name, double megabytes, double ms, double target, double? baselineMs, string baselineName) =>
        new(name, megabytes / ms * 1000, "MB/s", target, baselineMs is { } other ? megabytes / other * 1000 : null, baselineName);

    static Figure Time(string name, double ms, double? target) => new(name, ms, "ms", target, null, "");

    static OtioDocument Read(byte[] bytes) => OtioReader.Read(bytes, new DiagnosticBag());

    static byte[] Written(OtioDocument document)
    {
        using var stream = new MemoryStream();
        OtioWriter.Write(document, stream);
        return stream.ToArray();
    }

    static void Write(OtioDocument document, ArrayBufferWriter<byte> sink)
    {
        sink.ResetWrittenCount();
        OtioWriter.Write(document, sink);
    }

    static void Rewrite(JsonDocument document, ArrayBufferWriter<byte> sink)
    {
        sink.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(sink, new() { Indented = true, IndentSize = 4 });
        document.WriteTo(writer);
    }

    static OtioObject WithOneNameChanged(OtioObject timeline)
    {
        var stack = timeline.Child("tracks") ?? throw new InvalidOperationException("no tracks");
        return timeline.With("tracks", WithFirst(stack, track => WithFirst(track, clip => clip.With("name", "another"))));
    }

    static OtioObject WithFirst(OtioObject parent, Func<OtioObject, OtioObject> change)
    {
        var children = parent.List("children");
        return parent.With("children", new OtioArray(children.SetItem(0, change((OtioObject)children[0]))));
    }
}
