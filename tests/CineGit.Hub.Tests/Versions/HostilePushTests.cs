using System.Diagnostics;
using System.Net;
using System.Text;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Versions;
using CineGit.TestKit.Objects;
using CineGit.Timeline.Otio;

namespace CineGit.Hub.Tests.Versions;

/// <summary>Pushes that no agent of ours would make: each is refused with a reason, soon, and leaves nothing.</summary>
[Collection(HubFixture.Collection)]
public sealed class HostilePushTests(HubFixture hub)
{
    const byte Text = 4;
    const byte LongList = 7;
    const byte ConstantText = 8;
    const byte ConstantNumber = 9;
    const byte List = 10;
    const byte Object = 11;
    const byte SchemaWord = 1;
    const byte ChildrenWord = 4;
    const byte NameWord = 3;
    const byte RateWord = 19;

    static readonly byte[] Timeline = [20, .. "Timeline.1"u8];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Cuts that decode, or nearly, but are not what encoding gives, or that cost more than they weigh.</summary>
    public static TheoryData<string, string, Func<HandMadePack>> BadCuts => new()
    {
        { "a schema in a slot", "not in canonical form", () => Cut(HandMadePack.DocumentBody([Object, 1, SchemaWord, Text], Timeline)) },
        { "fields out of order", "out of order", () => Cut(HandMadePack.DocumentBody([Object, 2, NameWord, Text, SchemaWord, ConstantText, 0, .. Timeline], 2, (byte)'x')) },
        { "a field twice", "out of order", () => Cut(HandMadePack.DocumentBody([Object, 2, NameWord, Text, NameWord, Text], 2, (byte)'x', 2, (byte)'y')) },
        { "a number that is none", "is no number", () => Cut(HandMadePack.DocumentBody([Object, 1, RateWord, ConstantNumber, 0, 8, .. "1}, "u8, (byte)'x'])) },
        { "no object", "root is no object", () => Cut(HandMadePack.DocumentBody([List, 0])) },
        { "no document", "where a document is needed", () => Made(pack => pack.Add(HandMadePack.Chunk, "bytes"u8.ToArray())) },
        { "nothing", "ends too early", () => Cut([]) },
        { "bytes after the end", "goes on after its end", () => Cut(HandMadePack.DocumentBody([Object, 1, SchemaWord, ConstantText, 0, .. Timeline], 0)) },
        { "a list of lists of lists", "impossibly large", Doubling },
        { "a wide shape many times", "impossibly large", WideLeaf },
        { "lists nested a thousand deep", "nested too deep", () => Cut(HandMadePack.DocumentBody([.. Enumerable.Repeat<byte[]>([List, 1], 1000).SelectMany(b => b), List, 0])) },
    };

    [Theory]
    [MemberData(nameof(BadCuts), DisableDiscoveryEnumeration = true)]
    public async Task A_cut_that_our_programs_would_not_write_is_refused(string what, string reason, Func<HandMadePack> make)
    {
        using var project = await TestProject.CreateAsync(hub);
        var pack = make();
        var sound = await project.VersionAsync(Films.First, what);
        foreach (var bytes in (byte[][])[pack.Bytes(), pack.Compressed()])
        {
            var version = sound.Packed with { Version = sound.Record with { Cut = pack.Root.Hex }, CutPack = bytes };
            await RefusedSoonAsync(project, version, reason);
        }
    }

    [Fact]
    public async Task Packs_that_are_damaged_or_promise_too_much_are_refused()
    {
        using var project = await TestProject.CreateAsync(hub);
        var sound = await project.VersionAsync(CutWriter.Write(Films.First), ("reel.xml", "native"u8.ToArray()), "Sound");
        var zeros = new byte[60_000_000];
        byte[][] packs =
        [
            [], [1], [1, 0], [2, .. sound.Packed.CutPack.Span[1..]], sound.Packed.CutPack.ToArray()[..^1],
            HandMadePack.Compressed(zeros, null), HandMadePack.Compressed(zeros, 1 << 29), HandMadePack.Compressed(zeros, 100),
            HandMadePack.Compressed(new byte[200_000_000], null),
            [1, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x07], [1, 0, 0, 1, 3, 0xFF, 0xFF, 0xFF, 0x7F],
        ];
        foreach (var pack in packs)
        {
            await RefusedSoonAsync(project, sound.Packed with { CutPack = pack });
            await RefusedSoonAsync(project, sound.Packed with { NativePack = pack });
        }
    }

    [Fact]
    public async Task Hashes_that_the_packs_do_not_have_are_refused()
    {
        using var project = await TestProject.CreateAsync(hub);
        var sound = await project.VersionAsync(CutWriter.Write(Films.First), ("reel.xml", "native"u8.ToArray()), "Sound");
        var other = await project.VersionAsync(CutWriter.Write(Films.With("SC01", 3)), ("reel.xml", "other"u8.ToArray()), "Other");
        await RefusedSoonAsync(project, sound.Packed with { Version = sound.Record with { Cut = other.Record.Cut } });
        await RefusedSoonAsync(project, sound.Packed with { Version = sound.Record with { Native = other.Record.Native } });
        await RefusedSoonAsync(project, sound.Packed with { Version = sound.Record with { Native = null, NativeName = null } });
        await RefusedSoonAsync(project, sound.Packed with { NativePack = default });
        await RefusedSoonAsync(project, sound.Packed with { CutPack = sound.Packed.NativePack });
        await TestProject.AcceptedAsync(await project.PushAsync("main", null, sound));
    }

    [Fact]
    public async Task A_pack_may_only_build_on_the_versions_own_parents()
    {
        using var project = await TestProject.CreateAsync(hub);
        var root = await project.VersionAsync(Long(0), null, "Root");
        var sibling = await project.VersionAsync(Long(1), null, "Sibling", root.Id);
        await TestProject.AcceptedAsync(await project.PushAsync("main", null, root, sibling));
        var child = await project.VersionAsync(Long(2), null, "Of the sibling", sibling.Id);
        var claimed = child.Packed with { Version = child.Record with { Parents = [root.Id] } };
        await RefusedSoonAsync(project, claimed, "which its parents do not");

        // Nor on another project's versions, which are known by their ids alone.
        using var elsewhere = await TestProject.CreateAsync(hub);
        await RefusedSoonAsync(elsewhere, child.Packed with { Version = child.Record with { Parents = [] } }, "which its parents do not");
    }

    [Fact]
    public async Task A_push_that_is_cut_off_anywhere_leaves_nothing_and_goes_through_afterwards()
    {
        using var project = await TestProject.CreateAsync(hub);
        var history = TestHistory.Of(12, seed: 3, shots: 40);
        var request = new PushRequest("main", null, history[^1].Id);
        var body = await TestProject.BodyAsync(request, [.. history.Select(version => version.Packed)]);
        foreach (var length in Enumerable.Range(0, 40).Select(i => body.Length * i / 40).Append(body.Length - 1).Append(3))
        {
            using var cut = await project.SendAsync(body[..length]);
            await Answers.ProblemAsync(cut, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        }

        using var longer = await project.SendAsync([.. body, 0]);
        await Answers.ProblemAsync(longer, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        Assert.Empty((await project.FetchAsync(new FetchRequest(null, []))).Versions);
        using var first = await project.Client.GetAsync(project.At(HubRoutes.Version, history[0].Id), Ct);
        await Answers.ProblemAsync(first, HttpStatusCode.NotFound, ProblemCodes.NotFound);
        Assert.Equal(history[^1].Id, await TestProject.AcceptedAsync(await project.SendAsync(body)));
    }

    [Theory]
    [InlineData("FFFFFFFF")]
    [InlineData("FFFFFF7F")]
    [InlineData("00000020")]
    [InlineData("04000000")]
    [InlineData("05000000")]
    [InlineData("00000000")]
    [InlineData("")]
    public async Task A_stream_of_impossible_lengths_is_refused(string start)
    {
        using var project = await TestProject.CreateAsync(hub);
        byte[] noise = [.. Convert.FromHexString(start), .. "null{}"u8];
        using var response = await project.SendAsync(noise);
        await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);

        var head = await TestProject.BodyAsync(new PushRequest("main", null, new string('a', 64)));
        using var after = await project.SendAsync([.. head[..^4], .. noise]);
        Assert.Contains((int)after.StatusCode, (int[])[400, 422]);
    }

    [Fact]
    public async Task Ten_thousand_tiny_versions_are_taken_and_one_more_is_not()
    {
        using var project = await TestProject.CreateAsync(hub);
        var versions = new List<TestVersion>();
        var cut = CutWriter.Write(Films.First);
        for (var i = 0; i <= PushRules.MostVersions; i++) versions.Add(TestVersion.Of(cut, null, "", i, [.. versions.TakeLast(1)]));

        using var refused = await project.PushAsync("main", null, [.. versions]);
        var problem = await Answers.ProblemAsync(refused, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        Assert.Contains("more than 10000", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Null(await project.HeadAsync("main"));

        var clock = Stopwatch.StartNew();
        await TestProject.AcceptedAsync(await project.PushAsync("main", null, [.. versions.SkipLast(1)]));
        Assert.InRange(clock.ElapsedMilliseconds, 0, 60_000);
        Assert.Equal(PushRules.MostVersions, (await project.GetAsync<BranchResponse>(HubRoutes.Branch, "main")).Versions);
        var (head, fetched) = await project.FetchAsync(new FetchRequest(["main"], []));
        Assert.Equal(PushRules.MostVersions, head.Count);
        Assert.Equal(versions.SkipLast(1).Select(version => version.Id), fetched.Select(packed => VersionIdentity.IdOf(packed.Version)));
    }

    /// <summary>Refused as no sound version, within a few seconds and whatever it would take to read it whole.</summary>
    static async Task RefusedSoonAsync(TestProject project, PackedVersion version, string reason = "")
    {
        var clock = Stopwatch.StartNew();
        using var response = await project.PushAsync(new PushRequest(null, null, null), version);
        var problem = await Answers.ProblemAsync(response, HttpStatusCode.UnprocessableEntity, ProblemCodes.InvalidCut);
        Assert.Contains(reason, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 20_000);
        using var absent = await project.Client.GetAsync(project.At(HubRoutes.Version, VersionIdentity.IdOf(version.Version)), Ct);
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
    }

    static OtioDocument Long(int edits)
    {
        var shots = Enumerable.Range(0, 60).Select(i => TestKit.Cuts.Shot($"SC{i}", $"A{i}", i, i < edits ? 40 : 50)).ToArray();
        return CutWriter.Write(TestKit.Cuts.Sequence(24).Video("V1", shots).Identified());
    }

    static HandMadePack Cut(byte[] body) => Made(pack => pack.Add(HandMadePack.Document, body));

    static HandMadePack Made(Action<HandMadePack> add)
    {
        var pack = new HandMadePack();
        add(pack);
        return pack;
    }

    /// <summary>Sixty objects, each twice the one before: more items than there are atoms to hold them.</summary>
    static HandMadePack Doubling() => Made(pack =>
    {
        // One shape called 0, which is null; one record of it.
        var below = pack.Add(HandMadePack.Leaf, [1, 0, 0, 1, 0, 1, 0, 0]);
        for (var i = 0; i < 55; i++) below = pack.Add(HandMadePack.Node, [], below, below);
        pack.Add(HandMadePack.Document, HandMadePack.DocumentBody([Object, 2, SchemaWord, ConstantText, 0, .. Timeline, ChildrenWord, LongList]), below);
    });

    /// <summary>A shape of a million fields, in which one thing differs, and two hundred thousand records that name it.</summary>
    static HandMadePack WideLeaf() => Made(pack =>
    {
        var fields = Enumerable.Range(0, 1_000_000).SelectMany(i => (byte[])[0, 14, .. Encoding.ASCII.GetBytes($"{i:x7}"), 0]);
        byte[] shape = [Object, .. HandMadePack.Number(1_000_001), .. fields, 0, 14, .. "zzzzzzz"u8, Text];
        var records = Enumerable.Range(0, 200_000).SelectMany(_ => (byte[])[0, 0, 0]);
        byte[] body = [1, 0, 0, .. HandMadePack.Number(shape.Length), .. shape, .. HandMadePack.Number(200_000), .. records];
        var leaf = pack.Add(HandMadePack.Leaf, body);
        pack.Add(HandMadePack.Document, HandMadePack.DocumentBody([Object, 2, SchemaWord, ConstantText, 0, .. Timeline, ChildrenWord, LongList]), leaf);
    });
}
