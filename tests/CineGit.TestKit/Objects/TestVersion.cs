using CineGit.Contracts.Hub;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Objects;
using CineGit.Timeline.Otio;

namespace CineGit.TestKit.Objects;

/// <summary>A version as its author has it: what is sent, and the trees that the next one is packed against.</summary>
/// <param name="Packed">The record and both packs, as they travel.</param>
/// <param name="Cut">The cut as it was encoded.</param>
/// <param name="Native">The committed file; null when there is none.</param>
public sealed record TestVersion(
    PackedVersion Packed, OtioDocument Cut, ReadOnlyMemory<byte>? Native, StoredTree CutTree, StoredTree? NativeTree)
{
    static readonly DateTimeOffset FirstCommit = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public VersionRecord Record => Packed.Version;

    public string Id { get; } = VersionIdentity.IdOf(Packed.Version);

    public ContentHash Hash => HashOf(Id);

    public PackId CutPack => PackId.OfCut(Hash);

    public PackId NativePack => PackId.OfNative(Hash);

    /// <param name="minute">How many minutes after the first commit it was made, which makes it like no other.</param>
    /// <param name="parents">The one it was made from first.</param>
    public static TestVersion Of(
        OtioDocument cut, (string Name, ReadOnlyMemory<byte> Bytes)? native, string message, int minute, params TestVersion[] parents)
    {
        var root = CutObjects.Encode(cut);
        var file = native is { } given ? FileObjects.Encode(given.Bytes) : null;
        var record = new VersionRecord(
            [.. parents.Select(parent => parent.Id)],
            root.Hash.Hex,
            file?.Hash.Hex,
            native?.Name,
            "Kim Berg",
            message,
            FirstCommit.AddMinutes(minute));
        return Pack(record, cut, root, native?.Bytes, file, parents);
    }

    /// <summary>A version that came from elsewhere; its parents must be those that it names.</summary>
    public static TestVersion Received(PackedVersion packed, params TestVersion[] parents)
    {
        var id = HashOf(VersionIdentity.IdOf(packed.Version));
        var cut = TreeReader.Receive(
            Timeline.Objects.Pack.Read(PackId.OfCut(id), packed.CutPack), HashOf(packed.Version.Cut), parents.Select(parent => parent.CutTree));
        if (packed.Version.Native is not { } native) return new(packed, CutObjects.Decode(cut.Root), null, cut, null);
        var file = TreeReader.Receive(
            Timeline.Objects.Pack.Read(PackId.OfNative(id), packed.NativePack),
            HashOf(native),
            parents.Select(parent => parent.NativeTree).OfType<StoredTree>());
        var bytes = FileObjects.Decode(file.Root).SelectMany(part => part.ToArray()).ToArray();
        return new(packed, CutObjects.Decode(cut.Root), bytes, cut, file);
    }

    static TestVersion Pack(
        VersionRecord record, OtioDocument cut, VersionObject root, ReadOnlyMemory<byte>? native, VersionObject? file, TestVersion[] parents)
    {
        var id = HashOf(VersionIdentity.IdOf(record));
        var cutPack = PackWriter.Write(PackId.OfCut(id), root, [.. parents.Select(parent => parent.CutTree)]);
        var nativePack = file is null
            ? null
            : PackWriter.Write(PackId.OfNative(id), file, [.. parents.Select(parent => parent.NativeTree).OfType<StoredTree>()]);
        var packed = new PackedVersion(record, cutPack.Bytes, nativePack?.Bytes ?? default);
        return new(packed, cut, native, cutPack.Tree, nativePack?.Tree);
    }

    static ContentHash HashOf(string id) =>
        ContentHash.TryParse(id, out var hash) ? hash : throw new InvalidOperationException($"{id} is no version id.");
}
