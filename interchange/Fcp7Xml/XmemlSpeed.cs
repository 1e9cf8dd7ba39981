using System.Globalization;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>The parameters of a <c>timeremap</c> filter for one speed, in the order in which Premiere lists them.</summary>
internal static class XmemlSpeed
{
    /// <param name="rest">The filter's elements so far; those that are no parameter stay.</param>
    /// <param name="retime">One speed.</param>
    /// <param name="mediaType">Of the track: <c>video</c> or <c>audio</c>.</param>
    public static OtioObject With(OtioObject rest, XmemlRetime retime, string mediaType)
    {
        if (rest["effectcategory"] is null)
        {
            rest = rest.With("effectcategory", "motion").With("effecttype", "motion").With("mediatype", mediaType);
        }

        var frameBlending = XmemlRetime.Parameter(rest, "frameblending") ?? Parameter("frameblending", "FALSE");
        var others = XmemlRetime.Items(rest["parameter"])
            .Where(p => p.Text("parameterid")?.Trim() is not ("variablespeed" or "speed" or "reverse" or "frameblending" or "graphdict"));
        return rest.With("parameter", OtioArray.Of(
        [
            Ranged("variablespeed", "0", "1", "0"),
            Ranged("speed", "-100000", "100000", Math.Abs(retime.Percent).ToString("0.############", CultureInfo.InvariantCulture)),
            Parameter("reverse", retime.Percent < 0 ? "TRUE" : "FALSE"),
            frameBlending,
            .. others,
        ]));
    }

    static OtioObject Ranged(string id, string least, string most, string value) =>
        OtioObject.Map(("parameterid", id), ("name", id), ("valuemin", least), ("valuemax", most), ("value", value));

    static OtioObject Parameter(string id, string value) => OtioObject.Map(("parameterid", id), ("name", id), ("value", value));
}
