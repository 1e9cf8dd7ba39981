namespace CineGit.Demo;

/// <summary>What each record frame of a track shows: media and source frame. Two cuts agree when their tables do.</summary>
public sealed class FrameTable
{
    readonly SortedDictionary<string, SortedDictionary<int, string>> _tracks = new(StringComparer.Ordinal);

    public int Frames => _tracks.Values.Sum(t => t.Count);

    public void Put(string track, int recordFrame, string media, int sourceFrame)
    {
        if (!_tracks.TryGetValue(track, out var frames)) _tracks[track] = frames = [];
        frames[recordFrame] = $"{media}@{sourceFrame}";
    }

    public void PutRange(string track, int recordStart, int frames, string media, int sourceStart)
    {
        for (var i = 0; i < frames; i++) Put(track, recordStart + i, media, sourceStart + i);
    }

    public static FrameTable Of(DemoCut cut, params IReadOnlyCollection<string> tracks)
    {
        var table = new FrameTable();
        foreach (var track in tracks)
        {
            foreach (var shot in cut.Track(track)) table.PutRange(track, shot.Start, shot.Duration, shot.Media, shot.Source);
        }

        return table;
    }

    /// <summary>Every frame that is not the same in both, as a sentence.</summary>
    public IReadOnlyList<string> DifferencesFrom(FrameTable expected)
    {
        var found = new List<string>();
        foreach (var track in _tracks.Keys.Union(expected._tracks.Keys))
        {
            var mine = _tracks.GetValueOrDefault(track) ?? [];
            var theirs = expected._tracks.GetValueOrDefault(track) ?? [];
            foreach (var frame in mine.Keys.Union(theirs.Keys).Order())
            {
                var (has, wants) = (mine.GetValueOrDefault(frame, "nothing"), theirs.GetValueOrDefault(frame, "nothing"));
                if (has != wants) found.Add($"{track} frame {frame}: {has}, expected {wants}");
            }
        }

        return found;
    }
}
