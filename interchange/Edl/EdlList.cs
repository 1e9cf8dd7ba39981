using System.Collections.Immutable;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Edl;

/// <summary>A CMX 3600 list as its statements say it, before any of them is interpreted as time on a track.</summary>
/// <param name="FrameCode">
/// What the list states of itself: the first FCM, where it stands before the first event. One after it speaks of sources.
/// </param>
internal sealed record EdlList(
    string? Title,
    bool? FrameCode,
    ImmutableArray<EdlNote> Header,
    ImmutableArray<EdlEvent> Events,
    ImmutableArray<EdlNote> Trailer);

internal enum EdlEditType
{
    Cut,
    Dissolve,
    Wipe,
    KeyBackground,
    Key,
    KeyOut,
}

/// <summary>One event line.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Number">As written, leading zeros included.</param>
/// <param name="Type">What kind of edit the line makes.</param>
/// <param name="TypeText"><c>C</c>, <c>D</c>, <c>W001</c>, <c>K</c>, <c>K B</c> or <c>K O</c>.</param>
/// <param name="Length">The transition's frames; null where the line has none.</param>
internal sealed record EdlEdit(
    int Line,
    string Number,
    string Reel,
    string ChannelText,
    EdlChannels Channels,
    EdlEditType Type,
    string TypeText,
    int? Length,
    string SourceIn,
    string SourceOut,
    string RecordIn,
    string RecordOut)
{
    public bool IsTransition => Type is EdlEditType.Dissolve or EdlEditType.Wipe;

    public bool IsKey => Type is EdlEditType.Key or EdlEditType.KeyOut;

    public string Location => $"line {Line}";
}

/// <summary>One edit, or a cut and the transition that starts at it, with every note that follows.</summary>
/// <param name="Outgoing">The first line of a transition pair; null when the event is a single line.</param>
/// <param name="OutgoingDrop">The frame code statement in force at that line; null when the list has had none.</param>
/// <param name="Edit">The line that gives the event its picture or sound.</param>
/// <param name="Drop">As <paramref name="OutgoingDrop"/>, for <paramref name="Edit"/>.</param>
internal sealed record EdlEvent(EdlEdit? Outgoing, bool? OutgoingDrop, EdlEdit Edit, bool? Drop, ImmutableArray<EdlNote> Notes)
{
    /// <summary>Its place among the events of its list.</summary>
    public required int Index { get; init; }

    /// <summary>The channels of the event line and of the AUD lines that belong to it.</summary>
    public EdlChannels Channels { get; } = WithAudio(Edit.Channels, Notes);

    /// <summary>
    /// What the source's timecodes are counted at where the list says that it is not its own rate. A list has no word for this but
    /// a comment: <c>* SOURCE RATE: 23.976</c>.
    /// </summary>
    public FrameRate? SourceRate { get; } = RateOf(Notes);

    static FrameRate? RateOf(ImmutableArray<EdlNote> notes)
    {
        foreach (var note in notes)
        {
            if (note is EdlNote.Named { Key: EdlNoteKey.SourceRate } named && FrameRate.TryParse(named.Value, out var rate) && FrameRate.Known.Contains(rate) && rate.NominalFramesPerSecond <= EdlClock.Fastest) return rate;
        }

        return null;
    }

    static EdlChannels WithAudio(EdlChannels channels, ImmutableArray<EdlNote> notes)
    {
        foreach (var note in notes)
        {
            if (note is EdlNote.Audio audio) channels = channels.Union(audio.Channels);
        }

        return channels;
    }
}

internal enum EdlNoteKey
{
    FromClipName,
    ToClipName,
    ClipName,
    KeyClipName,
    FromClip,
    FromFile,
    SourceFile,
    SourceRate,
}

/// <summary>A statement that is not an event line.</summary>
internal abstract record EdlNote
{
    EdlNote()
    {
    }

    public required int Line { get; init; }

    public string Location => $"line {Line}";

    /// <summary>The statement without its <c>*</c>, as OpenTimelineIO keeps comments.</summary>
    public string Text => Said.ToString();

    /// <summary>The same where it stands in the list: most notes are understood, and their text is never asked for.</summary>
    public required ReadOnlyMemory<char> Said { get; init; }

    /// <summary>A <c>KEY: value</c> comment whose value is part of the cut.</summary>
    internal sealed record Named(EdlNoteKey Key, string Value) : EdlNote
    {
        /// <summary>How many keys there are.</summary>
        public const int Keys = (int)EdlNoteKey.SourceRate + 1;
    }

    internal sealed record Title(string Value) : EdlNote;

    internal sealed record FrameCode(bool Drop) : EdlNote;

    internal sealed record Motion(string Reel, string Speed, string? Trigger) : EdlNote;

    internal sealed record Audio(EdlChannels Channels) : EdlNote;

    internal sealed record Locator(string Timecode, string Color, string Name) : EdlNote;

    internal sealed record ColorDecision(bool IsSaturation) : EdlNote
    {
        public const string Slope = "ASC_SOP";
        public const string Saturation = "ASC_SAT";

        const string BetweenNumbers = " \t(),:";

        /// <summary>A saturation has one number; slope, offset and power have three each.</summary>
        public int Numbers => IsSaturation ? 1 : 9;

        /// <summary>Where the numbers are in what is said.</summary>
        /// <param name="places">One more than there should be, so that too many are seen.</param>
        /// <returns>How many there are.</returns>
        public int Split(Span<Range> places)
        {
            var keyword = IsSaturation ? Saturation.Length : Slope.Length;
            var count = Said.Span[keyword..].SplitAny(places, BetweenNumbers, StringSplitOptions.RemoveEmptyEntries);
            foreach (ref var place in places[..count]) place = (place.Start.Value + keyword)..(place.End.Value + keyword);
            return count;
        }
    }

    internal sealed record Comment : EdlNote;
}
