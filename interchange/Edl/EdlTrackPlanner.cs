using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Edl;

/// <summary>Gives every track that an EDL can hold a channel: by what the list it came from said, by its name, by its order.</summary>
internal static class EdlTrackPlanner
{
    public static List<EdlTrackPlan> Plan(OtioObject timeline, DiagnosticBag diagnostics)
    {
        var tracks = timeline.Child("tracks")?.Objects("children").ToList() ?? [];
        var taken = EdlChannels.None;
        var plans = new EdlTrackPlan?[tracks.Count];
        var lanes = new Dictionary<EdlChannels, int>();
        // Tracks that say their channel go first, so that the others cannot take it from them.
        for (var i = 0; i < tracks.Count; i++)
        {
            if (!IsWritable(tracks[i], LocationOf(i), diagnostics) || Stated(tracks[i], taken) is not { } channels) continue;
            plans[i] = new(tracks[i], channels, i, Lane(channels, lanes), LocationOf(i));
            taken = taken.Union(channels);
        }

        for (var i = 0; i < tracks.Count; i++)
        {
            if (plans[i] is not null || !IsWritable(tracks[i], LocationOf(i), null)) continue;
            var channels = tracks[i].Text("kind") == "Audio"
                ? Free(EdlChannels.OfAudio, taken)
                : Free(EdlChannels.OfVideo, taken);
            if (channels.IsNone)
            {
                diagnostics.Warn(DiagnosticCodes.EdlLeftOut, LocationOf(i), $"Track '{tracks[i].Text("name")}' was left out; an EDL has numbers for {EdlChannels.HighestTrack} tracks of a kind.");
                continue;
            }

            plans[i] = new(tracks[i], channels, i, Lane(channels, lanes), LocationOf(i));
            taken = taken.Union(channels);
        }

        ReportExtra(taken, diagnostics);
        return [.. plans.OfType<EdlTrackPlan>()];
    }

    static string Lane(EdlChannels channels, Dictionary<EdlChannels, int> lanes)
    {
        var before = lanes[channels] = lanes.GetValueOrDefault(channels) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{channels.ToEvent()?.Field}#{before}");
    }

    /// <summary>The first channel of a kind that no track has; none when all are taken.</summary>
    static EdlChannels Free(Func<int, EdlChannels> kind, EdlChannels taken) =>
        Enumerable.Range(1, EdlChannels.HighestTrack).Select(kind).FirstOrDefault(c => !taken.Contains(c));

    static string LocationOf(int index) => string.Create(CultureInfo.InvariantCulture, $"tracks/{index}");

    static bool IsWritable(OtioObject track, string location, DiagnosticBag? diagnostics)
    {
        var kind = track.Text("kind");
        var reason = (track.SchemaName, kind) switch
        {
            (OtioSchema.Track, "Video" or "Audio") => track.Flag("enabled") is false && !IsUnassigned(track) ? "it is disabled" : null,
            (OtioSchema.Track, _) => $"it is of kind {kind}",
            _ => $"it is a {track.SchemaName} among the tracks",
        };
        if (reason is not null) diagnostics?.Warn(DiagnosticCodes.EdlLeftOut, location, $"Track '{track.Text("name")}' was left out with its {track.Objects("children").Count(c => c.SchemaName == OtioSchema.Clip)} clips because {reason}; an EDL holds video and audio tracks that play.");
        return reason is null;
    }

    static string? ChannelText(OtioObject track) => track.Child("metadata")?.Child(EdlKeys.Section)?.Text(EdlKeys.Channels);

    static bool IsUnassigned(OtioObject track) => ChannelText(track) is { } text && EdlChannels.TryParse(text, out var channels) && channels.IsNone;

    static EdlChannels? Stated(OtioObject track, EdlChannels taken)
    {
        if (ChannelText(track) is { } text && EdlChannels.TryParse(text, out var stated) && stated.Count <= 1) return stated;
        if (!EdlChannels.TryParse(track.Text("name") ?? "", out var named) || named.Count != 1) return null;
        var isSound = named.VideoBits == 0;
        return isSound == (track.Text("kind") == "Audio") && !taken.Contains(named) ? named : null;
    }

    static void ReportExtra(EdlChannels taken, DiagnosticBag diagnostics)
    {
        const int cmxSounds = 4;
        if (taken.Video.Any(v => v > 1))
        {
            diagnostics.Warn(DiagnosticCodes.EdlExtraTrack, "", "The list has more than one video track (V2 and on), which many systems do not read; export one list per video track for those.");
        }

        if (taken.Audio.Any(a => a > cmxSounds))
        {
            diagnostics.Note(DiagnosticCodes.EdlExtraTrack, "", "The list has audio tracks above A4, which Avid reads and older systems do not.");
        }
    }
}
