using System.Collections.Immutable;
using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>A sequence, for a timeline of its own or for the nests that show it.</summary>
/// <param name="Rest">What is not modelled of a timeline.</param>
/// <param name="NestRest">What is not modelled of a nest: name, markers and start too.</param>
/// <param name="Local">Spellings, and how its windows looked.</param>
/// <param name="Items">How many clips there are inside, those of nests counted for each use.</param>
internal sealed record XmemlSequence(
    XmlNode Element, string? Id, FrameRate Rate, ImmutableArray<OtioObject> Tracks, OtioObject Rest, OtioObject NestRest, OtioObject Local, long Items)
{
    /// <summary>The tracks, one list for all nests that show them.</summary>
    public OtioArray Children { get; } = OtioArray.Of(Tracks);

    /// <summary>What tells uses of one sequence: Premiere's and Final Cut's own name for it, else its id in this file.</summary>
    public string Definition => Rest.Text("uuid") is { Length: > 0 } uuid ? uuid : Id ?? "";
}

/// <summary>Reads each sequence once; every use of it shares the result.</summary>
internal sealed class XmemlSequenceReader(XmemlReading reading)
{
    /// <summary>Nests that hold each other's nests multiply; a film has some thousand clips.</summary>
    const long MostItems = 1_000_000;

    const int Deepest = 64;

    static readonly XmlNames Modelled = new("@id", "name", "duration", "rate", "media", "marker", "timecode");

    /// <summary>What a timeline says itself, and its kept elements not again.</summary>
    public static readonly XmlNames OfTimeline = new("@id", "name", "duration", "rate", "marker");
    static readonly XmlNames ModelledOfNest = new("@id", "duration", "media");
    static readonly XmlNames MediaModelled = new("video", "audio");
    static readonly XmlNames KindModelled = new("track");

    readonly Dictionary<int, XmemlSequence?> _known = [];
    readonly HashSet<int> _open = [];
    readonly HashSet<int> _nested = [];
    FrameRate _outer = FrameRate.Fps24;
    long _items;

    /// <summary>Whether some item shows this sequence.</summary>
    public bool IsNested(XmlNode sequence) => _nested.Contains(reading.References.Resolve(sequence).Index);

    /// <summary>The sequence that an item shows; null when it is nowhere defined, or holds itself.</summary>
    public XmemlSequence? Nested(XmlNode element)
    {
        var sequence = reading.References.Resolve(element);
        _nested.Add(sequence.Index);
        if (sequence.IsLeaf)
        {
            reading.Diagnostics.Warn(DiagnosticCodes.Fcp7Reference, element.Place, $"The sequence '{element["id"]}' is used and nowhere in the file; the clip that shows it has no media.");
            return null;
        }

        if (_open.Contains(sequence.Index) || _open.Count >= Deepest)
        {
            reading.Diagnostics.Error(DiagnosticCodes.Fcp7Reference, element.Place, $"The sequence '{sequence.TextOf("name")}' is nested in itself, or too deep; the clip that shows it has no media.");
            return null;
        }

        return Read(sequence);
    }

    /// <param name="element">A sequence or a reference to one.</param>
    /// <exception cref="InterchangeFormatException">Nests multiply to more clips than can be held.</exception>
    public XmemlSequence? Read(XmlNode element)
    {
        var sequence = reading.References.Resolve(element);
        if (!_known.TryGetValue(sequence.Index, out var known))
        {
            var (outer, items) = (_outer, _items);
            _open.Add(sequence.Index);
            _items = 0;
            _known[sequence.Index] = known = Make(sequence);
            _open.Remove(sequence.Index);
            (_outer, _items) = (outer, items);
        }

        _items += known?.Items ?? 0;
        if (_items <= MostItems) return known;
        throw new InterchangeFormatException("The nested sequences of this file multiply to more than a million clips.", sequence.Place);
    }

    XmemlSequence Make(XmlNode sequence)
    {
        var rate = RateOf(sequence);
        _outer = rate;
        var media = reading.References.Resolve(sequence.Child("media"));
        var seating = XmemlSeating.Of(media, reading.References);
        var tracks = new XmemlTrackReader(reading, rate, XmemlLinkReader.Of(seating, reading.Habits.GroupIndex));
        var made = ImmutableArray.CreateBuilder<OtioObject>();
        foreach (var (track, mediaType, seats) in seating.Tracks)
        {
            _items += seats.Count;
            made.AddRange(tracks.Read(track, mediaType, seats));
        }

        var mediaRest = MediaRest(media);
        var all = XmlMetadata.Rest(sequence, Modelled);
        var view = all.Fields.Where(f => XmemlView.IsOfSequence(f.Name)).ToArray();
        var rest = With(new([.. all.Fields.Where(f => !XmemlView.IsOfSequence(f.Name))]), mediaRest);
        var nestRest = With(new([.. XmlMetadata.Rest(sequence, ModelledOfNest).Fields.Where(f => !XmemlView.IsOfSequence(f.Name))]), mediaRest);
        var spelling = new XmemlSpelling();
        spelling.Leaf(sequence.Child("name"), "name", sequence.TextOf("name") ?? "");
        spelling.Leaf(sequence.Child("duration"), "duration", XmemlFrames.Text(LengthOf(made, rate)));
        spelling.Rate(sequence.Child("rate"), rate);
        if (sequence.Child("timecode") is { Exists: true } timecode)
        {
            rest = rest.With("timecode", XmemlTimecode.Rest(timecode));
            var start = XmemlTimecode.Read(timecode, rate) is { } at ? XmemlFrames.At(at.Frame, at.Rate) : Flicks.Zero;
            XmemlTimecode.Spell(spelling, timecode, XmemlTimecode.Rest(timecode), start, rate);
        }

        var local = OtioObject.EmptyMap;
        if (view.Length > 0) local = local.With(XmemlKeys.View, new OtioObject([.. view]));
        if (!spelling.IsUsual) local = local.With(XmemlKeys.Written, spelling.Exceptions);
        return new(sequence, sequence["id"], rate, made.DrainToImmutable(), rest, nestRest, local, _items);
    }

    FrameRate RateOf(XmlNode sequence)
    {
        if (XmemlRate.Read(sequence.Child("rate")) is { } own) return own;
        reading.Diagnostics.Warn(
            DiagnosticCodes.Fcp7Rate, sequence.Place, $"The sequence '{sequence.TextOf("name")}' has no rate that can be read; {_outer} frames a second are assumed.");
        return _outer;
    }

    /// <summary>How long the longest track is, in frames.</summary>
    public static long LengthOf(IEnumerable<OtioObject> tracks, FrameRate rate) =>
        tracks.Select(t => XmemlFrames.Count(XmemlOtio.DurationOf(t) ?? Flicks.Zero, rate)).DefaultIfEmpty(0).Max();

    static OtioObject With(OtioObject rest, OtioObject? media) => media is null ? rest : rest.With("media", media);

    /// <summary>Formats, outputs and whatever else stands beside the tracks; null when there is no media element.</summary>
    OtioObject? MediaRest(XmlNode media)
    {
        if (!media.Exists) return null;
        var rest = XmlMetadata.Rest(media, MediaModelled);
        foreach (var mediaType in (string[])["video", "audio"])
        {
            if (reading.References.Resolve(media.Child(mediaType)) is { Exists: true } kind) rest = rest.With(mediaType, XmlMetadata.Rest(kind, KindModelled));
        }

        return rest;
    }
}
