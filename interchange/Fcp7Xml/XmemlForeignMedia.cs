using System.Globalization;
using System.Text;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// Media of documents from elsewhere, with what Premiere and Resolve look for in a file: name, path as a URL on localhost,
/// rate, length, timecode, and the characteristics of the picture and sound that the cut uses.
/// </summary>
internal static class XmemlForeignMedia
{
    public static void Write(XmemlWriting writing, OtioObject media, XmemlFileUse use, FrameRate outer, string location)
    {
        var output = writing.Output;
        var url = UrlOf(writing, media, location);
        output.Leaf("name", NameOf(media, url));
        if (url is not null) output.Leaf("pathurl", url);
        var available = XmemlOtio.RangeOf(media["available_range"]);
        var rate = OtioTimes.RateOf(media["available_range"]) is { } own && XmemlRate.CanSay(own) && own.NominalFramesPerSecond <= 1000 ? own : outer;
        XmemlRate.Write(output, rate);
        if (available is { } range)
        {
            if (!range.Duration.IsZero) output.Leaf("duration", XmemlFrames.Count(range.Duration, rate));
            XmemlTimecode.Write(new(output, null), output, null, range.Start, rate, drop: false);
        }

        output.Start("media");
        if (use.Video || use.AudioChannels == 0)
        {
            output.Start("video");
            if (BoundsOf(media) is { } size)
            {
                output.Start("samplecharacteristics");
                output.Leaf("width", size.Width);
                output.Leaf("height", size.Height);
                output.End();
            }

            output.End();
        }

        if (use.AudioChannels > 0)
        {
            output.Start("audio");
            output.Leaf("channelcount", use.AudioChannels);
            output.End();
        }

        output.End();
    }

    /// <summary>Where the media is; null for media that is missing.</summary>
    static string? UrlOf(XmemlWriting writing, OtioObject media, string location)
    {
        switch (media.SchemaName)
        {
            case OtioSchema.ExternalReference:
                return media.Text("target_url") is { Length: > 0 } url ? OnLocalhost(url) : null;
            case OtioSchema.ImageSequenceReference:
                var first = (long)Math.Clamp(media.Number("start_frame") ?? 0, -1e9, 1e9);
                var digits = (int)Math.Clamp(media.Number("frame_zero_padding") ?? 0, 0, 20);
                writing.Losses.Approximated(location, "An image sequence was written as its first picture, from which Premiere and Resolve find the others.");
                var number = Math.Abs(first).ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
                return OnLocalhost($"{media.Text("target_url_base")}{media.Text("name_prefix")}{(first < 0 ? "-" : "")}{number}{media.Text("name_suffix")}");
            case OtioSchema.MissingReference:
                return null;
            default:
                writing.Losses.LeftOut(location, $"Media of the kind {media.Schema}", "files, generators and sequences are the media there are; the clip is offline");
                return null;
        }
    }

    /// <summary>A file URL or path the way Premiere writes it; any other URL as it is.</summary>
    public static string OnLocalhost(string location)
    {
        const string file = "file://";
        if (location.StartsWith(file, StringComparison.OrdinalIgnoreCase))
        {
            var path = location[file.Length..];
            return path.StartsWith('/') ? file + "localhost" + path : location;
        }

        if (location.Contains("://", StringComparison.Ordinal)) return location;
        var isDrive = location.Length > 1 && location[1] == ':' && char.IsAsciiLetter(location[0]);
        if (isDrive) return $"{file}localhost/{Escaped(location.Replace('\\', '/'))}";
        return location.StartsWith('/') ? $"{file}localhost{Escaped(location)}" : Escaped(location);
    }

    static string NameOf(OtioObject media, string? url)
    {
        if (media.Text("name") is { Length: > 0 } name) return name;
        if (url is null) return "";
        return Uri.UnescapeDataString(url[(url.LastIndexOf('/') + 1)..]);
    }

    static string Escaped(string path)
    {
        var text = new StringBuilder();
        foreach (var part in path.Split('/'))
        {
            if (text.Length > 0 || path.StartsWith('/')) text.Append('/');
            text.Append(Uri.EscapeDataString(part));
        }

        return path.StartsWith('/') ? text.ToString()[1..] : text.ToString();
    }

    static (int Width, int Height)? BoundsOf(OtioObject media)
    {
        if (media.Child("available_image_bounds") is not { } bounds || bounds.Child("min") is not { } least || bounds.Child("max") is not { } most) return null;
        var (width, height) = (Length(least, most, "x"), Length(least, most, "y"));
        return width > 0 && height > 0 ? (width, height) : null;
    }

    static int Length(OtioObject least, OtioObject most, string axis) =>
        most.Number(axis) - least.Number(axis) is { } length && double.IsFinite(length) ? (int)Math.Round(Math.Clamp(length, 0, 100_000)) : 0;
}
