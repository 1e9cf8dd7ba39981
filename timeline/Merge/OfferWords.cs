using CineGit.Timeline.Diff;

namespace CineGit.Timeline.Merge;

/// <summary>What the ways out of a conflict are called where the clash itself does not say it.</summary>
/// <param name="ours">What our side is called.</param>
/// <param name="theirs">What their side is called.</param>
sealed class OfferWords(string ours, string theirs)
{
    public Offer Of(Clash clash, Choice choice)
    {
        var worded = clash.Worded.FirstOrDefault(o => o.Choice == choice);
        return worded.Words is null ? new(choice, Words(clash, choice)) : worded;
    }

    public static Offer OfEntry(Entry entry) => new(
        Choice.Manual,
        entry.Kind switch
        {
            EntryKind.Frames => "Type another number of frames",
            EntryKind.Number => "Type another number",
            EntryKind.Color => "Type another colour",
            EntryKind.Timecode => "Type another timecode",
            EntryKind.Rate => "Type another frame rate",
            EntryKind.Percent => "Type another speed in percent",
            EntryKind.Source when entry.TakesLength => "Type where in its source it begins, and how many frames it lasts",
            EntryKind.Source => "Type where in its source it begins",
            _ => "Type something else",
        },
        entry);

    string Words(Clash clash, Choice choice) => choice switch
    {
        Choice.Ours => OfSide(clash, ours, clash.Ours, clash.Theirs, clash.Values.StartsWith("stay|", StringComparison.Ordinal)),
        Choice.Theirs => OfSide(clash, theirs, clash.Theirs, clash.Ours, clash.Values.EndsWith("|stay", StringComparison.Ordinal)),
        Choice.Base => OfBase(clash),
        _ => "Both",
    };

    static string OfBase(Clash clash) => clash.Base == Term.Absent ? "Neither" : $"Neither: leave {Name(clash)} as it was";

    static string OfSide(Clash clash, string side, Term own, Term other, bool stays)
    {
        if (clash.Key.EndsWith($"/hole/{Cause.Deleted}", StringComparison.Ordinal)) return stays ? "Leave the hole" : "Close the hole";
        if (clash.Key.Contains("/hole/", StringComparison.Ordinal)) return stays ? "Leave everything after it in place" : "Move everything after it along";
        if (clash.Kind == ConflictKind.Track && IsRemoval(own) != IsRemoval(other))
            return IsRemoval(own) ? $"Remove track {clash.Subject}" : $"Keep track {clash.Subject} as {side} has it";
        if (clash.Kind == ConflictKind.Delete && own.Where is null != other.Where is null)
            return own.Where is null ? $"Delete {Name(clash)}" : $"Keep {Name(clash)} as {side} has it";
        return $"As on {side}: {own.Words}";
    }

    static bool IsRemoval(Term term) => term.Words.StartsWith("removed track ", StringComparison.Ordinal);

    static string Name(Clash clash) => clash.Subject.Length == 0 ? "it" : clash.Subject;
}
