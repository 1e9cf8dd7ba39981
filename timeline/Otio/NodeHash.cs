using CineGit.Timeline.Identity;

namespace CineGit.Timeline.Otio;

/// <summary>
/// The hash of an object over the hashes of the objects that make up its structure; see <see cref="CanonicalForm"/>. What an
/// edit leaves alone keeps its hash, so only the path to the edit is hashed again.
/// </summary>
static class NodeHash
{
    /// <summary>Kind and version of the hashed bytes. No canonical form begins with it.</summary>
    const byte Form = 0x01;

    /// <summary>Before 32 bytes of hash. No JSON value begins with it.</summary>
    const byte Reference = (byte)'#';

    public static ContentHash Of(OtioObject node)
    {
        using var bytes = new PooledOutput();
        bytes.Add(Form);
        var json = new JsonOutput(bytes);
        json.Byte((byte)'{');
        var isFirst = true;
        foreach (var field in CanonicalForm.Sorted(node.Fields.AsSpan()))
        {
            if (!isFirst) json.Byte((byte)',');
            isFirst = false;
            json.Quoted(field.Name);
            json.Byte((byte)':');
            WriteValue(field, ref json);
        }

        json.Byte((byte)'}');
        json.Complete();
        return ContentHash.Of(bytes.Written);
    }

    static void WriteValue(OtioField field, ref JsonOutput json)
    {
        switch (field)
        {
            case { Name: "tracks", Value: OtioObject stack }: WriteReference(stack, ref json); break;
            case { Name: "children", Value: OtioArray list }: WriteChildren(list, ref json); break;
            default: CanonicalForm.WriteValue(field.Value, ref json); break;
        }
    }

    static void WriteChildren(OtioArray list, ref JsonOutput json)
    {
        json.Byte((byte)'[');
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (i > 0) json.Byte((byte)',');
            if (list.Items[i] is OtioObject child) WriteReference(child, ref json);
            else CanonicalForm.WriteValue(list.Items[i], ref json);
        }

        json.Byte((byte)']');
    }

    static void WriteReference(OtioObject child, ref JsonOutput json)
    {
        Span<byte> digest = stackalloc byte[ContentHash.Size];
        child.Hash.WriteTo(digest);
        json.Byte(Reference);
        json.Utf8(digest);
    }
}
