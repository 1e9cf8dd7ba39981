using System.Globalization;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Tests.Edl;

/// <summary>
/// Compares a list as read here with what OpenTimelineIO 0.18.1 reads from it: tracks, order, names, source in, durations,
/// transitions, retimes, markers. It goes its own way where OpenTimelineIO is known to be wrong; each such place says why.
/// </summary>
static class EdlExpectation
{
    public static List<string> Differences(OtioDocument expected, OtioDocument actual)
    {
        var differences = new List<string>();
        var theirs = EdlFiles.Tracks(expected).ToDictionary(t => t.Text("name") ?? "");
        var ours = EdlFiles.Tracks(actual).ToDictionary(t => t.Text("name") ?? "");
        if (expected.Root.Text("name") != actual.Root.Text("name")) differences.Add($"title {expected.Root.Text("name")} / {actual.Root.Text("name")}");
        if (!theirs.Keys.Order().SequenceEqual(ours.Keys.Order())) differences.Add($"tracks {string.Join(',', theirs.Keys)} / {string.Join(',', ours.Keys)}");
        foreach (var name in theirs.Keys.Intersect(ours.Keys)) CompareTracks(name, theirs[name], ours[name], differences);
        return differences;
    }

    static void CompareTracks(string name, OtioObject expected, OtioObject actual, List<string> differences)
    {
        // Gaps follow from the record times, which OpenTimelineIO shifts wherever source and record durations differ.
        var theirs = expected.Objects("children").Where(c => c.SchemaName != OtioSchema.Gap).ToArray();
        var ours = actual.Objects("children").Where(c => c.SchemaName != OtioSchema.Gap).ToArray();
        if (theirs.Length != ours.Length)
        {
            differences.Add($"{name}: {theirs.Length} children / {ours.Length}");
            return;
        }

        for (var i = 0; i < theirs.Length; i++)
        {
            foreach (var (what, theirValue, ourValue) in Facts(theirs[i], ours[i]))
            {
                if (theirValue != ourValue) differences.Add($"{name}[{i}] {what}: {theirValue} / {ourValue}");
            }
        }
    }

    static IEnumerable<(string, string, string)> Facts(OtioObject theirs, OtioObject ours)
    {
        yield return ("schema", theirs.SchemaName, ours.SchemaName);
        if (theirs.SchemaName == OtioSchema.Transition)
        {
            yield return ("type", theirs.Text("transition_type") ?? "", ours.Text("transition_type") ?? "");
            yield return ("in", Value(theirs.Child("in_offset")), Value(ours.Child("in_offset")));
            yield return ("out", Value(theirs.Child("out_offset")), Value(ours.Child("out_offset")));
            yield return ("code", Section(theirs)?.Text("transition") ?? "", Section(ours)?.Text("transition") ?? "");
            yield break;
        }

        var isFreeze = ours.Objects("effects").Any(e => e.SchemaName == OtioSchema.FreezeFrame);
        // Without a name OpenTimelineIO takes the event's number, which changes with every insert; we take the reel's.
        if (Section(ours)?.Flag("unnamed") is not true)
        {
            yield return ("name", theirs.Text("name") ?? "", NameAsTheirs(theirs, ours, isFreeze));
        }

        // Where durations differ and no M2 explains it, OpenTimelineIO takes the source's and moves what follows.
        var retimed = ours.Objects("effects").Any();
        var duration = !retimed && Section(ours)?.Number("source_duration") is { } source
            ? source.ToString("0", CultureInfo.InvariantCulture)
            : Value(ours.Child("source_range")?.Child("duration"));
        yield return ("source in", Value(theirs.Child("source_range")?.Child("start_time")), Value(ours.Child("source_range")?.Child("start_time")));
        yield return ("duration", Value(theirs.Child("source_range")?.Child("duration")), duration);
        foreach (var effect in theirs.Objects("effects"))
        {
            // It divides by the exact rate; at the whole rates of these lists that is the same.
            yield return ("speed", Speed(effect), string.Join('+', ours.Objects("effects").Select(Speed)));
        }

        // It puts markers at record time into source ranges and misses those with a one-digit hour.
        foreach (var marker in theirs.Objects("markers"))
        {
            yield return ("marker", "found", ours.Objects("markers").Any(m => m.Text("name") == marker.Text("name") && m.Text("color") == marker.Text("color")) ? "found" : "missing");
        }

        if (Section(theirs)?.Text("reel") is { } reel) yield return ("reel", reel, Section(ours)?.Text("reel") ?? "");
        if (theirs.Child("metadata")?.Child("cdl") is { } cdl)
        {
            var mine = ours.Child("metadata")?.Child("cdl");
            foreach (var part in new[] { "slope", "offset", "power" })
            {
                yield return (part, Numbers(cdl, part), mine is null ? "" : Numbers(mine, part));
            }

            yield return ("saturation", Value(cdl, "asc_sat"), mine is null ? "" : Value(mine, "asc_sat"));
        }
    }

    static string NameAsTheirs(OtioObject theirs, OtioObject ours, bool isFreeze)
    {
        var name = ours.Text("name") ?? "";
        var comments = Section(ours)?.List("comments").OfType<OtioString>().Select(c => c.Value) ?? [];
        // For a cut with both names OpenTimelineIO takes TO CLIP NAME; the source timecodes of these lists show that the
        // event plays the FROM clip (the next event goes on in it).
        const string to = "TO CLIP NAME:";
        var toName = comments.FirstOrDefault(c => c.StartsWith(to, StringComparison.Ordinal))?[to.Length..].Trim();
        if (toName is not null && toName == theirs.Text("name")) return toName;
        // It cuts " FF" off the name of a freeze, but not where the freeze lasts a single frame; here the list's name stays.
        return isFreeze && name.EndsWith(" FF", StringComparison.Ordinal) && theirs.Text("name") == name[..^3] ? name[..^3] : name;
    }

    static OtioObject? Section(OtioObject node) => node.Child("metadata")?.Child("cmx_3600");

    static string Numbers(OtioObject cdl, string part) =>
        string.Join(' ', (cdl.Child("asc_sop")?.List(part) ?? []).OfType<OtioNumber>().Select(n => n.ToDouble().ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>Their division and ours differ in the last bit of the double.</summary>
    static string Speed(OtioObject effect) => effect.Number("time_scalar")?.ToString("G12", CultureInfo.InvariantCulture) ?? "";

    static string Value(OtioObject? time) => time is null ? "" : Value(time, "value");

    static string Value(OtioObject node, string field) => node.Number(field)?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
