using System.Text.Json;
using CineGit.Timeline.Model;

namespace CineGit.Agent.Features.Blame;

/// <summary>What <c>blame --json</c> prints.</summary>
/// <param name="Version">Whose cut it is.</param>
/// <param name="Elements">Track by track, in record order.</param>
internal sealed record BlameReport(string Version, IReadOnlyList<BlameElement> Elements);

/// <param name="Element">Its id.</param>
/// <param name="Track">The track's name.</param>
/// <param name="Name">What an editor calls it.</param>
/// <param name="AtFrame">Record time from zero,</param>
/// <param name="Timecode">and from the sequence's start.</param>
/// <param name="DurationFrames">How long.</param>
/// <param name="Inserted">Who brought it; its aspects are those that nobody changed later.</param>
/// <param name="Changes">Who was the last to change what of it, newest first.</param>
internal sealed record BlameElement(
    string Element,
    string Track,
    string Name,
    long AtFrame,
    string Timecode,
    long DurationFrames,
    BlameOrigin Inserted,
    IReadOnlyList<BlameOrigin> Changes)
{
    public static BlameElement Of(Placed placed, IReadOnlyList<Blamed> blamed, RecordClock clock)
    {
        var inserted = blamed.First(b => b.Aspects.HasFlag(Aspects.Presence));
        return new(
            placed.Element.Id.ToString(),
            placed.Track.Name,
            NameOf(placed.Element),
            clock.Frames(placed.Start),
            clock.Timecode(placed.Start),
            clock.Frames(placed.Element.Duration),
            BlameOrigin.Of(inserted),
            [.. blamed.Where(b => b != inserted).Select(BlameOrigin.Of)]);
    }

    public static string NameOf(Element element) => element switch
    {
        { Name.Length: > 0 } => element.Name,
        Clip { Media.Name.Length: > 0 } clip => clip.Media.Name,
        Nest => "an unnamed nested sequence",
        _ => "an unnamed clip",
    };
}

/// <param name="Version">Which.</param>
/// <param name="AuthorName">Who.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Message">What they said.</param>
/// <param name="Aspects">What it was the last to change.</param>
/// <param name="Edits">How, in words.</param>
internal sealed record BlameOrigin(
    string Version, string AuthorName, DateTimeOffset CreatedAt, string Message, IReadOnlyList<string> Aspects, IReadOnlyList<string> Edits)
{
    public static BlameOrigin Of(Blamed blamed)
    {
        var (id, record) = (blamed.Version.Id, blamed.Version.Record);
        return new(id, record.AuthorName, record.CreatedAt, record.Message, Words(blamed.Aspects), blamed.Edits);
    }

    static IReadOnlyList<string> Words(Aspects aspects) =>
    [
        .. Enum.GetValues<Aspects>()
            .Where(a => a is not (Blame.Aspects.None or Blame.Aspects.All) && aspects.HasFlag(a))
            .Select(a => JsonNamingPolicy.KebabCaseLower.ConvertName(a.ToString())),
    ];
}
