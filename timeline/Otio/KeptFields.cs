namespace CineGit.Timeline.Otio;

/// <summary>
/// Fields that another version of a schema has and this one has not, in <c>metadata.cinegit.kept</c> under the name of the
/// version they belong to: <c>{"Clip.2": {"active_media_reference_key": "hi"}}</c>.
/// </summary>
static class KeptFields
{
    const string Metadata = "metadata";
    const string Kept = "kept";

    /// <summary>Where a value goes that stood in the place of our dictionary.</summary>
    const string Displaced = "displaced";

    /// <summary>What was kept for the same version before and never taken back.</summary>
    const string Earlier = "earlier";

    public static OtioObject? Of(OtioObject node, string version) =>
        node.Child(Metadata)?.Child(OtioSchema.OwnMetadata)?.Child(Kept)?.Child(version);

    public static OtioObject With(OtioObject node, string version, OtioObject fields)
    {
        var metadata = node[Metadata] as OtioObject;
        var own = metadata?[OtioSchema.OwnMetadata] as OtioObject;
        if (metadata is null) fields = fields.With(Metadata, Stood(node[Metadata]));
        else if (own is not { Fields.IsEmpty: false }) fields = fields.With(OtioSchema.OwnMetadata, Stood(metadata[OtioSchema.OwnMetadata]));
        own ??= OtioObject.EmptyMap;
        var kept = own[Kept] switch
        {
            null => OtioObject.EmptyMap,
            OtioObject map => map,
            var odd => OtioObject.Map((Displaced, odd)),
        };
        if (kept[version] is { } earlier) fields = fields.With(Earlier, earlier);
        own = own.With(Kept, kept.With(version, fields));
        return node.With(Metadata, (metadata ?? OtioObject.EmptyMap).With(OtioSchema.OwnMetadata, own));
    }

    /// <summary>The object as it was before <see cref="With"/>, as far as nobody else wrote into its metadata since.</summary>
    public static OtioObject Without(OtioObject node, string version)
    {
        if (node.Child(Metadata) is not { } metadata || metadata.Child(OtioSchema.OwnMetadata) is not { } own
            || own.Child(Kept) is not { } kept || kept.Child(version) is not { } fields)
        {
            return node;
        }

        kept = fields[Earlier] is { } earlier ? kept.With(version, earlier) : kept.Without(version);
        own = kept.Fields.IsEmpty ? own.Without(Kept) : own.With(Kept, kept);
        metadata = Restored(metadata, OtioSchema.OwnMetadata, own, fields);
        return Restored(node, Metadata, metadata, fields);
    }

    /// <summary>The dictionary, or what stood in its place when nothing else is in it.</summary>
    static OtioObject Restored(OtioObject carrier, string field, OtioObject dictionary, OtioObject kept)
    {
        var stood = kept[field] as OtioArray;
        if (dictionary.Fields.IsEmpty)
        {
            if (stood is { Items: [var only] }) return carrier.With(field, only);
            return stood is null && field == Metadata ? carrier.With(field, dictionary) : carrier.Without(field);
        }

        return stood is { Items: [not OtioNull and var value] }
            ? carrier.With(field, dictionary.With(Displaced, value))
            : carrier.With(field, dictionary);
    }

    /// <summary>A list, so that no value at all is told from null.</summary>
    static OtioArray Stood(OtioValue? value) => value is null ? OtioArray.Empty : OtioArray.Of([value]);
}
