using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcpxml;

/// <summary>Plans what is inside a nest: in the item for a synchronized clip, among the resources for compounds and multicams.</summary>
internal static class FcpxmlInsides
{
    public static void Settle(FcpxmlPlan plan, FcpxmlTarget target, FcpxmlFrame frame, string? format, int depth)
    {
        if (plan.Node.SchemaName is not (OtioSchema.Stack or OtioSchema.Track)) return;
        var tracks = TracksOf(plan.Node);
        if (plan.Element is "sync-clip" or "clip")
        {
            plan.Inside = new FcpxmlPlanner(target, frame, format, depth + 1).Plan(tracks, plan.Place + "/inside", []);
            return;
        }

        plan.Media = MediaOf(plan, tracks, target, frame, format, depth);
    }

    /// <summary>Without our own metadata: ids differ where one use was a version and another never was.</summary>
    static OtioValue Bare(OtioValue value) => value switch
    {
        OtioObject element => new OtioObject([.. element.Fields.Where(f => f.Name != OtioSchema.OwnMetadata).Select(f => f with { Value = Bare(f.Value) })]),
        OtioArray list => OtioArray.Of(list.Items.Select(Bare)),
        _ => value,
    };

    static List<OtioObject> TracksOf(OtioObject nest) =>
        nest.SchemaName == OtioSchema.Track ? [nest.With("source_range", OtioNull.Value).With("enabled", true)] : [.. nest.Objects("children")];

    static FcpxmlMedia MediaOf(FcpxmlPlan plan, List<OtioObject> tracks, FcpxmlTarget target, FcpxmlFrame frame, string? format, int depth)
    {
        var children = plan.Node["children"] ?? OtioArray.Empty;
        var name = plan.Node.Text("name") ?? "";
        var stated = plan.Section?.Text(FcpxmlKeys.Ref);
        var isKnown = target.Record(stated)?.Text(FcpxmlKeys.Element) == "media";
        var first = isKnown && stated is not null ? stated : "new media " + (plan.Node.Child("metadata")?.Child(OtioSchema.OwnMetadata)?.Text(FcpxmlKeys.Definition) ?? name);
        var key = first;
        for (var i = 2; target.MediaOf(key) is { } taken; i++)
        {
            if (target.IsBesideCut || taken.Children.Equals(children) || Bare(taken.Children).Equals(Bare(children))) return taken;
            if (i == 2) target.Each(DiagnosticCodes.FcpxmlApproximated, plan.Place, "Uses of a nested sequence differ inside; each was written as a compound clip of its own.", name);
            key = string.Create(CultureInfo.InvariantCulture, $"{first} #{i}");
        }

        var media = new FcpxmlMedia(key, children) { Name = name };
        target.Add(media);
        var record = key == first ? target.Record(stated) : null;
        if (record?.Child("multicam") is { } multicam)
        {
            var angleFrame = target.FrameOf(multicam.Text("@format")) ?? frame;
            media.Angles = [.. tracks.Select((t, i) => (t, new FcpxmlPlanner(target, angleFrame, format, depth + 1).PlanAngle(t, string.Create(CultureInfo.InvariantCulture, $"{plan.Place}/inside/{i}"))))];
        }
        else
        {
            var inside = record?.Child(FcpxmlKeys.Sequence)?.Text("@format");
            media.Format = inside ?? format;
            media.Story = new FcpxmlPlanner(target, target.FrameOf(inside) ?? frame, inside ?? format, depth + 1).Plan(tracks, plan.Place + "/inside", []);
        }

        return media;
    }
}
