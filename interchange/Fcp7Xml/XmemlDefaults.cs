using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>The formats that a sequence from elsewhere gets: Resolve refuses one without, and OTIO has no place for them.</summary>
internal static class XmemlDefaults
{
    const int Width = 1920;
    const int Height = 1080;

    public static void Write(XmemlWriting writing, string mediaType, FrameRate rate, List<XmemlTrackPlan> plans)
    {
        if (mediaType == "video") Video(writing, rate);
        else Audio(writing, plans);
    }

    static void Video(XmemlWriting writing, FrameRate rate)
    {
        var output = writing.Output;
        writing.Losses.Assumed("", "The timeline does not say how large its picture is; 1920 × 1080 with square pixels was written.");
        output.Start("format");
        output.Start("samplecharacteristics");
        XmemlRate.Write(output, rate);
        output.Leaf("width", Width);
        output.Leaf("height", Height);
        output.Leaf("anamorphic", "FALSE");
        output.Leaf("pixelaspectratio", "square");
        output.Leaf("fielddominance", "none");
        output.End();
        output.End();
    }

    static void Audio(XmemlWriting writing, List<XmemlTrackPlan> plans)
    {
        var output = writing.Output;
        var channels = Math.Clamp(plans.Count, 1, 2);
        output.Leaf("numOutputChannels", channels);
        output.Start("format");
        output.Start("samplecharacteristics");
        output.Leaf("depth", "16");
        output.Leaf("samplerate", "48000");
        output.End();
        output.End();
        output.Start("outputs");
        for (var channel = 1; channel <= channels; channel++)
        {
            output.Start("group");
            output.Leaf("index", channel);
            output.Leaf("numchannels", "1");
            output.Leaf("downmix", "0");
            output.Start("channel");
            output.Leaf("index", channel);
            output.End();
            output.End();
        }

        output.End();
    }
}
