using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Identity;

/// <summary>What is inside a nest apart from our own metadata, which another program's export may have lost.</summary>
static class NestPrint
{
    const string Metadata = "metadata";

    /// <summary>Lists whose objects carry ids of ours.</summary>
    static readonly string[] Lists = [NestInside.Children, "effects", "markers"];

    public static ContentHash Of(Nest nest) =>
        OtioObject.Of(nest.Node.SchemaName, (NestInside.Children, OtioArray.Of(Bare(nest.Node).List(NestInside.Children)))).Hash;

    /// <summary>Nothing at all is no evidence that two nests are one.</summary>
    public static bool IsEmpty(Nest nest) => nest.Node.List(NestInside.Children).IsEmpty;

    /// <summary>The sequence by the name that the program gave it, where the format keeps one.</summary>
    public static string? NativeId(Nest nest)
    {
        var metadata = nest.Node.Child(Metadata);
        var final = metadata?.Child("fcp_xml");
        return final?.Text("uuid") ?? final?.Child("sequence")?.Text("uuid") ?? final?.Child("sequence")?.Text("@id") ?? metadata?.Child("AAF")?.Text("MobID");
    }

    static OtioObject Bare(OtioObject node)
    {
        foreach (var list in Lists)
        {
            var items = node.List(list);
            var parent = node;
            if (!items.IsEmpty) node = node.With(list, OtioArray.Of(items.Select(i => i is OtioObject child ? Bare(InTrack(parent, list, child)) : i)));
        }

        return WithoutOwn(node);
    }

    /// <summary>Identifying a nest puts a track around what stands in a stack without one.</summary>
    static OtioObject InTrack(OtioObject parent, string list, OtioObject child) =>
        list == NestInside.Children && parent.SchemaName == OtioSchema.Stack && child.SchemaName != OtioSchema.Track
            ? OtioBuild.Track("", "Video", [child])
            : child;

    static OtioObject WithoutOwn(OtioObject node)
    {
        if (node.Child(Metadata) is not { } metadata) return node;
        var foreign = metadata[OtioSchema.OwnMetadata] is null ? metadata : metadata.Without(OtioSchema.OwnMetadata);
        return foreign.Fields.IsEmpty ? node.Without(Metadata) : node.With(Metadata, foreign);
    }
}
