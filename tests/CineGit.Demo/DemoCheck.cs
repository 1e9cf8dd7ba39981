namespace CineGit.Demo;

/// <summary>What came back from the hub, against both editors' work done by hand.</summary>
public sealed record DemoOutcome(int FramesChecked, IReadOnlyList<string> Drift, IReadOnlyList<string> Wrong)
{
    public bool Holds => Drift.Count == 0 && Wrong.Count == 0;
}

public static class DemoCheck
{
    public const string OtioName = "merged.otio";
    public const string EdlName = "merged.edl";

    public static async Task<DemoOutcome> CheckAsync(string pulledFolder, CancellationToken ct)
    {
        var expected = Scenario.Expected;
        var otio = PulledOtio.Read(await File.ReadAllBytesAsync(Path.Combine(pulledFolder, OtioName), ct));
        var edl = PulledEdl.ReadPicture(await File.ReadAllTextAsync(Path.Combine(pulledFolder, EdlName), ct));

        var expectedOtio = FrameTable.Of(expected, DemoCut.TrackNames);
        List<string> drift =
        [
            .. otio.Frames.DifferencesFrom(expectedOtio),
            .. edl.DifferencesFrom(PulledEdl.Expected(expected)).Select(d => "EDL " + d),
        ];
        return new(otio.Frames.Frames + edl.Frames, drift, [.. Meaning(otio, expected)]);
    }

    /// <summary>What frames alone do not show: names, the dissolve, the blur, the markers.</summary>
    static IEnumerable<string> Meaning(PulledOtio otio, DemoCut expected)
    {
        foreach (var track in DemoCut.TrackNames)
        {
            var names = expected.Track(track).Select(s => s.Name).ToList();
            if (!otio.Names.TryGetValue(track, out var pulled) || !pulled.SequenceEqual(names)) yield return $"{track} has other clips or names";
        }

        var dissolves = expected.Dissolves.Select(d => (expected.Track("V1").Single(s => s.Name == d.Incoming).Start, d.Half, d.Half));
        if (!otio.Transitions.SequenceEqual(dissolves)) yield return "the dissolve is not where it was";

        var blurred = expected.Track("V1").Where(s => s.Blur is not null).ToDictionary(s => s.Name, s => s.Blur);
        if (blurred.Any(b => otio.Blurs.GetValueOrDefault(b.Key) != b.Value)) yield return "the blur does not have the title editor's amount";
        if (!otio.Notes.OrderBy(n => n.Frame).SequenceEqual(expected.Notes.OrderBy(n => n.Frame))) yield return "the markers are not on their frames";
    }
}
