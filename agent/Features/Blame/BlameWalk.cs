using CineGit.Agent.Platform.LocalState;
using CineGit.Agent.Platform.Timelines;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Model;

namespace CineGit.Agent.Features.Blame;

/// <summary>A version that was the last to change something of an element.</summary>
/// <param name="Version">Which.</param>
/// <param name="Aspects">What; all that nobody changed later where it brought the element.</param>
/// <param name="Edits">In words; empty in a first version.</param>
internal sealed record Blamed(KnownVersion Version, Aspects Aspects, IReadOnlyList<string> Edits);

/// <summary>
/// Walks back from a version, youngest first, and hands what is asked about each element to a parent that has it the same.
/// What no parent has the same was changed here. Ends as soon as nothing is asked any more.
/// </summary>
internal sealed class BlameWalk(WorkingCopy copy)
{
    readonly Dictionary<string, Dictionary<ElementId, Aspects>> _asked = new(StringComparer.Ordinal);
    readonly PriorityQueue<KnownVersion, (int, string)> _queue = new();
    readonly Dictionary<string, Sequence> _cuts = new(StringComparer.Ordinal);
    readonly Dictionary<ElementId, List<Blamed>> _blamed = [];

    /// <summary>For each element, newest first.</summary>
    /// <param name="version">Where to begin.</param>
    /// <param name="cut">What is in it.</param>
    /// <param name="elements">Those of the cut that are asked about.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyDictionary<ElementId, List<Blamed>>> RunAsync(
        KnownVersion version, Sequence cut, IEnumerable<ElementId> elements, CancellationToken ct)
    {
        _cuts[version.Id] = cut;
        foreach (var element in elements) Ask(version, element, Aspects.All);
        while (_queue.TryDequeue(out var next, out _))
        {
            if (_asked.Remove(next.Id, out var asked)) await SettleAsync(next, asked, ct);
            _cuts.Remove(next.Id);
        }

        return _blamed;
    }

    async Task SettleAsync(KnownVersion version, Dictionary<ElementId, Aspects> asked, CancellationToken ct)
    {
        List<EditsByElement> steps = [];
        foreach (var id in version.Record.Parents)
        {
            var parent = await copy.Versions.GetAsync(id, ct);
            if (parent.Record.Cut == version.Record.Cut)
            {
                foreach (var (element, aspects) in asked) Ask(parent, element, aspects);
                return;
            }

            var step = new EditsByElement(await CutAsync(parent, ct), await CutAsync(version, ct));
            steps.Add(step);
            asked = HandOn(parent, step, asked);
            if (!_asked.ContainsKey(id)) _cuts.Remove(id);
            if (asked.Count == 0) return;
        }

        foreach (var (element, aspects) in asked)
        {
            var step = steps.Find(s => s.WasThere(element)) ?? steps.FirstOrDefault();
            if (!_blamed.TryGetValue(element, out var list)) _blamed.Add(element, list = []);
            var told = steps.Exists(s => s.WasThere(element)) ? aspects : Aspects.Presence;
            list.Add(new(version, aspects, step?.Of(element)?.Telling(told) ?? []));
        }
    }

    /// <summary>What is left to ask the next parent.</summary>
    Dictionary<ElementId, Aspects> HandOn(KnownVersion parent, EditsByElement step, Dictionary<ElementId, Aspects> asked)
    {
        Dictionary<ElementId, Aspects> left = [];
        foreach (var (element, aspects) in asked)
        {
            var changed = step.WasThere(element) ? aspects & (step.Of(element)?.Changed ?? Aspects.None) : aspects;
            if (changed != aspects) Ask(parent, element, aspects & ~changed);
            if (changed != Aspects.None) left.Add(element, changed);
        }

        return left;
    }

    void Ask(KnownVersion version, ElementId element, Aspects aspects)
    {
        if (!_asked.TryGetValue(version.Id, out var asked))
        {
            _asked.Add(version.Id, asked = []);
            _queue.Enqueue(version, (-version.Generation, version.Id));
        }

        asked[element] = asked.GetValueOrDefault(element) | aspects;
    }

    async Task<Sequence> CutAsync(KnownVersion version, CancellationToken ct)
    {
        if (!_cuts.TryGetValue(version.Id, out var cut)) _cuts.Add(version.Id, cut = await StoredCut.ReadAsync(copy, version, ct));
        return cut;
    }
}
