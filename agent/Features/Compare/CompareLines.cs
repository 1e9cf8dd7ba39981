using System.Text.Json;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Merge;
using CineGit.Timeline.Model;

namespace CineGit.Agent.Features.Compare;

/// <summary>An edit as <c>--json</c> prints it: times in whole record frames from zero.</summary>
internal sealed record EditLine(
    string Kind,
    IReadOnlyList<string> Elements,
    IReadOnlyList<string> Tracks,
    long AtFrame,
    long DurationFrames,
    long AmountFrames,
    string Timecode,
    bool Ripple,
    string Subject,
    string Sentence,
    string? Before,
    string? After,
    IReadOnlyList<EditLine> Children);

internal sealed record ConflictLine(
    string Id,
    string Kind,
    IReadOnlyList<string> Elements,
    IReadOnlyList<string> Tracks,
    long AtFrame,
    string Timecode,
    string Subject,
    string Sentence,
    TermLine Base,
    TermLine Ours,
    TermLine Theirs,
    IReadOnlyList<string> Offered,
    IReadOnlyList<OfferLine> Offers,
    string? Chosen,
    string? ChosenValue,
    IReadOnlyList<string> DependsOn);

/// <param name="Choice">What to answer with <c>--answer</c>.</param>
/// <param name="Words">What it does.</param>
/// <param name="Entry">What has to be typed in; null when nothing has.</param>
internal sealed record OfferLine(string Choice, string Words, string? Entry);

internal sealed record TermLine(string Words, long? StartFrame, long? DurationFrames);

internal sealed record NoteLine(string Sentence, IReadOnlyList<string> Elements, long AtFrame, string Timecode);

/// <param name="Equal">True when nothing at all differs.</param>
/// <param name="Edits">In record order.</param>
/// <param name="Shifted">Elements that only moved because something before them changed.</param>
/// <param name="Relocated">Clips whose media is where the whole folder went, as on another machine; not among the edits.</param>
/// <param name="Assumptions">Where an element was taken for the same one on thin evidence.</param>
/// <param name="Pairings">Those of them that <c>--not-same</c> and <c>--same</c> correct.</param>
internal sealed record DiffReport(
    bool Equal, IReadOnlyList<EditLine> Edits, int Shifted, int Relocated, IReadOnlyList<string> Assumptions, IReadOnlyList<PairingLine> Pairings);

internal sealed record MergeReport(string Out, IReadOnlyList<ConflictLine> Conflicts, IReadOnlyList<NoteLine> Notes, double Ms);

/// <summary>A line of a batch whose merge could not be made.</summary>
internal sealed record MergeFailure(string Out, string Error, double Ms);

internal static class CompareLines
{
    public static EditLine Line(Edit edit, RecordClock clock) => new(
        Kebab(edit.Kind.ToString()),
        Ids(edit.Elements),
        edit.Tracks,
        clock.Frames(edit.At),
        clock.Frames(edit.Duration),
        clock.Frames(edit.Amount),
        clock.Timecode(edit.At),
        edit.Ripple,
        edit.Subject,
        edit.Sentence,
        edit.Before,
        edit.After,
        [.. edit.Children.Select(child => Line(child, clock))]);

    public static ConflictLine Line(Conflict conflict, RecordClock clock) => new(
        conflict.Id.Value,
        Kebab(conflict.Kind.ToString()),
        Ids(conflict.Elements),
        conflict.Tracks,
        clock.Frames(conflict.At),
        clock.Timecode(conflict.At),
        conflict.Subject,
        conflict.Sentence,
        Line(conflict.Base, clock),
        Line(conflict.Ours, clock),
        Line(conflict.Theirs, clock),
        [.. conflict.Offered.Select(c => Kebab(c.ToString()))],
        [.. conflict.Offers.Select(o => new OfferLine(Kebab(o.Choice.ToString()), o.Words, o.Entry is { } entry ? Kebab(entry.Kind.ToString()) : null))],
        conflict.Chosen is { } chosen ? Kebab(chosen.ToString()) : null,
        conflict.ChosenValue,
        [.. conflict.DependsOn.Select(id => id.Value)]);

    /// <summary><c>3f2a…=new-track  Keep NIGHT on a new track above</c></summary>
    public static IEnumerable<string> Answers(Conflict conflict) => conflict.Offers.Select(o =>
        $"{conflict.Id}={Kebab(o.Choice.ToString())}{(o.Entry is null ? "" : ":VALUE")}  {o.Words}");

    /// <summary>The choice that is spelled so; null when none is.</summary>
    public static Choice? ChoiceOf(string word)
    {
        foreach (var choice in Enum.GetValues<Choice>())
        {
            if (Kebab(choice.ToString()) == word) return choice;
        }

        return null;
    }

    public static NoteLine Line(ReviewNote note, RecordClock clock) =>
        new(note.Sentence, Ids(note.Elements), clock.Frames(note.At), clock.Timecode(note.At));

    static TermLine Line(Term term, RecordClock clock) => term.Where is { } where
        ? new(term.Words, clock.Frames(where.Start), clock.Frames(where.Duration))
        : new(term.Words, null, null);

    static IReadOnlyList<string> Ids(IEnumerable<ElementId> ids) => [.. ids.Select(i => i.ToString())];

    static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
