using System.Collections.Immutable;
using System.Diagnostics;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Edl;

/// <summary>The lines of one event, without its number and channel.</summary>
/// <param name="RecordIn">Record timecode in frames, as are all record times here.</param>
/// <param name="Order">The track's place among the tracks.</param>
/// <param name="Lane">The track's channel, and which of the tracks of that channel it is.</param>
/// <param name="Stated">The channel field as the list had it.</param>
/// <param name="Item">What the event shows; null for the black that a fade ends in.</param>
internal sealed record EdlBlock(
    long RecordIn, long RecordOut, int Order, string Lane, EdlChannels Channels, string? Stated, string? Link, OtioObject? Item, ImmutableArray<EdlOutLine> Lines)
{
    /// <summary>Its place among the blocks of its composition.</summary>
    public int Index { get; set; } = -1;

    /// <summary>The line that gives the event its picture or sound.</summary>
    public EdlOutLine.Event Main => Outgoing is null ? (EdlOutLine.Event)Lines[0] : (EdlOutLine.Event)Lines[1];

    /// <summary>The first line of a transition's pair.</summary>
    public EdlOutLine.Event? Outgoing => Lines is [EdlOutLine.Event first, EdlOutLine.Event, ..] ? first : null;

    public IEnumerable<EdlOutLine> Notes => Lines.Skip(Outgoing is null ? 1 : 2);

    /// <summary>A key's lines, background and foreground, are one event.</summary>
    public bool Continues(EdlBlock? before) => Main.Type is "K" or "K O" && before?.Main.Type == "K B" && before.RecordIn == RecordIn;

    public bool CanJoin(EdlBlock other) =>
        RecordOut == other.RecordOut
        && !Channels.Overlaps(other.Channels)
        && Channels.Union(other.Channels).ToEvent() is not null
        && Lines.AsSpan().SequenceEqual(other.Lines.AsSpan());

    public EdlBlock Join(EdlBlock other) => this with { Channels = Channels.Union(other.Channels), Stated = Stated ?? other.Stated };

    /// <summary>The list's own spelling where it still means these channels.</summary>
    public (string Field, string? Aud) Field()
    {
        var (field, aud) = Channels.ToEvent() ?? throw new UnreachableException("Only channels that one event can say are joined.");
        if (Stated is null || !EdlChannels.TryParse(Stated, out var stated) || !EdlChannels.TryParse(field, out var usual)) return (field, aud);
        return stated.Equals(usual) ? (Stated, aud) : stated.Equals(Channels) ? (Stated, null) : (field, aud);
    }
}
