using System.Globalization;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

internal enum FcpxmlRow
{
    Video,
    Audio,
    Caption,
}

/// <summary>What something can hang on: an item or a gap of the primary storyline, or an item of a lane.</summary>
internal sealed record FcpxmlHold(int Lane, Flicks Start, FcpxmlRow Row)
{
    /// <summary>Which of these plays at a moment: the last that has begun. One behind the last of the primary when all of it is over.</summary>
    /// <param name="holds">Of one lane, by start.</param>
    /// <param name="moment">Record time.</param>
    /// <param name="end">Where the primary storyline ends; null on a lane.</param>
    public static int At(IReadOnlyList<FcpxmlHold> holds, Flicks moment, Flicks? end)
    {
        if (end is { } over && moment >= over) return holds.Count;
        var (low, high) = (0, holds.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds[middle].Start <= moment) low = middle + 1;
            else high = middle;
        }

        return Math.Max(0, low - 1);
    }
}

/// <summary>Neighbours on a track that stay together: the primary storyline, a connected one, or a single item.</summary>
internal sealed class FcpxmlBlock(FcpxmlRow row, int lane, Flicks start)
{
    public FcpxmlRow Row { get; set; } = row;

    public int Lane { get; } = lane;

    public Flicks Start { get; } = start;

    public Flicks End { get; set; } = start;

    public List<OtioObject> Children { get; } = [];

    /// <summary>What it hangs on; null for what is in the primary storyline, or is the sound of another.</summary>
    public FcpxmlHold? Hold { get; init; }
}

/// <summary>Lays blocks out on tracks: a track for each lane and kind, and further ones where items of a lane overlap.</summary>
internal static class FcpxmlTracks
{
    const string Audio = "Audio";

    public static IEnumerable<OtioObject> Of(IEnumerable<FcpxmlBlock> blocks, FcpxmlFrame frame)
    {
        var layers = blocks.GroupBy(b => (b.Row, b.Lane)).SelectMany(g => Layers(g).Select((layer, index) => (g.Key.Row, g.Key.Lane, Index: index, Blocks: layer))).ToList();
        var sounds = 0;
        foreach (var layer in layers.OrderBy(l => l.Row).ThenBy(l => Height(l.Row, l.Lane)).ThenBy(l => l.Index))
        {
            var name = layer.Row switch
            {
                FcpxmlRow.Audio => string.Create(CultureInfo.InvariantCulture, $"A{++sounds}"),
                FcpxmlRow.Caption => "Captions",
                _ => string.Create(CultureInfo.InvariantCulture, $"V{layer.Lane + 1}") + (layer.Index == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" layer {layer.Index + 1}")),
            };
            var metadata = OtioObject.Map((FcpxmlKeys.Section, OtioObject.Map((FcpxmlKeys.Lane, (long)layer.Lane))));
            yield return OtioBuild.Track(name, KindOf(layer.Row), Children(layer.Blocks, frame)).With("metadata", metadata);
        }
    }

    public static string KindOf(FcpxmlRow row) => row switch
    {
        FcpxmlRow.Audio => Audio,
        FcpxmlRow.Caption => "Caption",
        _ => "Video",
    };

    /// <summary>Pictures from the bottom up; sound from the primary storyline's on, first what lies below it.</summary>
    static int Height(FcpxmlRow row, int lane) => row == FcpxmlRow.Audio && lane > 0 ? int.MaxValue / 2 + lane : row == FcpxmlRow.Audio ? -lane : lane;

    static List<List<FcpxmlBlock>> Layers(IEnumerable<FcpxmlBlock> blocks)
    {
        var layers = new List<List<FcpxmlBlock>>();
        foreach (var block in blocks.OrderBy(b => b.Start))
        {
            var free = layers.Find(l => l[^1].End <= block.Start);
            if (free is null) layers.Add([block]);
            else free.Add(block);
        }

        return layers;
    }

    static List<OtioObject> Children(List<FcpxmlBlock> blocks, FcpxmlFrame frame)
    {
        var children = new List<OtioObject>();
        var time = Flicks.Zero;
        foreach (var block in blocks)
        {
            if (block.Start > time) children.Add(Space(block.Start - time, frame));
            children.AddRange(block.Children);
            time = block.End;
        }

        return children;
    }

    /// <summary>Of the longest track.</summary>
    public static Flicks LengthOf(OtioArray tracks) => tracks.Items.OfType<OtioObject>()
        .Select(t => t.Objects("children").Aggregate(Flicks.Zero, (sum, c) => sum + (OtioTimes.TryReadRange(c["source_range"], out var range) ? range.Duration : Flicks.Zero)))
        .DefaultIfEmpty(Flicks.Zero).Max();

    public static OtioObject Space(Flicks duration, FcpxmlFrame frame) =>
        OtioBuild.Gap(new(0, frame.Rate)).With("source_range", frame.Range(Flicks.Zero, duration));
}
