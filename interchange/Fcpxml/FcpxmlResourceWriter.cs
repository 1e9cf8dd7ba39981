using System.Globalization;
using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>Writes <c>resources</c>: those that were kept, compounds with their inside, and what the cut needs beside them.</summary>
internal sealed class FcpxmlResourceWriter(FcpxmlTarget target, XmlOutput output, FcpxmlStoryWriter stories)
{
    static readonly string[] AssetOrder = ["media-rep", "bookmark", "metadata"];

    readonly HashSet<string> _written = new(StringComparer.Ordinal);

    public void Write()
    {
        output.Start("resources");
        foreach (var (rate, key) in target.NewFormats.Select(f => (f.Value, f.Key))) NewFormat(key, rate.Rate, rate.Grid);
        foreach (var (key, record) in Ordered()) Known(key, record);
        foreach (var asset in target.NewAssets) NewAsset(asset);
        foreach (var media in target.Media.Where(m => !_written.Contains(m.Key)).ToList()) Media(media, OtioObject.EmptyMap);
        output.End();
    }

    /// <summary>In the order of the file they came from.</summary>
    IEnumerable<KeyValuePair<string, OtioObject>> Ordered()
    {
        var order = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var field in (target.Local.Child(FcpxmlKeys.Ids) ?? OtioObject.EmptyMap).Fields) order.TryAdd(field.Name, order.Count);
        return target.Known.OrderBy(k => order.TryGetValue(k.Key, out var place) ? place : int.MaxValue);
    }

    void Known(string key, OtioObject record)
    {
        if (record.Text(FcpxmlKeys.Element) is not { } name || !XmlNames.IsName(name)) return;
        if (name == "media" && target.MediaOf(key) is { } media)
        {
            Media(media, record);
            return;
        }

        if (name == "media" && IsOpened(record))
        {
            if (!IsReferenced(key)) return;
            target.Diagnostics.Warn(DiagnosticCodes.FcpxmlLeftOut, "", $"The compound clip \"{record.Text("@name")}\" is not in the cut any more; browser clips that show it show nothing.");
            record = record.Without(FcpxmlKeys.Sequence).Without("multicam");
        }

        output.Start(name);
        output.Attribute("id", target.Id(key));
        var rest = target.InFile(record, null).Without(FcpxmlKeys.Element);
        XmlMetadata.WriteAttributes(output, rest);
        foreach (var field in rest.Fields.Where(f => f.Name[0] != '@').OrderBy(f => Array.IndexOf(AssetOrder, f.Name)))
        {
            XmlMetadata.WriteChildren(output, new([field]));
        }

        output.End();
    }

    static bool IsOpened(OtioObject record) =>
        record.Child(FcpxmlKeys.Sequence) is { } sequence ? sequence["spine"] is null : record.Child("multicam") is { } multicam && multicam["mc-angle"] is null;

    bool IsReferenced(string key) => Mentions(target.Section.Without(FcpxmlKeys.Resources), key) || target.Known.Any(k => k.Key != key && Mentions(k.Value, key));

    static bool Mentions(OtioValue value, string key) => value switch
    {
        OtioString text => text.Value == key,
        OtioObject element => element.Fields.Any(f => Mentions(f.Value, key)),
        OtioArray list => list.Items.Any(i => Mentions(i, key)),
        _ => false,
    };

    void Media(FcpxmlMedia media, OtioObject record)
    {
        _written.Add(media.Key);
        var rest = target.InFile(record, null);
        output.Start("media");
        output.Attribute("id", target.Id(media.Key));
        if (rest["@name"] is null && media.Name.Length > 0) output.Attribute("name", media.Name);
        XmlMetadata.WriteAttributes(output, rest);
        if (target.Local.Child(FcpxmlKeys.Dates)?.Text(media.Key) is { } date) output.Attribute("modDate", date);
        if (media.Angles is { } angles) Multicam(rest.Child("multicam") ?? OtioObject.EmptyMap, angles);
        else if (media.Story is { } story) Sequence(media, rest.Child(FcpxmlKeys.Sequence) ?? OtioObject.EmptyMap, story);
        output.End();
    }

    void Sequence(FcpxmlMedia media, OtioObject said, FcpxmlStory story)
    {
        var total = FcpxmlTime.Format(story.Length, FcpxmlGrid.Fps24);
        var isAsRead = target.Local.Child(FcpxmlKeys.Totals)?.Text(media.Key) == total;
        if (!isAsRead) said = said.With("@duration", FcpxmlTime.Format(story.Length, story.Frame.Grid));
        output.Start("sequence");
        if (said["@format"] is null) output.Attribute("format", target.Id(media.Format ?? target.NewFormat(story.Frame)));
        var origin = FcpxmlTime.TryParse(said.Text("@tcStart"), out var start) ? start : Flicks.Zero;
        FcpxmlSequenceBody.Write(said, story, origin, output, stories);
        output.End();
    }

    void Multicam(OtioObject said, List<(OtioObject Track, FcpxmlStory Story)> angles)
    {
        output.Start("multicam");
        XmlMetadata.WriteAttributes(output, said);
        var origin = FcpxmlTime.TryParse(said.Text("@tcStart"), out var start) ? start : Flicks.Zero;
        foreach (var (track, story) in angles)
        {
            output.Start("mc-angle");
            if (track.Text("name") is { Length: > 0 } name) output.Attribute("name", name);
            var angle = FcpxmlLocal.Section(track)?.Child(FcpxmlKeys.Angle) ?? OtioObject.EmptyMap;
            if (angle["@angleID"] is null) output.Attribute("angleID", track.Text("name") ?? "");
            XmlMetadata.WriteAttributes(output, angle);
            stories.Write(story, origin);
            output.End();
        }

        foreach (var field in said.Fields) if (XmlNames.IsName(field.Name)) XmlMetadata.Write(output, field.Name, field.Value);
        output.End();
    }

    void NewFormat(string key, FrameRate rate, FcpxmlGrid grid)
    {
        output.Start("format");
        output.Attribute("id", target.Id(key));
        if (NameOf(rate) is { } name) output.Attribute("name", name);
        output.Attribute("frameDuration", string.Create(CultureInfo.InvariantCulture, $"{grid.Numerator}/{grid.Denominator}s"));
        output.Attribute("width", "1920");
        output.Attribute("height", "1080");
        output.End();
        target.Diagnostics.Note(DiagnosticCodes.FcpxmlApproximated, "", "The cut says no frame size; 1920 by 1080 was written.");
    }

    /// <summary>Final Cut's names for its own formats; others have none.</summary>
    static string? NameOf(FrameRate rate) => (rate.Numerator, rate.Denominator) switch
    {
        (24000, 1001) => "FFVideoFormat1080p2398",
        (24, 1) => "FFVideoFormat1080p24",
        (25, 1) => "FFVideoFormat1080p25",
        (30000, 1001) => "FFVideoFormat1080p2997",
        (30, 1) => "FFVideoFormat1080p30",
        (50, 1) => "FFVideoFormat1080p50",
        (60000, 1001) => "FFVideoFormat1080p5994",
        (60, 1) => "FFVideoFormat1080p60",
        _ => null,
    };

    void NewAsset(FcpxmlNewAsset asset)
    {
        var range = ItemTimes.Span(asset.Reference.Child("available_range")) is { IsEmpty: false } available ? available : TimeRange.Between(asset.UsedStart, asset.UsedEnd);
        var name = asset.Reference.Text("name") is { Length: > 0 } own ? own : "unnamed";
        var url = FcpxmlTarget.UrlOf(asset.Reference);
        if (url is null) target.Each(DiagnosticCodes.FcpxmlApproximated, "", "Media without a file was written with a place that does not exist; Final Cut shows it as missing and can relink it.", name);
        var source = url is null ? "file:///missing/" + Uri.EscapeDataString(name) : Uri.TryCreate(url, UriKind.Absolute, out _) ? url : Uri.EscapeDataString(url).Replace("%2F", "/", StringComparison.Ordinal);
        output.Start("asset");
        output.Attribute("id", target.Id(asset.Key));
        output.Attribute("name", name);
        if (!target.HasMediaReps) output.Attribute("src", source);
        var grid = FcpxmlGrid.Fps24;
        output.Attribute("start", FcpxmlTime.Format(range.Start, grid));
        output.Attribute("duration", FcpxmlTime.Format(range.Duration, grid));
        if (asset.HasVideo)
        {
            output.Attribute("hasVideo", "1");
            if (asset.Format is { } format) output.Attribute("format", target.Id(format));
        }

        if (asset.HasAudio)
        {
            output.Attribute("hasAudio", "1");
            output.Attribute("audioSources", "1");
            output.Attribute("audioChannels", "2");
        }

        if (target.HasMediaReps)
        {
            output.Start("media-rep");
            output.Attribute("kind", "original-media");
            output.Attribute("src", source);
            output.End();
        }

        output.End();
    }
}
