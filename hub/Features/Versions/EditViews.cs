using System.Text.Json;
using CineGit.Contracts.Hub;
using CineGit.Timeline.Diff;
using CineGit.Timeline.Model;

namespace CineGit.Hub.Features.Versions;

/// <summary>Edits as the wire has them.</summary>
public static class EditViews
{
    /// <summary>What <paramref name="edits"/> changed between the two cuts, in frames and timecode of the cut it can be seen in.</summary>
    public static IReadOnlyList<EditResponse> Of(EditList edits, Sequence before, Sequence after)
    {
        var earlier = new RecordClock(before);
        var later = new RecordClock(after);
        return [.. edits.Edits.Select(edit => Of(edit, earlier, later))];
    }

    /// <summary>The wire spells enum values in kebab-case: <c>trim-tail</c>.</summary>
    public static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    static EditResponse Of(Edit edit, RecordClock earlier, RecordClock later)
    {
        var clock = IsSeenBefore(edit.Kind) ? earlier : later;
        return new(
            Word(edit.Kind),
            [.. edit.Elements.Select(id => id.ToString())],
            edit.Tracks,
            clock.Frames(edit.At),
            clock.Frames(edit.At + edit.Duration) - clock.Frames(edit.At),
            clock.Frames(edit.Amount),
            clock.Timecode(edit.At),
            edit.Subject,
            edit.Sentence,
            [.. edit.Children.Select(child => Of(child, earlier, later))]);
    }

    /// <summary>What was removed has its place in the earlier cut.</summary>
    static bool IsSeenBefore(EditKind kind) => kind is
        EditKind.Delete or EditKind.EffectRemove or EditKind.MarkerRemove or EditKind.TransitionRemove or EditKind.TrackRemove;
}
