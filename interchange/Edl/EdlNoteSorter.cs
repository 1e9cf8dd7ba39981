using System.Collections.Immutable;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Edl;

/// <summary>What the notes of an event say about one of its clips.</summary>
/// <param name="NameFrom">The comment's keyword where it is not the usual FROM or TO CLIP NAME.</param>
/// <param name="MediaFrom">FROM CLIP or FROM FILE; null where the media comes from SOURCE FILE, which stays a comment too.</param>
internal sealed record EdlClipNotes(string? Name, string? NameFrom, string? Media, string? MediaFrom, EdlNote.Motion? Motion);

internal sealed record EdlSortedNotes(
    EdlClipNotes Incoming,
    EdlClipNotes Outgoing,
    ImmutableArray<EdlNote.Locator> Locators,
    ImmutableArray<EdlNote.ColorDecision> Colors,
    ImmutableArray<string> Comments);

/// <summary>Decides which clip of an event each note is about; whatever is about none stays a comment, in its order.</summary>
internal sealed class EdlNoteSorter(EdlEvent e, bool hasOutgoingClip, DiagnosticBag diagnostics)
{
    readonly List<EdlNote> _taken = [];

    public EdlSortedNotes Sort()
    {
        var isTransition = e.Edit.IsTransition;
        string? incomingName, nameFrom = null, outgoingName = null;
        if (isTransition)
        {
            incomingName = Take(EdlNoteKey.ToClipName);
            outgoingName = Take(EdlNoteKey.FromClipName);
        }
        else if (e.Edit.IsKey && Take(EdlNoteKey.KeyClipName) is { } key)
        {
            (incomingName, nameFrom) = (key, "KEY CLIP NAME");
        }
        else
        {
            incomingName = Take(EdlNoteKey.FromClipName);
            if (incomingName is null && Take(EdlNoteKey.ClipName) is { } plain) (incomingName, nameFrom) = (plain, "CLIP NAME");
        }

        var sourceFiles = e.Notes.OfType<EdlNote.Named>().Where(n => n.Key == EdlNoteKey.SourceFile).Select(n => n.Value).Where(IsMediaName).ToArray();
        string? media = null, mediaFrom = null;
        if (!isTransition && Take(EdlNoteKey.FromClip) is { } clip) (media, mediaFrom) = (clip, "FROM CLIP");
        else if (!isTransition && Take(EdlNoteKey.FromFile) is { } file) (media, mediaFrom) = (file, "FROM FILE");
        else media = IncomingSourceFile(sourceFiles);
        var outgoingMedia = isTransition && sourceFiles.Length > 0 ? sourceFiles[0] : null;
        var (motion, outgoingMotion) = TakeMotions();

        return new(
            new(incomingName, nameFrom, media, mediaFrom, motion),
            new(outgoingName, null, outgoingMedia, null, outgoingMotion),
            [.. e.Notes.OfType<EdlNote.Locator>()],
            TakeColors(),
            [.. e.Notes.Where(n => n is not (EdlNote.Audio or EdlNote.Locator) && !_taken.Contains(n)).Select(n => n.Text)]);
    }

    /// <summary>A pair's first SOURCE FILE is the outgoing clip's; one alone is the incoming one's too when both use one reel.</summary>
    string? IncomingSourceFile(string[] sourceFiles) => (e.Edit.IsTransition, sourceFiles) switch
    {
        (_, []) => null,
        (false, [var only, ..]) => only,
        (true, [_, var second, ..]) => second,
        (true, [var only]) => e.Outgoing?.Reel == e.Edit.Reel ? only : null,
    };

    static bool IsMediaName(string value) => value.Length > 0 && !value.Equals("(NULL)", StringComparison.OrdinalIgnoreCase);

    string? Take(EdlNoteKey key)
    {
        var note = e.Notes.OfType<EdlNote.Named>().FirstOrDefault(n => n.Key == key && n.Value.Length > 0);
        if (note is null) return null;
        _taken.Add(note);
        return note.Value;
    }

    ImmutableArray<EdlNote.ColorDecision> TakeColors()
    {
        var sop = e.Notes.OfType<EdlNote.ColorDecision>().FirstOrDefault(n => !n.IsSaturation);
        var sat = e.Notes.OfType<EdlNote.ColorDecision>().FirstOrDefault(n => n.IsSaturation);
        var colors = new[] { sop, sat }.OfType<EdlNote.ColorDecision>().ToImmutableArray();
        _taken.AddRange(colors);
        return colors;
    }

    (EdlNote.Motion? Incoming, EdlNote.Motion? Outgoing) TakeMotions()
    {
        EdlNote.Motion? incoming = null, outgoing = null;
        foreach (var motion in e.Notes.OfType<EdlNote.Motion>())
        {
            if (IsOutgoing(motion))
            {
                // With no clip of its own here the outgoing side was retimed by the event before; this line only repeats it.
                if (!hasOutgoingClip || outgoing is not null) continue;
                outgoing = motion;
                _taken.Add(motion);
                continue;
            }

            if (incoming is not null)
            {
                diagnostics.Warn(DiagnosticCodes.EdlMotion, motion.Location, $"Event {e.Edit.Number} has more than one M2; the first applies and this one is kept as a comment.");
                continue;
            }

            if (motion.Reel.Length > 0 && !motion.Reel.StartsWith(e.Edit.Reel, StringComparison.OrdinalIgnoreCase) && !e.Edit.Reel.StartsWith(motion.Reel, StringComparison.OrdinalIgnoreCase))
            {
                diagnostics.Warn(DiagnosticCodes.EdlMotion, motion.Location, $"The M2 names reel {motion.Reel} and event {e.Edit.Number} uses {e.Edit.Reel}; it was applied to that event.");
            }

            incoming = motion;
            _taken.Add(motion);
        }

        return (incoming, outgoing);
    }

    bool IsOutgoing(EdlNote.Motion motion) =>
        e.Outgoing is { } line
        && line.Reel.Equals(motion.Reel, StringComparison.OrdinalIgnoreCase)
        && (!e.Edit.Reel.Equals(motion.Reel, StringComparison.OrdinalIgnoreCase)
            || (motion.Trigger == line.SourceIn && motion.Trigger != e.Edit.SourceIn));
}
