using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>Writes storylines: every item with what it says, in the order of the DTD, and what hangs on it.</summary>
internal sealed class FcpxmlStoryWriter(FcpxmlTarget target, XmlOutput output)
{
    /// <param name="story">What to write.</param>
    /// <param name="origin">What record time zero is called.</param>
    public void Write(FcpxmlStory story, Flicks origin)
    {
        foreach (var plan in story.Primary) WriteIn(plan, origin, story.Frame);
    }

    void WriteIn(FcpxmlPlan plan, Flicks origin, FcpxmlFrame frame)
    {
        if (plan.IsTransition) Transition(plan, origin, frame);
        else Item(plan, origin + plan.Start, frame, null);
    }

    void Anchored(FcpxmlPlan holder, FcpxmlFrame frame)
    {
        foreach (var plan in holder.Anchored)
        {
            var offset = OnConformed(holder, plan) ?? holder.OwnAt(plan.Start);
            var lane = plan.Lane - holder.Lane is var relative && relative != 0 ? relative : 1;
            if (plan.Items.Count == 0) Item(plan, offset, frame, lane);
            else Storyline(plan, offset, frame, lane);
        }
    }

    /// <summary>The offset that the file has on a conformed clip, where times are cut to parts of a second, while it means the same place.</summary>
    static Flicks? OnConformed(FcpxmlPlan holder, FcpxmlPlan plan)
    {
        if (holder.Conform is null) return null;
        var text = plan.Items.Count == 0 ? plan.Local?.Text("offset") : plan.First(withGaps: false).Local?.Text(FcpxmlKeys.SpineOffset);
        return FcpxmlTime.TryParse(text, out var said) && FcpxmlConform.AreSame(said, holder.OwnAt(plan.Start)) ? said : null;
    }

    void Storyline(FcpxmlPlan plan, Flicks offset, FcpxmlFrame frame, int lane)
    {
        output.Start("spine");
        output.Attribute("lane", lane);
        output.Attribute("offset", Spelled(plan.First(withGaps: false).Local?.Text(FcpxmlKeys.SpineOffset), offset, frame));
        if (plan.Section?.Child(FcpxmlKeys.Storyline) is { } said) XmlMetadata.WriteRest(output, target.InFile(said, null));
        foreach (var item in plan.Items) WriteIn(item, -plan.Start, frame);
        output.End();
    }

    void Item(FcpxmlPlan plan, Flicks offset, FcpxmlFrame frame, int? lane)
    {
        var said = plan.Section ?? OtioObject.EmptyMap;
        var section = FcpxmlStyles.CanBeIn(plan.Element, said) ? target.InFile(said, plan.Local?[FcpxmlKeys.Styles] as OtioArray) : target.InFile(said);
        if (plan.Section?.Child(FcpxmlKeys.Audition) is not null && section.Child(FcpxmlKeys.Audition) is { } audition)
        {
            output.Start("audition");
            if (lane is { } height) output.Attribute("lane", height);
            Offset(plan, offset, frame, lane);
            XmlMetadata.WriteAttributes(output, audition);
            Element(plan, section, null, frame, null);
            Pairs(audition.List(FcpxmlKeys.Picks));
            output.End();
            return;
        }

        Element(plan, section, offset, frame, lane);
    }

    void Offset(FcpxmlPlan plan, Flicks offset, FcpxmlFrame frame, int? lane)
    {
        if (plan.Local?["offset"] is OtioNull && (lane is null || offset.IsZero)) return;
        output.Attribute("offset", Spelled(plan.Local?.Text("offset"), offset, frame));
    }

    void Element(FcpxmlPlan plan, OtioObject section, Flicks? offset, FcpxmlFrame frame, int? lane)
    {
        var element = new FcpxmlElement(plan, target);
        FcpxmlLosses.OfItem(plan, target);
        output.Start(element.Name);
        if (element.Reference is { } id) output.Attribute("ref", id);
        if (lane is { } height && !plan.IsGap) output.Attribute("lane", height);
        if (offset is { } at) Offset(plan, at, frame, lane);
        Name(plan);
        if (plan.IsGap) GapStart(plan, frame);
        else if (Start(plan, frame) is { } start) output.Attribute("start", start);
        if (plan.Local?["duration"] is not OtioNull || element.Name != "asset-clip") output.Attribute("duration", Spelled(plan.Local?.Text("duration"), plan.Duration, frame));
        if (plan.Node.Flag("enabled") is false && !plan.IsGap) output.Attribute("enabled", "0");
        else if (plan.Local?.Text("enabled") == "1") output.Attribute("enabled", "1");
        if (element.SourceEnable is { } enable) output.Attribute("srcEnable", enable);
        if (plan.Sound is { } sound) SoundRange(plan, sound, frame);
        Attributes(section, element);
        new FcpxmlBody(plan, section, element, frame, target, output).Write(() => Contents(plan, section, element, frame));
        output.End();
    }

    /// <summary>The attributes that metadata keeps; <c>ref</c> is written before when it is an asset's.</summary>
    void Attributes(OtioObject section, FcpxmlElement element) =>
        XmlMetadata.WriteAttributes(output, element.Reference is null ? section : section.Without(FcpxmlKeys.Ref));

    /// <summary>What a container contains, then what hangs on the item.</summary>
    void Contents(FcpxmlPlan plan, OtioObject section, FcpxmlElement element, FcpxmlFrame frame)
    {
        if (section[FcpxmlKeys.Content] is OtioArray content) Pairs(element.Adjusted(content, plan.Asset is { } asset ? target.Id(asset) : null).Items);
        if (plan.Inside is { } inside) Write(inside, FcpxmlTime.TryParse(plan.Section?.Text(FcpxmlKeys.Origin), out var origin) ? origin : Flicks.Zero);
        if (section[FcpxmlKeys.Anchored] is OtioArray anchored) Pairs(anchored.Items);
        Anchored(plan, frame);
    }

    void Pairs(IEnumerable<OtioValue> pairs)
    {
        foreach (var pair in pairs)
        {
            if (pair is OtioArray { Items: [OtioString name, var value] } && XmlNames.IsName(name.Value)) XmlMetadata.Write(output, name.Value, value);
        }
    }

    void Name(FcpxmlPlan plan)
    {
        var name = plan.Node.Text("name") ?? "";
        if (plan.Local?["name"] is OtioNull && name == (target.Record(plan.Asset)?.Text("@name") ?? "")) return;
        if (plan.IsGap && name.Length == 0) name = "Gap";
        if (name.Length > 0) output.Attribute("name", name);
    }

    void GapStart(FcpxmlPlan plan, FcpxmlFrame frame)
    {
        if (plan.Local?["start"] is OtioNull) return;
        output.Attribute("start", Spelled(plan.Local?.Text("start"), plan.OwnStart, frame));
    }

    static string? Start(FcpxmlPlan plan, FcpxmlFrame frame)
    {
        if (plan.Local?.Text("start") is { } spelled && FcpxmlTime.TryParse(spelled, out var said) && said == plan.OwnStart) return spelled;
        return plan.OwnStart.IsZero ? null : FcpxmlTime.Format(plan.OwnStart, frame.Grid);
    }

    /// <summary>Sound that begins or ends apart from its picture, in the time of the picture's item.</summary>
    void SoundRange(FcpxmlPlan plan, FcpxmlPlan sound, FcpxmlFrame frame)
    {
        var start = plan.OwnAt(sound.Start);
        var (spelledStart, spelledDuration) = (sound.Local?.Text("audioStart"), sound.Local?.Text("audioDuration"));
        var isApart = sound.Start != plan.Start || sound.Duration != plan.Duration;
        if (spelledStart is not null || isApart && sound.Start != plan.Start) output.Attribute("audioStart", Spelled(spelledStart, start, frame));
        if (spelledDuration is not null || isApart) output.Attribute("audioDuration", Spelled(spelledDuration, sound.Duration, frame));
    }

    void Transition(FcpxmlPlan plan, Flicks origin, FcpxmlFrame frame)
    {
        var before = OtioTimes.TryRead(plan.Node["in_offset"], out var reach) ? reach.Time : Flicks.Zero;
        var after = OtioTimes.TryRead(plan.Node["out_offset"], out var rest) ? rest.Time : Flicks.Zero;
        var type = plan.Node.Text("transition_type");
        var name = plan.Node.Text("name") ?? "";
        if (before + after <= Flicks.Zero)
        {
            target.Warn(DiagnosticCodes.FcpxmlLeftOut, plan.Place, "A transition of no length was left out.");
            return;
        }

        if (plan.Section is null)
        {
            if (type != "SMPTE_Dissolve") target.Warn(DiagnosticCodes.FcpxmlApproximated, plan.Place, $"The transition \"{(name.Length > 0 ? name : type)}\" was written as a cross dissolve; Final Cut has none that is known to be the same.");
            name = "Cross Dissolve";
        }

        output.Start("transition");
        if (name.Length > 0) output.Attribute("name", name);
        if (plan.Local?["offset"] is not OtioNull) output.Attribute("offset", Spelled(plan.Local?.Text("offset"), origin + plan.Start - before, frame));
        output.Attribute("duration", Spelled(plan.Local?.Text("duration"), before + after, frame));
        if (plan.Section is not null) FcpxmlBody.WriteTransition(output, target.InFile(plan.Section, null));
        output.End();
    }

    /// <summary>As the file spelled it while it still says that; else in the usual way.</summary>
    public static string Spelled(string? text, Flicks time, FcpxmlFrame frame) =>
        text is not null && FcpxmlTime.TryParse(text, out var said) && said == time ? text : FcpxmlTime.Format(time, frame.Grid);
}
