using System.Collections.Immutable;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Edl;

/// <summary>What the notes of an event say about one of its clips.</summary>
/// <param name="NameFrom">The comment's keyword where it is not the usual FROM or TO CLIP NAME.</param>
/// <param name="MediaFrom">FROM CLIP or FROM FILE; null where the media comes from SOURCE FILE, which stays a comment too.</param>
internal sealed record EdlClipNotes(string? Name, string? NameFrom, string? Media, string? MediaFrom, EdlNote.Motion? Motion)
{
    public static readonly EdlClipNotes None = new(null, null, null, null, null);
}

internal sealed record EdlSortedNotes(
    EdlClipNotes Incoming,
    EdlClipNotes Outgoing,
    IReadOnlyList<EdlNote.Locator> Locators,
    ImmutableArray<EdlNote.ColorDecision> Colors,
    ImmutableArray<string> Comments)
{
    public static readonly EdlSortedNotes None = new(EdlClipNotes.None, EdlClipNotes.None, [], [], []);
}

/// <summary>Decides which clip of an event each note is about; whatever is about none stays a comment, in its order.</summary>
internal sealed class EdlNoteSorter(EdlEvent e, bool hasOutgoingClip, DiagnosticBag diagnostics)
{
    readonly EdlNote.Named?[] _named = new EdlNote.Named?[EdlNote.Named.Keys];
    readonly List<EdlNote> _taken = [];
    List<EdlNote.Locator>? _locators;
    EdlNote.ColorDecision? _slope;
    EdlNote.ColorDecision? _saturation;
    string? _sourceFile;
    string? _secondSourceFile;

    public EdlSortedNotes Sort()
    {
        if (e.Notes.IsEmpty) return EdlSortedNotes.None;
        foreach (var note in e.Notes) Look(note);
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

        string? media, mediaFrom = null;
        if (!isTransition && Take(EdlNoteKey.FromClip) is { } clip) (media, mediaFrom) = (clip, "FROM CLIP");
        else if (!isTransition && Take(EdlNoteKey.FromFile) is { } file) (media, mediaFrom) = (file, "FROM FILE");
        else media = IncomingSourceFile();
        var (motion, outgoingMotion) = TakeMotions();
        return new(
            new(incomingName, nameFrom, media, mediaFrom, motion),
            new(outgoingName, null, isTransition ? _sourceFile : null, null, outgoingMotion),
            _locators ?? [],
            TakeColors(),
            Comments());
    }

    void Look(EdlNote note)
    {
        switch (note)
        {
            case EdlNote.Named { Value.Length: > 0 } named:
                _named[(int)named.Key] ??= named;
                if (named.Key == EdlNoteKey.SourceRate && e.SourceRate is not null && ReferenceEquals(_named[(int)named.Key], named)) _taken.Add(named);
                if (named.Key != EdlNoteKey.SourceFile || named.Value.Equals("(NULL)", StringComparison.OrdinalIgnoreCase)) break;
                if (_sourceFile is null) _sourceFile = named.Value;
                else _secondSourceFile ??= named.Value;
                break;
            case EdlNote.Locator locator:
                (_locators ??= []).Add(locator);
                break;
            case EdlNote.ColorDecision { IsSaturation: true } saturation:
                _saturation ??= saturation;
                break;
            case EdlNote.ColorDecision slope:
                _slope ??= slope;
                break;
        }
    }

    ImmutableArray<string> Comments()
    {
        var comments = ImmutableArray.CreateBuilder<string>(e.Notes.Length);
        foreach (var note in e.Notes)
        {
            if (note is not (EdlNote.Audio or EdlNote.Locator) && !IsTaken(note)) comments.Add(note.Text);
        }

        return comments.DrainToImmutable();
    }

    bool IsTaken(EdlNote note)
    {
        foreach (var taken in _taken)
        {
            if (ReferenceEquals(taken, note)) return true;
        }

        return false;
    }

    /// <summary>A pair's first SOURCE FILE is the outgoing clip's; one alone is the incoming one's too when both use one reel.</summary>
    string? IncomingSourceFile()
    {
        if (!e.Edit.IsTransition) return _sourceFile;
        return _secondSourceFile ?? (e.Outgoing?.Reel == e.Edit.Reel ? _sourceFile : null);
    }

    string? Take(EdlNoteKey key)
    {
        if (_named[(int)key] is not { } note) return null;
        _taken.Add(note);
        return note.Value;
    }

    ImmutableArray<EdlNote.ColorDecision> TakeColors()
    {
        if (_slope is null && _saturation is null) return [];
        ImmutableArray<EdlNote.ColorDecision> colors = _slope is null ? [] : [_slope];
        if (_saturation is not null) colors = colors.Add(_saturation);
        _taken.AddRange(colors);
        return colors;
    }

    (EdlNote.Motion? Incoming, EdlNote.Motion? Outgoing) TakeMotions()
    {
        EdlNote.Motion? incoming = null, outgoing = null;
        foreach (var note in e.Notes)
        {
            if (note is not EdlNote.Motion motion) continue;
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
