using CineGit.Timeline.Identity;
using CineGit.Timeline.Objects;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Tests.Objects;

/// <summary>An edit makes few objects anew, wherever it is and however long the track.</summary>
public sealed class SharingTests
{
    const int Clips = 3_000;

    [Fact]
    public void A_changed_clip_makes_one_leaf_and_the_objects_above_it_anew()
    {
        var random = new Random(7);
        var before = Tree(Items());
        for (var round = 0; round < 100; round++)
        {
            var items = Items();
            var at = random.Next(Clips);
            items[at] = items[at].With("name", $"renamed {round} and a good deal longer than before");
            var fresh = Tree(items).MissingFrom(before);
            Assert.Single(fresh, o => o.Kind == ObjectKind.Leaf);
            Assert.InRange(fresh.Count, 3, 6);
        }
    }

    [Fact]
    public void An_inserted_or_removed_clip_makes_few_leaves_anew()
    {
        var random = new Random(8);
        var before = Tree(Items());
        var leaves = 0;
        for (var round = 0; round < 100; round++)
        {
            var items = Items();
            var at = random.Next(Clips);
            if (round % 2 == 0) items.Insert(at, Clip(100_000 + round, 9));
            else items.RemoveAt(at);
            leaves += Tree(items).MissingFrom(before).Count(o => o.Kind == ObjectKind.Leaf);
        }

        Assert.InRange(leaves, 100, 250);
    }

    [Fact]
    public void One_sequence_has_one_tree_however_it_came_about()
    {
        var random = new Random(9);
        var items = Items();
        for (var round = 0; round < 300; round++) items.Insert(random.Next(items.Count), Clip(100_000 + round, 9));
        var aside = items.Where(i => i.Child("metadata")!.Child("cinegit")!.Text("id")!.StartsWith("0000000000000009", StringComparison.Ordinal)).ToList();
        foreach (var added in aside) items.Remove(added);
        Assert.Equal(Tree(Items()).Hash, Tree(items).Hash);
    }

    [Fact]
    public void Leaves_are_neither_tiny_nor_huge()
    {
        var sizes = Tree(Items()).Walk().Where(o => o.Kind == ObjectKind.Leaf).Select(o => CutSizes.ItemsIn(o)).ToList();
        Assert.InRange(sizes.Average(), 25, 60);
        Assert.True(sizes.Max() <= 160);
    }

    [Fact]
    public void What_two_versions_share_is_not_missing()
    {
        var tree = Tree(Items());
        Assert.Empty(tree.MissingFrom(tree));
        Assert.Equal(tree.Walk().Count(), tree.MissingFrom().Count);
    }

    static VersionObject Tree(IEnumerable<OtioObject> items) =>
        CutObjects.Encode(new(OtioObject.Of("Track.1", ("children", OtioArray.Of(items)))));

    static List<OtioObject> Items() => [.. Enumerable.Range(0, Clips).Select(i => Clip(i, 1))];

    static OtioObject Clip(int index, ulong birth) => OtioObject.Of(
        "Clip.2",
        ("name", $"SC{index % 90:D3}"),
        ("metadata", OtioObject.Map(("cinegit", OtioObject.Map(("id", new ElementId(birth, (uint)index + 1).ToString()))))),
        ("source_range", OtioBuild.Range(new(index, Timeline.Time.FrameRate.Fps24), new(24 + index % 50, Timeline.Time.FrameRate.Fps24))));
}

static class CutSizes
{
    public static int ItemsIn(VersionObject leaf) =>
        CutObjects.Decode(CutObjects.Encode(new(OtioObject.Of("Track.1", ("children", new OtioArray(ItemTree.ContentOf(leaf, new ShapeCache()).Items))))))
            .Root.List("children").Length;
}
