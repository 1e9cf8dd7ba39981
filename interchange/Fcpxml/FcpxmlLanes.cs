using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcpxml;

/// <summary>Which lane each track is: what it says, else the first picture track is the primary storyline and the others lie around it.</summary>
internal static class FcpxmlLanes
{
    public static (FcpxmlRow Row, int Lane)?[] Of(List<OtioObject> tracks, FcpxmlTarget target, string place)
    {
        var rows = tracks.Select(RowOf).ToArray();
        var lanes = tracks.Select(t => LaneOf(t)).ToArray();
        var hasPrimary = false;
        for (var i = 0; i < tracks.Count; i++) hasPrimary |= rows[i] == FcpxmlRow.Video && lanes[i] == 0;
        var top = Enumerable.Range(0, tracks.Count).Where(i => rows[i] == FcpxmlRow.Video).Select(i => lanes[i] ?? 0).DefaultIfEmpty(0).Max();
        var bottom = Enumerable.Range(0, tracks.Count).Where(i => rows[i] == FcpxmlRow.Audio).Select(i => lanes[i] ?? 0).DefaultIfEmpty(0).Min();
        var found = new (FcpxmlRow, int)?[tracks.Count];
        for (var i = 0; i < tracks.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{place}/{i}");
            FcpxmlLosses.OfTrack(tracks[i], target, at);
            if (rows[i] is not { } row)
            {
                target.Warn(DiagnosticCodes.FcpxmlLeftOut, at, $"The track \"{tracks[i].Text("name")}\" of kind {tracks[i].Text("kind")} was left out; FCPXML holds pictures, sound and captions.");
                continue;
            }

            if (lanes[i] is { } said)
            {
                found[i] = (row, said);
            }
            else if (row == FcpxmlRow.Audio)
            {
                found[i] = (row, --bottom);
            }
            else if (row == FcpxmlRow.Video && !hasPrimary)
            {
                found[i] = (row, 0);
                hasPrimary = true;
            }
            else
            {
                found[i] = (row, ++top);
            }
        }

        return found;
    }

    static int? LaneOf(OtioObject track) =>
        FcpxmlLocal.Section(track)?[FcpxmlKeys.Lane] is OtioNumber { IsInteger: true } number
        && int.TryParse(number.Lexeme, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var lane) && Math.Abs((long)lane) <= 10_000
            ? lane
            : null;

    static FcpxmlRow? RowOf(OtioObject track) => track.SchemaName != OtioSchema.Track ? FcpxmlRow.Video : track.Text("kind") switch
    {
        null or "" or "Video" => FcpxmlRow.Video,
        "Audio" => FcpxmlRow.Audio,
        "Caption" => FcpxmlRow.Caption,
        "Data" when LaneOf(track) is not null => FcpxmlRow.Caption,
        _ => null,
    };
}
