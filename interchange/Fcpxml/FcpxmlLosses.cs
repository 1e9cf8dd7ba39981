using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcpxml;

/// <summary>What FCPXML cannot say, said once for each part that is left out.</summary>
internal static class FcpxmlLosses
{
    /// <summary>True, with a diagnostic, for an item that can stand in no storyline; its time stays empty.</summary>
    public static bool Refuses(FcpxmlPlan plan, FcpxmlTarget target)
    {
        var item = plan.Node;
        switch (item.SchemaName)
        {
            case OtioSchema.Stack or OtioSchema.Track:
                return false;
            case OtioSchema.Clip:
                break;
            default:
                target.Warn(DiagnosticCodes.FcpxmlLeftOut, plan.Place, $"A {item.SchemaName} was left out; its place is empty.");
                return true;
        }

        if (plan.Element is not (null or FcpxmlKeys.Sound or "asset-clip")) return false;
        if (ItemTimes.ActiveMedia(item) is not { SchemaName: OtioSchema.GeneratorReference } generator) return false;
        var kind = generator.Text("generator_kind") ?? "";
        if (kind != "black") target.Warn(DiagnosticCodes.FcpxmlLeftOut, plan.Place, $"\"{item.Text("name")}\" generates {(kind.Length > 0 ? kind : "something")}, for which Final Cut has no generator that is known here; its place is empty.");
        else if (HasMore(item)) target.Warn(DiagnosticCodes.FcpxmlLeftOut, plan.Place, $"The black \"{item.Text("name")}\" was written as empty time; what is on it was left out.");
        return true;
    }

    public static void OfGap(OtioObject gap, FcpxmlTarget target, string track, int index)
    {
        if (HasMore(gap)) target.Warn(DiagnosticCodes.FcpxmlLeftOut, string.Create(CultureInfo.InvariantCulture, $"{track}/children/{index}"), "Effects and markers on empty time were left out.");
    }

    public static void OfTrack(OtioObject track, FcpxmlTarget target, string place)
    {
        if (track.SchemaName != OtioSchema.Track) return;
        if (HasMore(track)) target.Warn(DiagnosticCodes.FcpxmlLeftOut, place, $"Effects and markers of the track \"{track.Text("name")}\" were left out; FCPXML has no tracks.");
        if (track["source_range"] is OtioObject) target.Warn(DiagnosticCodes.FcpxmlApproximated, place, $"The track \"{track.Text("name")}\" is trimmed as a whole; all of it was written.");
        if (FcpxmlLocal.Section(track) is null && track.Text("name") is { Length: > 0 } trackName) target.Each(DiagnosticCodes.FcpxmlLeftOut, place, "Names of tracks were left out; FCPXML has lanes, which have none.", trackName);
    }

    /// <summary>What an item carries that has no place in its element.</summary>
    public static void OfItem(FcpxmlPlan plan, FcpxmlTarget target)
    {
        if (plan.Node["color"] is OtioObject or OtioString) target.Each(DiagnosticCodes.FcpxmlLeftOut, plan.Place, "Colours of clips were left out; FCPXML has none.", NameOf(plan));
        foreach (var value in plan.Node.List("effects"))
        {
            if (value is not OtioObject effect) continue;
            if (FcpxmlLocal.Section(effect) is not null) continue;
            if (FcpxmlRetimes.IsRetime(effect) && FcpxmlRetimes.MapOf(effect, plan.Node) is not null) continue;
            var kind = effect.Text("effect_name") is { Length: > 0 } name ? name : effect.SchemaName;
            target.Warn(DiagnosticCodes.FcpxmlLeftOut, plan.Place, $"The effect \"{kind}\" on \"{plan.Node.Text("name")}\" was left out; Final Cut has none that is known to be the same.");
        }

        if (plan.Node.Child("media_references") is { Fields.Length: > 1 }) target.Each(DiagnosticCodes.FcpxmlLeftOut, plan.Place, "Of clips with several media references the active one was written.", NameOf(plan));
        if (plan.Sound is { } sound && HasMore(sound.Node)) OfSound(plan, sound, target);
        if (plan.Section is null && plan.Node.Child("metadata") is { } metadata && metadata.Fields.Any(f => f.Name is not OtioSchema.OwnMetadata))
        {
            target.Each(DiagnosticCodes.FcpxmlLeftOut, plan.Place, "Metadata of other programs was left out; the versions kept here have it.", NameOf(plan));
        }
    }

    static void OfSound(FcpxmlPlan plan, FcpxmlPlan sound, FcpxmlTarget target)
    {
        if (sound.Node.Objects("effects").Any(e => !FcpxmlRetimes.IsRetime(e)) || !sound.Node.List("markers").IsEmpty)
        {
            target.Warn(DiagnosticCodes.FcpxmlLeftOut, sound.Place, $"Effects and markers on the sound of \"{plan.Node.Text("name")}\" were left out; it was written as part of its picture.");
        }
    }

    static string NameOf(FcpxmlPlan plan) => plan.Node.Text("name") ?? "";

    static bool HasMore(OtioObject node) => !node.List("effects").IsEmpty || !node.List("markers").IsEmpty;
}
