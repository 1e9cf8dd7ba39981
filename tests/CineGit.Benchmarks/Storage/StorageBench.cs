using System.Buffers;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Objects;
using CineGit.Timeline.Otio;

namespace CineGit.Benchmarks.Storage;

static class StorageBench
{
    public static IEnumerable<Figure> Run(bool quick)
    {
        foreach (var clips in quick ? [500] : (int[])[500, 10_000])
        {
            var random = new Random(20261121);
            var film = Film.Generate(clips, random);
            var parent = default(StoredTree);
            var sizes = new List<int>();
            var natives = new List<int>();
            var packs = new Dictionary<PackId, Pack>();
            var nativeParent = default(StoredTree);
            var last = default(PackId);
            for (var v = 0; v < 40; v++)
            {
                film.BeginVersion((ulong)random.NextInt64());
                if (v > 0) for (var e = 0; e < 5; e++) FilmEdits.Apply(film, random);
                var hash = ContentHash.Of(BitConverter.GetBytes(v + 1000));
                var root = CutObjects.Encode(film.ToDocument(true));
                var written = PackWriter.Write(PackId.OfCut(hash), root, parent is null ? [] : [parent]);
                parent = written.Tree;
                sizes.Add(written.Bytes.Length);
                packs[written.Id] = Pack.Read(written.Id, written.Bytes);
                last = written.Id;
                var buffer = new ArrayBufferWriter<byte>();
                OtioWriter.Write(film.ToDocument(false), buffer);
                var native = PackWriter.Write(PackId.OfNative(hash), FileObjects.Encode(buffer.WrittenMemory.ToArray()), nativeParent is null ? [] : [nativeParent]);
                nativeParent = native.Tree;
                natives.Add(native.Bytes.Length);
                if (v % 50 == 0) Console.Error.WriteLine($"{clips} v{v}: objects {parent.Root.Walk().Count()} body bytes {parent.Root.Walk().Sum(o => o.Body.Length)} pack {written.Bytes.Length} native {native.Bytes.Length} of {buffer.WrittenCount}");
            }

            Console.Error.WriteLine($"{clips}: first {sizes[0]}, per version {sizes.Skip(1).Average():F0}, total {sizes.Sum()}; natives first {natives[0]}, per version {natives.Skip(1).Average():F0}");
            var all = packs.Values.ToList();
            var ms = CpuClock.Median(9, () =>
            {
                var load = new TreeLoad(last);
                load.Supply(all);
                var doc = CutObjects.Decode(load.Tree!.Root);
            });
            yield return new($"open {clips}", ms, "ms", null, null, "");
        }
    }
}
