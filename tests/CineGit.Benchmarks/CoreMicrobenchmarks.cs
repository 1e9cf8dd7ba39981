using System.Buffers;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CineGit.Benchmarks.Storage;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Objects;
using CineGit.Timeline.Otio;

namespace CineGit.Benchmarks;

/// <summary>
/// One operation of the core at a time, with its spread and what it allocates: <c>./dev bench core --detail</c>. For finding out
/// where time goes; the figures with targets are <see cref="CoreBench"/>'s.
/// </summary>
[MemoryDiagnoser]
public class CoreMicrobenchmarks
{
    readonly ArrayBufferWriter<byte> _sink = new();
    OtioDocument _document = new(OtioObject.EmptyMap);
    Sequence? _cut;
    VersionObject? _tree;
    byte[] _file = [];

    [Params(500, 5_000)]
    public int Clips { get; set; }

    public static void RunAll() => BenchmarkRunner.Run<CoreMicrobenchmarks>(
        DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "cinegit-benchmarks")));

    [GlobalSetup]
    public void SetUp()
    {
        _document = Film.Generate(Clips, new Random(1)).ToDocument(withIds: true);
        _cut = CutReader.Read(_document, new DiagnosticBag());
        _tree = CutObjects.Encode(_document);
        Write();
        _file = _sink.WrittenSpan.ToArray();
    }

    [Benchmark]
    public OtioDocument Read() => OtioReader.Read(_file, new DiagnosticBag());

    [Benchmark]
    public void Write()
    {
        _sink.ResetWrittenCount();
        OtioWriter.Write(_document, _sink);
    }

    [Benchmark]
    public object Canonical() => CanonicalForm.Hash(_document);

    [Benchmark]
    public Sequence DocumentToCut() => CutReader.Read(_document, new DiagnosticBag());

    [Benchmark]
    public OtioDocument? CutToDocument() => _cut is null ? null : CutWriter.Write(_cut);

    [Benchmark]
    public VersionObject DocumentToObjects() => CutObjects.Encode(_document);

    [Benchmark]
    public ReadOnlyMemory<byte> FirstPack() => _tree is null ? default : PackWriter.Write(new(1), _tree).Bytes;
}
