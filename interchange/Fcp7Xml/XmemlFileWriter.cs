using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>How a file is used in the whole document: what a program must find in it.</summary>
internal sealed record XmemlFileUse
{
    public bool Video { get; set; }

    public int AudioChannels { get; set; }
}

/// <summary>Files: defined in full at their first use, named by id later.</summary>
internal sealed class XmemlFileWriter(XmemlWriting writing)
{
    readonly Dictionary<string, OtioObject> _defined = [];
    readonly Dictionary<string, string> _idByMedia = [];
    readonly Dictionary<string, string> _masterClips = [];
    readonly Dictionary<string, XmemlFileUse> _uses = [];

    /// <summary>Equal for media that are one file.</summary>
    public static string KeyOf(OtioObject media) =>
        XmemlOtio.HasRest(media) || media.SchemaName is not (OtioSchema.ExternalReference or OtioSchema.MissingReference)
            ? media.Hash.ToString()
            : $"{media.Text("target_url")}\n{media.Text("name")}\n{XmemlMediaFields.Start(media).Value}";

    /// <summary>Notes a use before anything is written.</summary>
    public void Note(OtioObject media, bool isVideo, int audioChannel, OtioObject? local)
    {
        var key = KeyOf(media);
        if (!_uses.TryGetValue(key, out var use)) _uses[key] = use = new();
        use.Video |= isVideo;
        use.AudioChannels = Math.Max(use.AudioChannels, audioChannel);
        if (local?.Text(XmemlKeys.MasterClip) is { } masterClip) _masterClips.TryAdd(key, masterClip);
    }

    /// <summary>The master clip that other uses of this media have, else a new one.</summary>
    public string MasterClip(OtioObject media)
    {
        var key = KeyOf(media);
        return _masterClips.TryGetValue(key, out var known) ? known : _masterClips[key] = writing.Ids.Take("masterclip", null);
    }

    /// <summary>A file that was defined in elements kept as they were.</summary>
    public void Define(string id, OtioObject kept) => _defined.TryAdd(id, kept);

    public bool IsDefined(string id) => _defined.ContainsKey(id);

    /// <param name="clip">Whose media it is.</param>
    /// <param name="media">The reference to write.</param>
    /// <param name="outer">The rate of the item.</param>
    /// <param name="location">For diagnostics.</param>
    public void Write(OtioObject clip, OtioObject media, FrameRate outer, string location)
    {
        var local = XmemlOtio.Local(clip);
        var wanted = local?.Text(XmemlKeys.FileId);
        var isWhole = local?.Flag(XmemlKeys.Whole) is true;
        if (local is not null && local[XmemlKeys.FileId] is OtioNull)
        {
            Whole(null, media, outer, location);
            return;
        }

        if (wanted is not null && _defined.TryGetValue(wanted, out var known) && (isWhole || IsSame(known, media)))
        {
            if (isWhole) Whole(wanted, media, outer, location);
            else Reference(wanted);
            return;
        }

        if ((wanted is null || _defined.ContainsKey(wanted)) && _idByMedia.TryGetValue(KeyOf(media), out var id))
        {
            Reference(id);
            return;
        }

        id = writing.Ids.Take("file", wanted);
        _defined[id] = media;
        _idByMedia.TryAdd(KeyOf(media), id);
        Whole(id, media, outer, location);
    }

    /// <summary>The file as it was kept in a bin says no more than its own id; a use that still has it knows.</summary>
    static bool IsSame(OtioObject known, OtioObject media) => known.SchemaName.Length == 0 || ReferenceEquals(known, media) || known.Equals(media);

    void Reference(string id)
    {
        writing.Output.Start("file");
        writing.Output.Attribute("id", id);
        writing.Output.End();
    }

    void Whole(string? id, OtioObject media, FrameRate outer, string location)
    {
        writing.Output.Start("file");
        if (id is not null) writing.Output.Attribute("id", id);
        if (XmemlOtio.HasRest(media))
        {
            var rest = XmemlOtio.Rest(media);
            XmlMetadata.WriteAttributes(writing.Output, rest.Without("@id"));
            XmemlMediaFields.WriteFile(writing.Output, media, rest, outer);
        }
        else
        {
            XmemlForeignMedia.Write(writing, media, _uses.GetValueOrDefault(KeyOf(media)) ?? new(), outer, location);
        }

        writing.Output.End();
        writing.Losses.MetadataOf(media, location);
    }
}
