using System.Collections.Immutable;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Objects;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Tests.Objects;

public sealed class PackTests
{
    readonly Dictionary<PackId, byte[]> _store = [];
    int _versions;

    [Fact]
    public void Every_version_of_a_long_history_opens_as_it_was()
    {
        var random = new Random(4);
        var film = Film(600);
        var expected = new List<(PackId Id, OtioDocument Document)>();
        StoredTree? head = null;
        for (var v = 0; v < 400; v++)
        {
            Edit(film, random, v);
            var document = Document(film);
            head = Commit(document, head is null ? [] : [head]);
            expected.Add((Id(_versions), document));
        }

        foreach (var (id, document) in expected)
        {
            var tree = Open(id);
            Assert.True(CutObjects.Decode(tree.Root) == document);
            Assert.Equal(CutObjects.Encode(document).Hash, tree.Root.Hash);
            Assert.InRange(tree.Objects.Max(o => o.Chain), 0, PackWriter.LongestChain);
        }
    }

    [Fact]
    public void Small_edits_make_small_packs()
    {
        var random = new Random(5);
        var film = Film(2_000);
        var head = Commit(Document(film), []);
        for (var v = 0; v < 50; v++)
        {
            Edit(film, random, v);
            head = Commit(Document(film), [head]);
            Assert.InRange(_store[Id(_versions)].Length, 10, 400);
        }
    }

    [Fact]
    public void A_merge_takes_each_side_s_objects_and_stores_only_what_neither_has()
    {
        var film = Film(2_000);
        var origin = Commit(Document(film), []);
        var ours = Film(2_000);
        ours[3] = ours[3].With("name", "ours");
        var left = Commit(Document(ours), [origin]);
        var theirs = Film(2_000);
        theirs[1_900] = theirs[1_900].With("name", "theirs");
        var right = Commit(Document(theirs), [origin]);
        theirs[3] = ours[3];
        var merged = Document(theirs);
        Commit(merged, [left, right]);
        var pack = Pack.Read(Id(_versions), _store[Id(_versions)]);
        Assert.InRange(pack.Count, 1, 4);
        Assert.True(CutObjects.Decode(Open(pack.Id).Root) == merged);
    }

    [Fact]
    public void A_version_that_changes_nothing_brings_no_object()
    {
        var film = Document(Film(100));
        var first = Commit(film, []);
        var again = Commit(film, [first]);
        Assert.Equal(0, Pack.Read(Id(_versions), _store[Id(_versions)]).Count);
        Assert.Equal(first.Root.Hash, again.Root.Hash);
        Assert.True(CutObjects.Decode(Open(Id(_versions)).Root) == film);
    }

    [Fact]
    public void Going_back_to_an_older_cut_costs_little_and_opens()
    {
        var film = Film(500);
        var first = Commit(Document(film), []);
        film.RemoveRange(100, 200);
        var second = Commit(Document(film), [first]);
        Commit(Document(Film(500)), [second]);
        Assert.True(CutObjects.Decode(Open(Id(_versions)).Root) == Document(Film(500)));
    }

    [Fact]
    public void What_is_missing_is_asked_for_and_then_found()
    {
        var film = Film(500);
        var head = Commit(Document(film), []);
        for (var v = 0; v < 30; v++)
        {
            film[v * 10] = film[v * 10].With("name", $"v{v}");
            head = Commit(Document(film), [head]);
        }

        var load = new TreeLoad(Id(_versions));
        var turns = 0;
        for (; load.Tree is null; turns++)
        {
            Assert.NotEmpty(load.Missing);
            load.Supply(load.Missing.Select(id => Pack.Read(id, _store[id])).ToList());
        }

        Assert.InRange(turns, 2, 40);
        Assert.Equal(head.Root.Hash, load.Tree.Root.Hash);
    }

    [Fact]
    public void A_pack_is_received_with_its_parents_and_refused_without()
    {
        var film = Film(500);
        var first = Commit(Document(film), []);
        film[10] = film[10].With("name", "changed");
        var second = Commit(Document(film), [first]);
        var pack = Pack.Read(Id(2), _store[Id(2)]);
        Assert.Equal(second.Root.Hash, TreeReader.Receive(pack, second.Root.Hash, first).Root.Hash);
        Assert.Throws<CorruptObjectException>(() => TreeReader.Receive(pack, first.Root.Hash, first));
        Assert.Contains("builds on", Assert.Throws<CorruptObjectException>(() => TreeReader.Receive(pack, second.Root.Hash)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_pack_is_refused_or_opens_with_another_hash()
    {
        var random = new Random(6);
        var film = Film(300);
        var first = Commit(Document(film), []);
        Edit(film, random, 1);
        var second = Commit(Document(film), [first]);
        foreach (var (id, parents, hash) in new (PackId, StoredTree[], ContentHash)[] { (Id(1), [], first.Root.Hash), (Id(2), [first], second.Root.Hash) })
        {
            var whole = _store[id];
            for (var round = 0; round < 3_000; round++)
            {
                var damaged = (byte[])whole.Clone();
                damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
                if (round % 5 == 0) damaged = damaged[..random.Next(damaged.Length)];
                try
                {
                    // A bit that Brotli does not look at may be damaged without harm; then the content is the very same.
                    Assert.Equal(hash, TreeReader.Receive(Pack.Read(id, damaged), hash, parents).Root.Hash);
                }
                catch (CorruptObjectException)
                {
                    // Refused.
                }
            }
        }
    }

    [Fact]
    public void Packs_that_build_on_each_other_in_a_circle_are_refused()
    {
        var film = Film(100);
        var first = Commit(Document(film), []);
        film[1] = film[1].With("name", "x");
        Commit(Document(film), [first]);

        // The second pack under the first one's name is a difference from itself.
        var load = new TreeLoad(Id(1));
        Assert.Throws<CorruptObjectException>(() => load.Supply(Pack.Read(Id(1), _store[Id(2)])));
    }

    StoredTree Commit(OtioDocument document, ImmutableArray<StoredTree> parents)
    {
        var id = Id(++_versions);
        var written = PackWriter.Write(id, CutObjects.Encode(document), parents);
        _store[id] = written.Bytes.ToArray();
        return written.Tree;
    }

    StoredTree Open(PackId id)
    {
        var load = new TreeLoad(id);
        while (load.Tree is null) load.Supply(load.Missing.Select(m => Pack.Read(m, _store[m])).ToList());
        return load.Tree;
    }

    static PackId Id(int version) => PackId.OfCut(ContentHash.Of(BitConverter.GetBytes(version)));

    static OtioDocument Document(IEnumerable<OtioObject> clips) =>
        new(OtioBuild.Timeline("film", null, [OtioBuild.Track("V1", "Video", clips)]));

    static List<OtioObject> Film(int clips) => [.. Enumerable.Range(0, clips).Select(i => Clip(i, 1))];

    static OtioObject Clip(int index, ulong birth) => OtioBuild
        .Clip($"SC{index:D4}", OtioBuild.ExternalReference($"file:///media/A{index / 40:D3}_C{index % 40:D3}.mov", null), null)
        .With("metadata", OtioObject.Map(("cinegit", OtioObject.Map(("id", new ElementId(birth, (uint)index + 1).ToString())))));

    static void Edit(List<OtioObject> film, Random random, int version)
    {
        var at = random.Next(film.Count);
        switch (random.Next(4))
        {
            case 0: film.Insert(at, Clip(random.Next(1_000_000), (ulong)version + 2)); break;
            case 1 when film.Count > 10: film.RemoveAt(at); break;
            case 2: film[at] = film[at].With("enabled", random.Next(2) == 0); break;
            default: film[at] = film[at].With("name", $"renamed {version}"); break;
        }
    }
}
