using CineGit.Timeline.Identity;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Tests.Otio;
using FsCheck;
using FsCheck.Fluent;

namespace CineGit.Timeline.Tests.Objects;

/// <summary>Documents whose lists are long enough to be cut into runs, with ids, gaps, nested lists and anything as metadata.</summary>
static class ObjectGenerators
{
    public static Arbitrary<OtioDocument> Documents()
    {
        var anything = OtioGenerators.Documents().Generator.Select(d => d.Root).Resize(6);
        var items =
            from count in Gen.Choose(0, 60)
            from some in anything.ListOf(5).Select(s => s.ToList())
            from kinds in Gen.Choose(0, 9).ListOf(count)
            from birth in Gen.Choose(1, 3).ListOf(count)
            select kinds.Select((kind, i) => Item(kind, i, (ulong)birth[i], some)).ToList();
        return (
            from top in items
            from nested in items
            from odd in anything
            select new OtioDocument(Track(top.Append(Track(nested)).ToList()).With("odd", odd).With("metadata", odd)))
            .ToArbitrary();
    }

    static OtioObject Track(IEnumerable<OtioObject> children) => OtioObject.Of("Track.1", ("children", OtioArray.Of(children)));

    static OtioObject Item(int kind, int index, ulong birth, List<OtioObject> some)
    {
        if (kind == 0) return some[index % some.Count];
        if (kind == 1) return OtioObject.Of("Gap.1", ("duration", (double)index));
        var own = OtioObject.Map(("id", new ElementId(birth, (uint)(index * index)).ToString()));
        var metadata = kind == 2
            ? OtioObject.Map(("cinegit", own), ("other", some[index % some.Count]))
            : OtioObject.Map(("cinegit", own));
        return OtioObject.Of("Clip.2", ("name", $"clip {index % 7}"), ("metadata", metadata), ("duration", index * 1.5));
    }
}
