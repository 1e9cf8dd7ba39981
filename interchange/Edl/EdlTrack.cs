using System.Globalization;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Edl;

/// <summary>Which track a channel of an event goes to; a key's foreground lies on a track above its channel's.</summary>
internal readonly record struct EdlTrackKey(EdlTrackKind Kind, int Number, bool IsKey) : IComparable<EdlTrackKey>
{
    public string Name => Kind switch
    {
        EdlTrackKind.Video => (Number == 1 ? "V" : string.Create(CultureInfo.InvariantCulture, $"V{Number}")) + (IsKey ? " key" : ""),
        EdlTrackKind.Audio => string.Create(CultureInfo.InvariantCulture, $"A{Number}"),
        _ => "NONE",
    };

    /// <summary>The channel field that an event on this track has.</summary>
    public string Channel => Kind == EdlTrackKind.Audio && Number == 1 ? "A" : IsKey ? Name[..^4] : Name;

    public static IEnumerable<EdlTrackKey> Of(EdlChannels channels, EdlEdit edit)
    {
        if (channels.IsNone) yield return new(EdlTrackKind.None, 1, false);
        foreach (var track in channels.Video) yield return new(EdlTrackKind.Video, track, edit.IsKey);
        foreach (var track in channels.Audio) yield return new(EdlTrackKind.Audio, track, false);
    }

    public int CompareTo(EdlTrackKey other) => (Kind, Number, IsKey).CompareTo((other.Kind, other.Number, other.IsKey));
}

internal enum EdlTrackKind
{
    Video,
    Audio,
    None,
}

/// <summary>A clip at its record time, with the transition that leads into it.</summary>
internal sealed record EdlPlacement(EdlEdit Edit, long RecordIn, long RecordOut, OtioObject Clip, OtioObject? Transition);

/// <summary>What one channel records, collected in list order and laid out in record order.</summary>
internal sealed class EdlTrack(FrameRate rate, DiagnosticBag diagnostics)
{
    readonly List<EdlPlacement> _placements = [];
    EdlPlacement? _last;

    public IReadOnlyList<EdlPlacement> Placements => _placements;

    public void Add(EdlEvent e, EdlBuilt built)
    {
        if (e.Outgoing is { } line && built is { Outgoing: { } outgoing, Before: { } before })
        {
            Place(new(line, before.RecordIn, before.RecordOut, outgoing, null));
        }

        var transition = e.Edit.IsTransition ? Transition(e, built) : null;
        Place(new(e.Edit, built.Times.RecordIn, built.Times.RecordOut, built.Clip, transition));
    }

    void Place(EdlPlacement placement)
    {
        _placements.Add(placement);
        _last = placement;
    }

    OtioObject Transition(EdlEvent e, EdlBuilt built)
    {
        var edit = e.Edit;
        var length = edit.Length ?? 0;
        if (length > built.Times.RecordDuration || length == 0)
        {
            diagnostics.Warn(
                DiagnosticCodes.EdlTransition,
                edit.Location,
                string.Create(CultureInfo.InvariantCulture, $"Event {edit.Number} has a transition of {length} frames in an event of {built.Times.RecordDuration} frames; it is kept as it is."));
        }

        var isWipe = edit.Type == EdlEditType.Wipe;
        var fields = new List<(string, OtioValue)>
        {
            (EdlKeys.Transition, edit.TypeText),
            (EdlKeys.TransitionDuration, (double)length),
        };
        if (built.Outgoing is not null) fields.Add((EdlKeys.FromInPair, true));
        else AddFrom(fields, e, built);
        var type = isWipe ? "SMPTE_Wipe" : "SMPTE_Dissolve";
        var from = built.FromName ?? e.Outgoing?.Reel ?? _last?.Clip.Text("name");
        var name = from is null ? $"{type} to {built.Clip.Text("name")}" : $"{type} from {from} to {built.Clip.Text("name")}";
        return OtioBuild.Transition(name, type, new(0, rate), new(length, rate))
            .With("metadata", OtioObject.Map((EdlKeys.Section, OtioObject.Map([.. fields]))));
    }

    /// <summary>The first line of a pair usually repeats where the clip before ended; anything else is kept with the transition.</summary>
    void AddFrom(List<(string, OtioValue)> fields, EdlEvent e, EdlBuilt built)
    {
        if (e.Outgoing is not { } line || built.Before is not { } before)
        {
            diagnostics.Warn(DiagnosticCodes.EdlTransition, e.Edit.Location, $"Event {e.Edit.Number} is a transition without the line it comes from; the event before it was taken.");
            fields.Add((EdlKeys.SingleLine, true));
            if (built.FromName is not null) fields.Add((EdlKeys.From, OtioObject.Map((EdlKeys.FromName, built.FromName))));
            return;
        }

        var continues = _last is { } last
            && last.RecordOut == before.RecordIn
            && last.Edit.Reel == line.Reel
            && last.Edit.SourceOut == line.SourceIn
            && (built.FromName == last.Clip.Text("name") || (built.FromName is null && IsUnnamed(last.Clip)));
        if (continues) return;
        if (_last is { } other && other.RecordOut == before.RecordIn && (other.Edit.Reel != line.Reel || other.Edit.SourceOut != line.SourceIn))
        {
            diagnostics.Note(
                DiagnosticCodes.EdlTransition,
                line.Location,
                $"Event {line.Number} comes from {line.Reel} at {line.SourceIn}, which is not where the event before ended; the transition keeps that.");
        }

        var from = new List<(string, OtioValue)>
        {
            (EdlKeys.Reel, line.Reel),
            (EdlKeys.FromSource, OtioBuild.Time(new(before.SourceIn, rate))),
        };
        if (built.FromName is not null) from.Add((EdlKeys.FromName, built.FromName));
        fields.Add((EdlKeys.From, OtioObject.Map([.. from])));
    }

    static bool IsUnnamed(OtioObject clip) => clip.Child("metadata")?.Child(EdlKeys.Section)?.Flag(EdlKeys.Unnamed) is true;

    /// <summary>The track and, where events overlap, further ones of the same channel, so that nothing covers anything.</summary>
    public IEnumerable<OtioObject> Build(EdlTrackKey key, long start)
    {
        var layers = Layers(key, start);
        for (var i = 0; i < layers.Count; i++)
        {
            var name = i == 0 ? key.Name : string.Create(CultureInfo.InvariantCulture, $"{key.Name} layer {i + 1}");
            var track = OtioBuild.Track(name, key.Kind == EdlTrackKind.Audio ? "Audio" : "Video", layers[i].Children);
            if (key.Kind == EdlTrackKind.None) track = track.With("enabled", false);
            yield return name == key.Name && !key.IsKey && key.Kind != EdlTrackKind.None
                ? track
                : track.With("metadata", OtioObject.Map((EdlKeys.Section, OtioObject.Map((EdlKeys.Channels, key.Channel)))));
        }
    }

    /// <summary>Each event on the lowest layer that is free where it begins; the two queues keep that quick for any number of layers.</summary>
    List<EdlLayer> Layers(EdlTrackKey key, long start)
    {
        var layers = new List<EdlLayer>();
        var playing = new PriorityQueue<int, long>();
        var free = new PriorityQueue<int, int>();
        foreach (var placement in _placements.OrderBy(p => p.RecordIn))
        {
            while (playing.TryPeek(out var ended, out var end) && end <= placement.RecordIn)
            {
                playing.Dequeue();
                free.Enqueue(ended, ended);
            }

            if (!free.TryDequeue(out var layer, out _))
            {
                if (layers.Count > 0) ReportOverlap(layers[0], placement, key);
                layer = layers.Count;
                layers.Add(new EdlLayer(start, rate));
            }

            layers[layer].Append(placement);
            playing.Enqueue(layer, layers[layer].End);
        }

        return layers;
    }

    void ReportOverlap(EdlLayer first, EdlPlacement placement, EdlTrackKey key) => diagnostics.Warn(
        DiagnosticCodes.EdlOverlap,
        placement.Edit.Location,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Event {placement.Edit.Number} overlaps the event before it on {key.Name} by {first.End - placement.RecordIn} frames; it is put on a track of its own."));
}

/// <summary>One track in the making: children end to end, gaps filled in.</summary>
internal sealed class EdlLayer(long start, FrameRate rate)
{
    readonly List<OtioObject> _children = [];

    public long End { get; private set; } = start;

    public IReadOnlyList<OtioObject> Children => _children;

    public void Append(EdlPlacement placement)
    {
        if (placement.RecordIn > End) _children.Add(OtioBuild.Gap(new(placement.RecordIn - End, rate)));
        if (placement.Transition is not null) _children.Add(placement.Transition);
        _children.Add(placement.Clip);
        End = placement.RecordOut;
    }
}
