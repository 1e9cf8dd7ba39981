using System.Collections.Immutable;
using System.Globalization;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Fcpxml;

/// <summary>One edit of one clip, as an editor makes it: its sound goes along, and a ripple moves what comes later on every track.</summary>
static class FcpxmlEdits
{
    public static readonly ImmutableArray<string> Kinds = ["rename", "disable", "slip", "marker", "parameter", "lift", "ripple delete", "trim", "insert"];

    /// <summary>Null when this cut has nothing that such an edit fits.</summary>
    public static (Sequence Cut, string Name)? Apply(Sequence cut, string kind, Random random)
    {
        var places = Placement.Of(cut).All.Where(p => p.Track.Kind == TrackKind.Video && p.Element is Clip && p.Element.Name.Length > 0).ToList();
        if (kind == "parameter") places = [.. places.Where(p => p.Element.Effects.Any(e => HasValue(e)))];
        if (kind == "insert") places = [.. places.Where(p => p.Element.Node.Child("metadata")?.Child("fcpx")?["audition"] is null)];
        if (kind is "slip" or "trim") places = [.. places.Where(p => p.Element.Effects.All(e => e.TimeScalar is null && e.Kind != "timeMap") && p.Element.Duration > Flicks.FromFrames(4, cut.Rate))];
        if (places.Count == 0) return null;
        var place = places[random.Next(places.Count)];
        var edited = kind switch
        {
            "rename" => Change(cut, place, e => e with { Name = "renamed by an edit" }, isSoundToo: false),
            "disable" => Change(cut, place, e => e with { Enabled = !e.Enabled }, isSoundToo: true),
            "slip" => Change(cut, place, e => e with { SourceStart = e.SourceStart + Flicks.FromFrames(1, cut.Rate) }, isSoundToo: true),
            "marker" => Change(cut, place, e => e with { Markers = [.. e.Markers, NewMarker(e, cut.Rate)] }, isSoundToo: false),
            "parameter" => Change(cut, place, WithParameter, isSoundToo: false),
            "lift" => Lift(cut, place),
            "ripple delete" => Ripple(Remove(cut, place), cut, place, -place.Element.Duration),
            "trim" => Ripple(Change(cut, place, e => e with { Duration = e.Duration - Flicks.FromFrames(2, cut.Rate) }, isSoundToo: true), cut, place, -Flicks.FromFrames(2, cut.Rate)),
            _ => Insert(cut, place),
        };
        return edited is null ? null : (edited, place.Element.Name);
    }

    static bool IsOne(Element element, Placed place, bool isSoundToo) =>
        element.Id == place.Element.Id || (isSoundToo && element.Link is { } link && link == place.Element.Link && element.Duration == place.Element.Duration);

    static Sequence Change(Sequence cut, Placed place, Func<Element, Element> change, bool isSoundToo) => cut with
    {
        Tracks = [.. cut.Tracks.Select(t => t with { Elements = [.. t.Elements.Select(e => IsOne(e, place, isSoundToo) ? change(e) : e)] })],
    };

    static Marker NewMarker(Element element, FrameRate rate) => new()
    {
        Id = new(7, 1),
        Name = "added by an edit",
        Range = new(element.SourceStart, Flicks.FromFrames(1, rate)),
        Node = OtioBuild.Marker("added by an edit", OtioBuild.Range(new(0, rate), new(1, rate)), "PURPLE"),
    };

    static bool HasValue(Effect effect) => effect.Node.Child("metadata")?.Child("fcpx")?.Fields.Any(f => f.Name is "@amount" or "@scale" or "@type") is true;

    static Element WithParameter(Element element) => element with { Effects = [.. element.Effects.Select(e => HasValue(e) ? WithParameter(e) : e)] };

    static Effect WithParameter(Effect effect)
    {
        var metadata = effect.Node.Child("metadata") ?? OtioObject.EmptyMap;
        var section = metadata.Child("fcpx") ?? OtioObject.EmptyMap;
        var name = section.Fields.First(f => f.Name is "@amount" or "@scale" or "@type").Name;
        return effect with { Node = effect.Node.With("metadata", metadata.With("fcpx", section.With(name, name == "@type" ? "none" : "3"))) };
    }

    static Sequence Lift(Sequence cut, Placed place) => Without(cut, place, keepTime: true);

    static Sequence Remove(Sequence cut, Placed place) => Without(cut, place, keepTime: false);

    static Sequence Without(Sequence cut, Placed place, bool keepTime) => cut with
    {
        Tracks = [.. cut.Tracks.Select(t => WithoutIn(t, place, keepTime))],
    };

    static Track WithoutIn(Track track, Placed place, bool keepTime)
    {
        var elements = new List<Element>();
        var carried = Flicks.Zero;
        var gaps = new List<OtioObject>();
        var gone = new HashSet<ElementId>();
        foreach (var element in track.Elements)
        {
            if (IsOne(element, place, isSoundToo: true))
            {
                gone.Add(element.Id);
                gaps.AddRange(element.Lead.Gaps);
                carried += element.Lead.Duration + (keepTime ? element.Duration : Flicks.Zero);
                continue;
            }

            elements.Add(carried.IsZero ? element : element with { Lead = new(carried + element.Lead.Duration, [.. gaps, .. element.Lead.Gaps]) });
            carried = Flicks.Zero;
            gaps.Clear();
        }

        if (gone.Count == 0) return track;
        return track with
        {
            Elements = [.. elements],
            EditPoints = [.. track.EditPoints.Where(p => !(p.Left is { } l && gone.Contains(l)) && !(p.Right is { } r && gone.Contains(r)))],
            Tail = carried.IsZero ? track.Tail : new(carried + track.Tail.Duration, [.. gaps, .. track.Tail.Gaps]),
        };
    }

    /// <summary>Moves on every other track what begins after an edited clip; null where there is no room.</summary>
    static Sequence? Ripple(Sequence cut, Sequence before, Placed place, Flicks by)
    {
        var from = place.End;
        var own = before.Tracks.Where(t => t.Elements.Any(e => IsOne(e, place, isSoundToo: true))).Select(t => t.Id).ToHashSet();
        // An editor's ripple never takes a sound from its picture; sound that begins before its picture would stay behind here.
        var groups = Placement.Of(before).All.Where(p => p.Element.Link is not null).GroupBy(p => p.Element.Link);
        if (groups.Any(g => g.Any(p => p.Start >= from) && g.Any(p => p.Start < from))) return null;
        var tracks = new List<Track>();
        foreach (var track in cut.Tracks)
        {
            var time = Flicks.Zero;
            var elements = own.Contains(track.Id) ? [] : track.Elements;
            for (var i = 0; i < elements.Length; i++)
            {
                var start = time + elements[i].Lead.Duration;
                if (start >= from)
                {
                    if (elements[i].Lead.Duration + by < Flicks.Zero) return null;
                    elements = elements.SetItem(i, elements[i] with { Lead = elements[i].Lead with { Duration = elements[i].Lead.Duration + by } });
                    break;
                }

                time = start + elements[i].Duration;
            }

            tracks.Add(own.Contains(track.Id) ? track : track with { Elements = elements });
        }

        var markers = cut.Markers.Select(m => m.Range.Start >= from ? m with { Range = m.Range with { Start = m.Range.Start + by } } : m);
        return cut with { Tracks = [.. tracks], Markers = [.. markers] };
    }

    static Sequence Insert(Sequence cut, Placed place)
    {
        var copy = place.Element with { Id = new(7, 2), Name = string.Create(CultureInfo.InvariantCulture, $"inserted"), Lead = Space.None, Link = null, Markers = [], Effects = [] };
        return cut with
        {
            Tracks = [.. cut.Tracks.Select(t => t.Id == place.Track.Id ? t with { Elements = t.Elements.Add(t.Tail.Duration.IsZero ? copy : copy with { Lead = t.Tail }), Tail = Space.None } : t)],
        };
    }
}
