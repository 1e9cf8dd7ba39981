using System.Globalization;
using CineGit.Contracts.Hub;
using CineGit.Timeline.Checks;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Time;

namespace CineGit.Hub.Features.Checks;

/// <summary>What a check says of a cut.</summary>
/// <param name="Name">See <see cref="CheckNames"/>.</param>
/// <param name="Passed">Notes ask for nothing, so a check with findings may have passed.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Findings">At most <see cref="MostFindings"/>.</param>
public sealed record CheckVerdict(string Name, bool Passed, string Summary, IReadOnlyList<CheckFinding> Findings)
{
    public const int MostFindings = 200;

    public static CheckVerdict Of(string name, bool passed, string summary, IEnumerable<CheckFinding> findings) =>
        new(name, passed, summary, [.. findings.Take(MostFindings)]);
}

/// <summary>The hub's own checks of one cut. They read nothing else, so the same cut under the same settings is judged the same.</summary>
public sealed class CutInspection
{
    public static readonly IReadOnlyList<string> Names =
        [CheckNames.Invariants, CheckNames.Gaps, CheckNames.FlashFrames, CheckNames.OfflineMedia, CheckNames.Duration, CheckNames.Sync];

    readonly Sequence _cut;
    readonly RecordClock _clock;
    readonly CheckSettings _settings;
    readonly ILookup<string, Finding> _found;
    readonly PictureStretches _pictures;

    public CutInspection(Sequence cut, CheckSettings settings)
    {
        (_cut, _clock, _settings) = (cut, new(cut), settings);
        _found = CutCheck.Of(cut).ToLookup(finding => CheckOf(finding.Code), StringComparer.Ordinal);
        _pictures = PictureStretches.Of(cut);
    }

    public IEnumerable<CheckVerdict> All() => Names.Select(Of);

    /// <param name="name">One of <see cref="Names"/>.</param>
    public CheckVerdict Of(string name) => name switch
    {
        CheckNames.Gaps => Gaps(),
        CheckNames.FlashFrames => FlashFrames(),
        CheckNames.Duration => Duration(),
        _ => Found(name),
    };

    static string CheckOf(string code) => code switch
    {
        DiagnosticCodes.CutOutOfSync or DiagnosticCodes.CutLinkAlone => CheckNames.Sync,
        DiagnosticCodes.CutNoMedia or DiagnosticCodes.CutBeyondMedia => CheckNames.OfflineMedia,
        _ => CheckNames.Invariants,
    };

    CheckVerdict Found(string name)
    {
        var findings = _found[name].ToList();
        // That media is missing is a note to whoever reads a file; to whoever delivers a cut it is what the check is for.
        var wrong = findings.Count(finding => finding.Severity > Severity.Note || finding.Code == DiagnosticCodes.CutNoMedia);
        var notes = findings.Count - wrong;
        var summary = wrong > 0 ? Count(wrong, "thing is wrong.", "things are wrong.")
            : notes > 0 ? "Nothing is wrong; " + Count(notes, "note.", "notes.")
            : "Nothing is wrong.";
        return CheckVerdict.Of(name, wrong == 0, summary, findings.Select(ToFinding));
    }

    CheckVerdict Gaps()
    {
        var gaps = _pictures.Gaps;
        var total = gaps.Aggregate(Flicks.Zero, (sum, gap) => sum + gap.Duration);
        var summary = gaps.Count == 0
            ? "There is a picture everywhere."
            : $"{Count(gaps.Count, "gap", "gaps")} without a picture, {Frames(total)} in all.";
        return CheckVerdict.Of(CheckNames.Gaps, gaps.Count == 0, summary, gaps.Select(gap => At(
            gap.Start, $"There is no picture for {Frames(gap.Duration)} before {gap.Next.Element.Name}.", gap.Next, "gap")));
    }

    CheckVerdict FlashFrames()
    {
        var least = Flicks.FromFrames(PictureStretches.FlashFrames, _cut.Rate, Rounding.Nearest);
        var flashes = _pictures.Shown.Where(placed => placed.Element.Duration < least && placed.Element.Duration > Flicks.Zero)
            .Select(placed => At(placed.Start, $"{placed.Element.Name} is {Frames(placed.Element.Duration)} long.", placed, "flash-frame"))
            .Concat(_pictures.Gaps.Where(gap => gap.Duration < least)
                .Select(gap => At(gap.Start, $"There is black for {Frames(gap.Duration)} before {gap.Next.Element.Name}.", gap.Next, "black-flash")))
            .OrderBy(finding => finding.AtFrame).ToList();
        var summary = flashes.Count == 0
            ? $"Nothing is shorter than {PictureStretches.FlashFrames} frames."
            : Count(flashes.Count, "flash frame.", "flash frames.");
        return CheckVerdict.Of(CheckNames.FlashFrames, flashes.Count == 0, summary, flashes);
    }

    CheckVerdict Duration()
    {
        var length = _clock.Length(_cut.Duration);
        if (_settings.ShortestSeconds is { } least && _cut.Duration < Seconds(least))
        {
            return Wrong($"The cut is {length} long, {Frames(Seconds(least) - _cut.Duration)} less than it has to be.", "too-short");
        }

        if (_settings.LongestSeconds is { } most && _cut.Duration > Seconds(most))
        {
            return Wrong($"The cut is {length} long, {Frames(_cut.Duration - Seconds(most))} more than it may be.", "too-long");
        }

        return new(CheckNames.Duration, true, $"The cut is {length} long.", []);

        CheckVerdict Wrong(string words, string code) => new(
            CheckNames.Duration, false, words, [new(words, [], _clock.Frames(_cut.Duration), _clock.Timecode(_cut.Duration), null, code)]);
    }

    static Flicks Seconds(int seconds) => new(seconds * Flicks.PerSecond);

    CheckFinding ToFinding(Finding finding) => new(
        finding.Message,
        [.. finding.Elements.Select(id => id.ToString())],
        finding.At is { } at ? _clock.Frames(at) : null,
        finding.At is { } moment ? _clock.Timecode(moment) : null,
        finding.Track.Length == 0 ? null : finding.Track,
        finding.Code);

    CheckFinding At(Flicks time, string message, Placed placed, string code) => new(
        message, [placed.Element.Id.ToString()], _clock.Frames(time), _clock.Timecode(time), placed.Track.Name, code);

    string Frames(Flicks duration) => Count(_clock.Frames(duration), "frame", "frames");

    static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
