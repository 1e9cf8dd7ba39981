using System.Buffers;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Objects;
using CineGit.Timeline.Otio;

namespace CineGit.Benchmarks.Storage;

/// <summary>A film's versions, five edits each, as our packs.</summary>
sealed class FilmHistory
{
    const int EditsPerVersion = 5;

    readonly Random _random = new(20261121);
    readonly Film _film;
    StoredTree? _cut;
    StoredTree? _file;

    public FilmHistory(int clips) => _film = Film.Generate(clips, _random);

    public List<PackId> Versions { get; } = [];

    public Dictionary<PackId, ReadOnlyMemory<byte>> Packs { get; } = [];

    public long CutBytes { get; private set; }

    public long FileBytes { get; private set; }

    /// <summary>Edits, unless this is the first version, and stores the cut as a commit does.</summary>
    public void Commit()
    {
        _film.BeginVersion((ulong)_random.NextInt64());
        for (var i = 0; Versions.Count > 0 && i < EditsPerVersion; i++) FilmEdits.Apply(_film, _random);
        var version = ContentHash.Of(BitConverter.GetBytes(Versions.Count));
        var pack = PackWriter.Write(PackId.OfCut(version), CutObjects.Encode(_film.ToDocument(withIds: true)), _cut is null ? [] : [_cut]);
        _cut = pack.Tree;
        Versions.Add(pack.Id);
        Packs[pack.Id] = pack.Bytes;
        CutBytes += pack.Bytes.Length;
    }

    /// <summary>The file an NLE would have written, which knows nothing of ids.</summary>
    public ReadOnlyMemory<byte> FileOfNle()
    {
        var buffer = new ArrayBufferWriter<byte>();
        OtioWriter.Write(_film.ToDocument(withIds: false), buffer);
        return buffer.WrittenMemory;
    }

    /// <summary>Keeps that file byte for byte as well, as a commit does.</summary>
    public void Keep(ReadOnlyMemory<byte> file)
    {
        var version = ContentHash.Of(BitConverter.GetBytes(Versions.Count - 1));
        var pack = PackWriter.Write(PackId.OfNative(version), FileObjects.Encode(file), _file is null ? [] : [_file]);
        _file = pack.Tree;
        FileBytes += pack.Bytes.Length;
    }

    /// <summary>A version out of nothing but stored bytes.</summary>
    /// <returns>How many packs that took.</returns>
    public int Open(PackId version, out OtioDocument document)
    {
        var load = new TreeLoad(version);
        var packs = 0;
        while (load.Tree is null)
        {
            var wanted = load.Missing.Select(id => Pack.Read(id, Packs[id])).ToList();
            packs += wanted.Count;
            load.Supply(wanted);
        }

        document = CutObjects.Decode(load.Tree.Root);
        return packs;
    }
}
