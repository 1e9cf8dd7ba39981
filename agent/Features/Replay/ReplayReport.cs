using CineGit.Agent.Features.Compare;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;

namespace CineGit.Agent.Features.Replay;

/// <summary>What <c>cherry-pick --json</c> and <c>revert --json</c> print.</summary>
/// <param name="Branch">The current branch.</param>
/// <param name="Result"><c>committed</c>, <c>unchanged</c> or <c>conflicts</c>.</param>
/// <param name="Of">The version whose change was applied or taken back.</param>
/// <param name="Against">The parent that the change is counted from.</param>
/// <param name="Head">The branch's head now.</param>
/// <param name="Edits">What that did to the branch.</param>
/// <param name="Shifted">Elements that only moved because something before them changed.</param>
/// <param name="Relocated">Clips whose media is where the whole folder went, as on another machine; not among the edits.</param>
/// <param name="Conflicts">What stands against it.</param>
/// <param name="Notes">What the merge did that a person may want to look at.</param>
internal sealed record ReplayReport(
    string Branch,
    string Result,
    string Of,
    string Against,
    string Head,
    IReadOnlyList<EditLine> Edits,
    int Shifted,
    int Relocated,
    IReadOnlyList<ConflictLine> Conflicts,
    IReadOnlyList<NoteLine> Notes)
{
    public static ReplayReport From(ReplaySource source, ReplayResult result) => result switch
    {
        ReplayResult.Committed made => From(source, "committed", made.Version.Id, made.Changes, made.Merge),
        ReplayResult.Conflicting open => From(source, "conflicts", source.Head.Id, null, open.Merge),
        _ => From(source, "unchanged", source.Head.Id, null, null),
    };

    static ReplayReport From(ReplaySource source, string word, string head, EditList? changes, MergeResult? merge)
    {
        var (edits, conflicts, notes) = ((IReadOnlyList<EditLine>)[], (IReadOnlyList<ConflictLine>)[], (IReadOnlyList<NoteLine>)[]);
        if (merge is not null)
        {
            var clock = new RecordClock(merge.Merged);
            edits = [.. (changes?.Edits ?? []).Select(e => CompareLines.Line(e, clock))];
            conflicts = [.. merge.Conflicts.Select(c => CompareLines.Line(c, clock))];
            notes = [.. merge.Notes.Select(n => CompareLines.Line(n, clock))];
        }

        return new(source.Branch, word, source.Version.Id, source.Parent.Id, head, edits, changes?.Shifted ?? 0, changes?.Relocated ?? 0, conflicts, notes);
    }
}
