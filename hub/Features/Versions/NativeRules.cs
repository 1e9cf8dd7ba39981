using CineGit.Hub.Platform.Host;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Objects;

namespace CineGit.Hub.Features.Versions;

/// <summary>What the hub asks of a committed file's tree.</summary>
static class NativeRules
{
    /// <exception cref="CorruptObjectException">It is no file, not as long as it says, or longer than the hub takes.</exception>
    public static void Check(VersionObject file)
    {
        var said = FileObjects.LengthOf(file);
        if (said > HubLimits.Native) throw new CorruptObjectException($"a file has {said:N0} bytes, and the hub takes {HubLimits.Native:N0}");

        // Each object is counted once and not walked once per link: a small tree can stand for a file without end.
        var lengths = new Dictionary<ContentHash, long>();
        var held = 0L;
        foreach (var item in file.Walk())
        {
            held += item.Body.Length;
            lengths[item.Hash] = item.Kind switch
            {
                ObjectKind.Chunk when item.Links.IsEmpty => item.Body.Length,
                ObjectKind.Node or ObjectKind.File when item.Kind == ObjectKind.Node || item == file => LinkedLength(item, lengths),
                _ => throw new CorruptObjectException($"a {item.Kind} stands where a part of a file is needed"),
            };
        }

        if (lengths[file.Hash] != said) throw new CorruptObjectException("a file is not as long as it says");
        if (held > said + HubLimits.CutPack) throw new CorruptObjectException("a file holds much more than it says");
    }

    static long LinkedLength(VersionObject item, Dictionary<ContentHash, long> lengths)
    {
        var length = 0L;
        foreach (var link in item.Links)
        {
            length += lengths[link.Hash];
            if (length > HubLimits.Native) throw new CorruptObjectException("a file is longer than it says");
        }

        return length;
    }
}
