using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>Transitions; one that came from elsewhere becomes the nearest effect that Final Cut and Premiere both know.</summary>
internal static class XmemlTransitionWriter
{
    static readonly XmlNames OfTransition = new("@id", "start", "end", "alignment", "cutPointTicks", "rate");

    public static void Write(XmemlWriting writing, XmemlCue cue, FrameRate rate, string mediaType)
    {
        var output = writing.Output;
        var rest = XmemlOtio.Rest(cue.Node, OfTransition);
        var local = XmemlOtio.Local(cue.Node);
        var fields = XmemlTransitionFields.Of(cue.Start + cue.ReachIn, cue.ReachIn, cue.ReachOut, !cue.IsBetween, rate);
        var speller = new XmemlSpeller(output, local?.Child(XmemlKeys.Written));
        var isAligned = XmemlTransitionFields.IsAligned(cue.ReachIn, cue.ReachOut);
        writing.Losses.MetadataOf(cue.Node, cue.Location);
        output.Start("transitionitem");
        if (local?.Text(XmemlKeys.Id) is { } id) output.Attribute("id", writing.Ids.Take("transitionitem", id));
        XmlMetadata.WriteAttributes(output, rest);
        speller.Leaf("start", fields.Start);
        speller.Leaf("end", fields.End);
        speller.Leaf("alignment", fields.Alignment);
        speller.Derived("cutPointTicks", writing.Habits.Ticks || !isAligned ? XmemlFrames.Text(fields.CutTicks) : null);
        speller.Rate(rate);
        if (rest.Child("effect") is { } effect) Effect(output, speller, cue.Node.Text("name") ?? "", effect);
        else if (local is null) MadeUp(writing, cue, mediaType);
        XmlMetadata.WriteChildren(output, rest.Without("effect"));
        output.End();
        if (local is null && !isAligned)
        {
            writing.Losses.Approximated(cue.Location, "A transition that lies unevenly over its cut was written as centred with Premiere's exact cut point; other programs may move the cut.");
        }
    }

    static void Effect(XmlOutput output, XmemlSpeller speller, string name, OtioObject rest)
    {
        output.Start("effect");
        XmlMetadata.WriteAttributes(output, rest);
        speller.Leaf("name", name);
        XmlMetadata.WriteChildren(output, rest);
        output.End();
    }

    static void MadeUp(XmemlWriting writing, XmemlCue cue, string mediaType)
    {
        var type = cue.Node.Text("transition_type") ?? "";
        var (name, id, category) = (mediaType, type) switch
        {
            ("audio", _) => ("Cross Fade (+3dB)", "KGAudioTransCrossFade3dB", ""),
            (_, "SMPTE_Wipe") => ("Edge Wipe", "Edge Wipe", "Wipe"),
            _ => ("Cross Dissolve", "Cross Dissolve", "Dissolve"),
        };
        if (type is not ("SMPTE_Dissolve" or "SMPTE_Wipe" or ""))
        {
            writing.Losses.Approximated(cue.Location, $"The transition '{cue.Node.Text("name")}' of type {type} was written as {name}.");
        }

        var output = writing.Output;
        output.Start("effect");
        output.Leaf("name", name);
        output.Leaf("effectid", id);
        if (category.Length > 0) output.Leaf("effectcategory", category);
        output.Leaf("effecttype", "transition");
        output.Leaf("mediatype", mediaType);
        output.Leaf("wipecode", "0");
        output.Leaf("wipeaccuracy", "100");
        output.Leaf("startratio", "0");
        output.Leaf("endratio", "1");
        output.Leaf("reverse", "FALSE");
        output.End();
    }
}
