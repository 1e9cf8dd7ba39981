using System.Collections.Immutable;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Timeline.Folding;

/// <summary>A stretch of a track that becomes one stand-in.</summary>
readonly record struct Stretch(int First, int Count)
{
    public int End => First + Count;
}

/// <summary>One track in all cuts, and which of its elements no cut has touched.</summary>
sealed class QuietRow
{
    /// <summary>Shorter stretches are not worth a stand-in.</summary>
    const int Shortest = 4;

    /// <summary>So many elements beside a stretch of time with edits are kept, besides those that touch it.</summary>
    const int Margin = 1;

    /// <summary>Each transition whose neighbour is not on the track costs a look at all of the track.</summary>
    const int MostLost = 16;

    readonly ImmutableArray<Track> _tracks;
    readonly RowMatch[] _matches;
    readonly Change[] _changes;
    readonly Flicks[] _starts;
    readonly Flicks[] _ends;
    readonly bool[] _isKept;
    readonly bool[] _isCrossed;
    readonly List<(EditPoint Point, int Cut)> _quietPoints = [];

    /// <param name="tracks">The same track in all cuts, that of the first cut first.</param>
    public QuietRow(ImmutableArray<Track> tracks)
    {
        _tracks = tracks;
        _matches = RowMatch.Of(Elements, tracks.Skip(1).Select(t => t.Elements));
        _changes = new Change[Elements.Length];
        _starts = new Flicks[Elements.Length];
        _ends = new Flicks[Elements.Length];
        _isKept = new bool[Elements.Length];
        _isCrossed = new bool[Elements.Length + 1];
        var time = Flicks.Zero;
        for (var i = 0; i < Elements.Length; i++)
        {
            var element = Elements[i];
            _starts[i] = time += element.Lead.Duration;
            _ends[i] = time += element.Duration;
            foreach (var match in _matches) _changes[i] |= match.Changes[i];
            // What nests show depends on what is inside, which is merged for all their uses at once.
            if (element is Nest || element.Duration <= Flicks.Zero || element.Lead.Duration.IsNegative) _changes[i] |= Change.Content;
        }
    }

    public ImmutableArray<Element> Elements => _tracks[0].Elements;

    public Track Track => _tracks[0];

    public ImmutableArray<Track> Tracks => _tracks;

    public List<Stretch> Stretches { get; } = [];

    /// <summary>Transitions inside of stretches, with the place of their cut: that of the element after it.</summary>
    public IEnumerable<(EditPoint Point, int Cut)> FoldedPoints =>
        _quietPoints.Where(p => p.Cut > 0 && p.Cut < Elements.Length && !_isKept[p.Cut - 1] && !_isKept[p.Cut]);

    /// <summary>Elements of the first cut that a later one does not have here.</summary>
    public List<Element> Gone()
    {
        var gone = new List<Element>();
        foreach (var match in _matches)
        {
            for (var i = 0; i < match.Index.Length; i++)
            {
                if (match.Index[i] < 0) gone.Add(Elements[i]);
            }
        }

        return gone;
    }

    /// <summary>Elements of the later cuts that the first does not have here.</summary>
    public IEnumerable<Element> Come => _matches.SelectMany(m => m.Others);

    /// <summary>What the later cuts say of elements that changed.</summary>
    public List<Element> Changed()
    {
        var changed = new List<Element>();
        for (var n = 0; n < _matches.Length; n++)
        {
            var (index, row) = (_matches[n].Index, _tracks[n + 1].Elements);
            for (var i = 0; i < index.Length; i++)
            {
                if (_changes[i] != Change.None && index[i] >= 0) changed.Add(row[index[i]]);
            }
        }

        return changed;
    }

    public bool IsKept(int index) => _isKept[index];

    public void Keep(int index) => _isKept[index] = true;

    public int IndexIn(int cut, int index) => cut == 0 ? index : _matches[cut - 1].Index[index];

    /// <summary>For each element of a later cut its index in the first, or -1; null for the first itself.</summary>
    public int[]? PlacesIn(int cut)
    {
        if (cut == 0) return null;
        var places = new int[_tracks[cut].Elements.Length];
        places.AsSpan().Fill(-1);
        var index = _matches[cut - 1].Index;
        for (var i = 0; i < index.Length; i++)
        {
            if (index[i] >= 0 && !_matches[cut - 1].Changes[i].HasFlag(Change.Content)) places[index[i]] = i;
        }

        return places;
    }

    /// <summary>The element of the first cut for an element of another that says the same.</summary>
    public Element Shared(int index, Element same) =>
        Elements[index] is var element && element.Lead.Equals(same.Lead) ? element : element with { Lead = same.Lead };

    public Flicks StartOf(int index) => _starts[index];

    /// <summary>Takes what was found about elements elsewhere: ids that something changed hangs on.</summary>
    public void Touch(HashSet<ElementId> touched)
    {
        if (touched.Count == 0) return;
        for (var i = 0; i < Elements.Length; i++)
        {
            if (touched.Contains(Elements[i].Id)) _changes[i] |= Change.Content;
        }
    }

    /// <summary>
    /// Finds the transitions that are the same in all cuts; what the others hang on is added to <paramref name="touched"/>.
    /// False where ids of transitions or their neighbours cannot be told apart.
    /// </summary>
    public bool FindQuietPoints(HashSet<ElementId> touched)
    {
        var others = new List<Dictionary<ElementId, EditPoint>>();
        foreach (var track in _tracks.Skip(1))
        {
            var points = new Dictionary<ElementId, EditPoint>(track.EditPoints.Length);
            if (!track.EditPoints.All(p => points.TryAdd(p.Id, p))) return false;
            others.Add(points);
        }

        var (at, lost) = (0, 0);
        foreach (var point in Track.EditPoints)
        {
            var found = others.ConvertAll(o => o.Remove(point.Id, out var there) ? there : null);
            var cut = CutOf(point, ref at, ref lost);
            if (lost > MostLost) return false;
            if (cut is { } known && found.TrueForAll(there => there is not null && Sameness.IsSame(point, there)))
            {
                _quietPoints.Add((point, known));
                _isCrossed[known] = true;
                continue;
            }

            Touched(point);
            foreach (var there in found.OfType<EditPoint>()) Touched(there);
        }

        foreach (var point in others.SelectMany(o => o.Values)) Touched(point);
        return true;

        void Touched(EditPoint point)
        {
            if (point.Left is { } left) touched.Add(left);
            if (point.Right is { } right) touched.Add(right);
        }
    }

    /// <summary>Null where a transition does not stand at a cut of its own two neighbours.</summary>
    int? CutOf(EditPoint point, ref int at, ref int lost)
    {
        if ((point.Right ?? point.Left) is not { } named) return null;
        if (IndexOf(named, ref at) is not { } index)
        {
            lost++;
            return null;
        }

        if (point.Right is null) return index + 1;
        if (point.Left is not { } left) return index;
        return index > 0 && Elements[index - 1].Id == left && Elements[index].Lead.Duration.IsZero ? index : null;
    }

    /// <summary>Transitions are listed in the order of their track, so the search goes on where the last one ended.</summary>
    int? IndexOf(ElementId id, ref int at)
    {
        for (var n = 0; n < Elements.Length; n++)
        {
            var index = at + n < Elements.Length ? at + n : at + n - Elements.Length;
            if (Elements[index].Id == id) return at = index;
        }

        return null;
    }

    /// <summary>Adds the times in which this track changed.</summary>
    public void AddTo(DirtyTime dirty)
    {
        if (Elements.IsEmpty)
        {
            if (_tracks.Any(t => !t.Elements.IsEmpty)) dirty.Add(Flicks.Zero, Flicks.MaxValue);
            return;
        }

        for (var i = 0; i < Elements.Length; i++)
        {
            var change = _changes[i];
            if (change == Change.None) continue;
            var start = change.HasFlag(Change.Before) ? _starts[i] - Elements[i].Lead.Duration : _starts[i];
            var end = change.HasFlag(Change.Content) ? _ends[i] : _starts[i];
            dirty.Add(Flicks.Min(start, end), Flicks.Max(start, end));
            if (change.HasFlag(Change.After)) dirty.Add(_ends[i], i + 1 < Elements.Length ? Flicks.Max(_ends[i], _starts[i + 1]) : Flicks.MaxValue);
        }
    }

    /// <summary>Keeps what touches the time in which something happened, what stands beside that, and the ends of the track.</summary>
    public void KeepAround(DirtyTime dirty)
    {
        var next = 0;
        for (var i = 0; i < Elements.Length; i++)
        {
            if (i > 0 && _starts[i] < _starts[i - 1]) next = 0;
            while (next < dirty.Ranges.Count && dirty.Ranges[next].End < _starts[i]) next++;
            var touches = next < dirty.Ranges.Count && dirty.Ranges[next].Start <= _ends[i];
            if (touches || _changes[i] != Change.None) KeepWithMargin(i);
        }

        if (Elements.IsEmpty) return;
        KeepWithMargin(0);
        KeepWithMargin(Elements.Length - 1);
    }

    void KeepWithMargin(int index)
    {
        var first = Math.Max(0, index - Margin);
        _isKept.AsSpan(first, Math.Min(Elements.Length, index + Margin + 1) - first).Fill(true);
    }

    /// <summary>Finds the stretches; an element at the end of one that a transition joins to a kept one is kept too.</summary>
    public void FindStretches()
    {
        Stretches.Clear();
        for (var i = 0; i < Elements.Length;)
        {
            var first = i;
            while (i < Elements.Length && !_isKept[i]) i++;
            var end = i;
            while (first < end && _isCrossed[first]) _isKept[first++] = true;
            while (end > first && _isCrossed[end]) _isKept[--end] = true;
            if (end - first >= Shortest) Stretches.Add(new(first, end - first));
            else _isKept.AsSpan(first, end - first).Fill(true);
            i++;
        }
    }

    public StandIn StandInFor(Stretch stretch) => new()
    {
        Id = Elements[stretch.First].Id,
        Lead = Elements[stretch.First].Lead,
        Duration = _ends[stretch.End - 1] - _starts[stretch.First],
        Node = OtioObject.EmptyMap,
        Elements = IdsOf(stretch),
        // The lead of the first is that of the stand-in.
        Filled = FilledIn(stretch) - (Elements[stretch.First].Lead.Duration.IsZero ? 1 : 0),
    };

    int FilledIn(Stretch stretch)
    {
        var filled = 0;
        foreach (var element in Elements.AsSpan(stretch.First, stretch.Count)) filled += StandIn.FilledOf(element);
        return filled;
    }

    ImmutableArray<ElementId> IdsOf(Stretch stretch)
    {
        var ids = ImmutableArray.CreateBuilder<ElementId>(stretch.Count);
        foreach (var element in Elements.AsSpan(stretch.First, stretch.Count))
        {
            if (element is StandIn standIn) ids.AddRange(standIn.Elements);
            else ids.Add(element.Id);
        }

        return ids.DrainToImmutable();
    }
}
