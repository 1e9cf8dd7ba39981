using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>A timeline on its way to a project.</summary>
/// <param name="Section">Its <c>metadata.fcpx</c>.</param>
/// <param name="Local">What is of the file it came from.</param>
/// <param name="Format">The key of its format.</param>
/// <param name="Origin">What record time zero is called.</param>
/// <param name="Markers">Markers that stand in the sequence itself.</param>
internal sealed record FcpxmlProject(
    string Name, OtioObject Section, OtioObject Local, FcpxmlStory Story, string Format, Flicks Origin, List<OtioObject> Markers, bool CountsDropFrame)
{
    /// <summary>True when it comes from another format.</summary>
    public bool IsNew => Section.Child(FcpxmlKeys.Sequence) is null;

    public static bool IsNothing(OtioObject timeline) =>
        FcpxmlLocal.Section(timeline)?[FcpxmlKeys.Sequence] is null && (timeline.Child("tracks")?.List("children") ?? []).IsEmpty;

    public static FcpxmlProject Plan(OtioObject timeline, FcpxmlTarget target, string place)
    {
        var section = FcpxmlLocal.Section(timeline) ?? OtioObject.EmptyMap;
        section = new([.. section.Fields.Where(f => f.Name is FcpxmlKeys.Project or FcpxmlKeys.Sequence)]);
        var stated = section.Child(FcpxmlKeys.Sequence)?.Text("@format");
        var (frame, drop) = stated is not null && target.FrameOf(stated) is { } known ? (known, false) : Counted(timeline, target);
        var format = stated is not null && target.Record(stated) is not null ? stated : target.NewFormat(frame);
        var stack = timeline.Child("tracks") ?? OtioObject.EmptyMap;
        if (!stack.List("effects").IsEmpty) target.Warn(DiagnosticCodes.FcpxmlLeftOut, place + "tracks", "Effects on the whole timeline were left out; FCPXML has none there.");
        if (stack["source_range"] is OtioObject) target.Warn(DiagnosticCodes.FcpxmlApproximated, place + "tracks", "The timeline is trimmed as a whole; all of it was written.");
        var story = new FcpxmlPlanner(target, frame, format, 0).Plan(stack.Objects("children"), place + "tracks", stack.Objects("markers"));
        var origin = OtioTimes.TryRead(timeline["global_start_time"], out var start) ? start.Time : Flicks.Zero;
        var markers = stack.Objects("markers").Where(m => FcpxmlLocal.Section(m)?.Flag(FcpxmlKeys.Sequence) is true).ToList();
        return new(timeline.Text("name") ?? "", section, FcpxmlLocal.In(timeline) ?? OtioObject.EmptyMap, story, format, origin, markers, drop);
    }

    /// <summary>As the cut counts itself: OTIO gives no rate to a timeline.</summary>
    static (FcpxmlFrame Frame, bool CountsDropFrame) Counted(OtioObject timeline, FcpxmlTarget target)
    {
        try
        {
            var cut = CutReader.Read(new(timeline), new());
            var rate = cut.Rate is { IsExactInFlicks: true, NominalFramesPerSecond: <= 120 } ? cut.Rate : FrameRate.Fps24;
            if (rate != cut.Rate) target.Warn(DiagnosticCodes.FcpxmlRateAssumed, "", $"A sequence at {cut.Rate} fps cannot be written; 24 was written.");
            return (new(rate, FcpxmlGrid.Of(rate)), DropFrame.Of(cut));
        }
        catch (InterchangeFormatException)
        {
            return (new(FrameRate.Fps24, FcpxmlGrid.Fps24), false);
        }
    }
}

/// <summary>What is in a sequence: note, spine, metadata, in this order.</summary>
internal static class FcpxmlSequenceBody
{
    public static void Write(OtioObject said, FcpxmlStory? story, Flicks origin, XmlOutput output, FcpxmlStoryWriter stories, string? emptySpine = null)
    {
        XmlMetadata.WriteAttributes(output, said);
        foreach (var field in said.Fields) if (field.Name == "note") XmlMetadata.Write(output, field.Name, field.Value);
        output.Start("spine");
        if (story is { Primary.Count: 0 } && emptySpine is not null) output.Text(emptySpine);
        if (story is not null) stories.Write(story, origin);
        output.End();
        foreach (var field in said.Fields)
        {
            if (field.Name != "note" && XmlNames.IsName(field.Name)) XmlMetadata.Write(output, field.Name, field.Value);
        }
    }
}
