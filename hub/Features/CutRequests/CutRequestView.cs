using System.Collections.Immutable;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Versions;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Hub.Features.CutRequests;

/// <summary>A cut request's page, from where it stands.</summary>
public static class CutRequestView
{
    public static CutRequestResponse Of(CutRequestPage page) => page.Standing switch
    {
        Standing.Compared compared => Compared(page, compared),
        _ => Frame(page),
    };

    /// <summary>Who ended it, in words; null while it is open.</summary>
    public static string? WhyEnded(CutRequest request) => request.State switch
    {
        CutRequestStates.Open => null,
        CutRequestStates.Merged => $"It was merged by {request.EndedByName}.",
        _ => $"It was closed by {request.EndedByName}.",
    };

    /// <summary>Why it cannot be merged, in words; null when it can.</summary>
    public static string? WhyBlocked(CutRequestPage page) => WhyEnded(page.Request) ?? WhyDraft(page.Request) ?? page.Standing switch
    {
        Standing.Apart apart => apart.Why,
        Standing.Compared { IsContained: true } => NothingToMerge(page.Request),
        Standing.Compared { OpenConflicts: 1 } => "One conflict is open; choose an answer for it.",
        Standing.Compared { OpenConflicts: > 1 and var open } => $"{open} conflicts are open; choose an answer for each.",
        _ => page.Missing.IsEmpty ? null : string.Join(' ', page.Missing.Select(lack => lack.Words)),
    };

    public static string? WhyDraft(CutRequest request) => request.Draft ? "It is a draft; mark it as ready first." : null;

    public static string NothingToMerge(CutRequest request) =>
        $"Everything on {request.SourceBranch} is in {request.TargetBranch} already; there is nothing to merge.";

    /// <summary>All that can be said without comparing.</summary>
    static CutRequestResponse Frame(CutRequestPage page)
    {
        var (request, standing) = (page.Request, page.Standing);
        var blocked = WhyBlocked(page);
        var merged = request.State == CutRequestStates.Merged;
        return new CutRequestResponse(
            request.Number,
            request.Title,
            request.Description,
            request.StateWith(standing.OpenConflicts),
            request.SourceBranch,
            request.TargetBranch,
            standing.SourceHead,
            standing.TargetHead,
            BaseVersion: null,
            request.AuthorName,
            request.CreatedAt,
            Changes: [],
            TargetChanges: [],
            Shifted: 0,
            Relocated: 0,
            DurationDeltaFrames: 0,
            Conflicts: [],
            Notes: [],
            Mergeable: blocked is null,
            blocked,
            request.MergedVersion,
            merged ? request.EndedByName : null,
            merged ? request.EndedAt : null,
            Preview: null)
        {
            Reviews = [.. page.Reviews.Select(review => review.ToResponse(standing.SourceHead))],
            Checks = page.Checks,
            Queue = page.Queue?.ToResponse(),
            Missing = [.. page.Missing.Select(lack => lack.Words)],
        };
    }

    static CutRequestResponse Compared(CutRequestPage page, Standing.Compared standing)
    {
        var (changes, targetChanges, _) = standing.Comparison;
        var clock = new RecordClock(standing.Merge.Merged);
        var names = page.Answers.ToDictionary(answer => answer.Conflict, answer => answer.ChosenByName, StringComparer.Ordinal);
        return Frame(page) with
        {
            BaseVersion = standing.Bases[0],
            Changes = EditViews.Of(changes, standing.Base, standing.Source),
            TargetChanges = EditViews.Of(targetChanges, standing.Base, standing.Target),
            Shifted = changes.Shifted,
            Relocated = changes.Relocated,
            DurationDeltaFrames = clock.Frames(standing.Merge.Merged.Duration) - clock.Frames(standing.Target.Duration),
            Conflicts = [.. standing.Merge.Conflicts.Select(conflict => ConflictOf(conflict, standing, clock, names))],
            Notes = [.. NotesOn(standing, clock)],
            Preview = page.Request.IsOpen ? TimelineLayout.Of("", standing.Merge.Merged) : null,
        };
    }

    static ConflictResponse ConflictOf(
        Conflict conflict, Standing.Compared standing, RecordClock clock, Dictionary<string, string> names) => new(
        conflict.Id.Value,
        EditViews.Word(conflict.Kind),
        [.. conflict.Elements.Select(id => id.ToString())],
        conflict.Tracks,
        clock.Frames(conflict.At),
        clock.Timecode(conflict.At),
        conflict.Subject,
        conflict.Sentence,
        TermOf(conflict.Base, new RecordClock(standing.Base)),
        TermOf(conflict.Ours, new RecordClock(standing.Target)),
        TermOf(conflict.Theirs, new RecordClock(standing.Source)),
        [.. conflict.Offered.Select(CutRequestRules.WordOf)],
        [.. conflict.Offers.Select(OfferOf)],
        conflict.Chosen is { } chosen ? CutRequestRules.WordOf(chosen) : null,
        conflict.ChosenValue,
        conflict.Chosen is null ? null : names.GetValueOrDefault(conflict.Id.Value),
        [.. conflict.DependsOn.Select(id => id.Value)]);

    static OfferResponse OfferOf(Offer offer) => new(
        CutRequestRules.WordOf(offer.Choice),
        offer.Words,
        offer.Entry is { } entry ? EditViews.Word(entry.Kind) : null,
        offer.Entry is { Least: > long.MinValue and var least } ? least : null,
        offer.Entry is { Most: < long.MaxValue and var most } ? most : null);

    static TermResponse TermOf(Term term, RecordClock clock) => term.Where is { } where
        ? new TermResponse(term.Words, clock.Frames(where.Start), clock.Frames(where.End) - clock.Frames(where.Start))
        : new TermResponse(term.Words, null, null);

    static IEnumerable<NoteResponse> NotesOn(Standing.Compared standing, RecordClock clock)
    {
        if (standing.Bases.Length > 1)
        {
            yield return new NoteResponse(
                $"The two branches were merged crosswise and have {standing.Bases.Length} latest common versions. The merge counts with all of them; the changes listed are those since {standing.Bases[0][..8]}, so some are known to both branches.",
                0,
                clock.Timecode(Flicks.Zero));
        }

        foreach (var note in standing.Merge.Notes)
        {
            yield return new NoteResponse(note.Sentence, clock.Frames(note.At), clock.Timecode(note.At));
        }
    }
}
