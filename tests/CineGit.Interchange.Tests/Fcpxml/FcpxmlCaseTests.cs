using System.Globalization;
using System.Text;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.Fcpxml;

/// <summary>Small files for one thing each, in tests/corpus/fcpxml; what they are as a cut was worked out by hand.</summary>
public sealed class FcpxmlCaseTests
{
    public static TheoryData<string> Cases => [.. Directory.EnumerateDirectories(Folder()).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_is_the_cut_that_it_says_and_comes_back(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder(), name, "input.fcpxml"));
        var read = FcpxmlFiles.Read(bytes);

        Assert.DoesNotContain(read.Diagnostics, d => d.Severity == Severity.Error);
        Assert.Equal(File.ReadAllText(Path.Combine(Folder(), name, "expected.txt")), Facts(CutReader.Read(read.Document, new())), ignoreLineEndingDifferences: true);
        FcpxmlFiles.AssertSame(bytes, FcpxmlFiles.Write(FcpxmlFiles.ThroughCut(read.Document), out var diagnostics));
        Assert.Empty(diagnostics);
        Assert.Equal(bytes, FcpxmlFiles.Write(read.Document, bytes));
    }

    /// <summary>Times in frames of the sequence.</summary>
    static string Facts(Sequence cut)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{cut.Name} at {cut.Rate}, starts {new RecordClock(cut).Timecode(Flicks.Zero)}\n");
        foreach (var (track, row) in cut.Tracks.Zip(Placement.Of(cut).Tracks))
        {
            text.Append(CultureInfo.InvariantCulture, $"{track.Name} {track.Kind}\n");
            foreach (var place in row)
            {
                var speed = place.Element.Effects.FirstOrDefault(e => e.TimeScalar is not null)?.TimeScalar is { } scalar ? $" at {scalar.Lexeme}" : "";
                text.Append(CultureInfo.InvariantCulture, $"  {Frames(place.Start)} +{Frames(place.Element.Duration)} {place.Element.Name} from {Frames(place.Element.SourceStart)}{speed}\n");
                foreach (var marker in place.Element.Markers) text.Append(CultureInfo.InvariantCulture, $"    marker {marker.Name} at {Frames(marker.Range.Start)}\n");
            }
        }

        return text.ToString();

        string Frames(Flicks time)
        {
            var tenths = RationalTime.FromFlicks(new(time.Value * 100), cut.Rate, Rounding.Nearest).Value;
            return tenths % 100 == 0 ? (tenths / 100).ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{tenths / 100}.{tenths % 100:00}");
        }
    }

    public static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CineGit.sln"))) folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? "", "tests", "corpus", "fcpxml");
    }
}
