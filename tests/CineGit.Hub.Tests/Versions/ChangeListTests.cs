using System.Net;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Versions;
using CineGit.Interchange;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Hub.Tests.Versions;

/// <summary>What others have to do to follow from one cut to another.</summary>
[Collection(HubFixture.Collection)]
public sealed class ChangeListTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void A_trim_is_a_change_and_what_it_moves_along_is_moved()
    {
        var list = ChangeList.Of(Films.First, Films.With("SC02", 90));
        Assert.Equal([("changed", "SC02"), ("moved", "SC03")], list.Changes.Select(change => (change.Kind, change.After?.Name)));
        Assert.Contains("SC02", list.Changes[0].Words, StringComparison.Ordinal);
        Assert.Equal(Flicks.FromFrames(-10, FrameRate.Fps24), (list.Changes[1].After?.Start ?? default) - (list.Changes[1].Before?.Start ?? default));
        Assert.Empty(ChangeList.Of(Films.First, Films.First).Changes);
    }

    [Fact]
    public void Old_events_out_and_new_events_in_make_the_later_cut_whatever_was_done()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var (before, after) = (Random(random, Films.First), Random(random, Films.First));
            var list = ChangeList.Of(before, after);
            var events = Events(before).ToList();
            foreach (var change in list.Changes)
            {
                if (change.Before is { } gone) Assert.True(events.Remove(gone), $"Round {round}: {gone} is not there.");
            }

            events.AddRange(list.Changes.Select(change => change.After).OfType<ListedEvent>());
            Assert.Equal(Sorted(Events(after)), Sorted(events));
        }
    }

    [Fact]
    public void The_pair_has_the_changed_events_alone_where_they_stand()
    {
        var list = ChangeList.Of(Films.First, Films.With("SC02", 90));
        Assert.Equal(Sorted(list.Changes.Select(change => change.Before).OfType<ListedEvent>()), Sorted(Events(list.Before())));
        Assert.Equal(Sorted(list.Changes.Select(change => change.After).OfType<ListedEvent>()), Sorted(Events(list.After())));
    }

    [Fact]
    public async Task A_change_list_comes_as_a_table_and_as_a_pair_of_lists()
    {
        using var project = await TestProject.CreateAsync(hub);
        var first = await project.CommitAsync("main", Films.First, "First");
        var second = await project.CommitAsync("main", Films.Renamed("SC01", "=HYPERLINK(\"x\",1)", Films.With("SC02", 90)), "Second");
        var lines = (await TextAsync(project, first, second, "csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("change,track,name,media,record in before,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("changed,V1,\"'=HYPERLINK(\"\"x\"\",1)\",", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("changed,V1,SC02,A002,01:00:04:04,01:00:08:08,00:00:00:20,100,01:00:04:04,01:00:07:22,00:00:00:20,90,0,", lines[2].Replace(".mov", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.StartsWith("moved,V1,SC03,", lines[3], StringComparison.Ordinal);
        Assert.Contains(",-10,", lines[3], StringComparison.Ordinal);

        foreach (var (format, length) in (IEnumerable<(string, long)>)[("edl-before", 100), ("edl-after", 90)])
        {
            var cut = ReadEdl(await TextAsync(project, first, second, format));
            var shot = cut.Tracks.First(track => track.Kind == TrackKind.Video).Elements.Single(element => element.Name == "SC02");
            Assert.Equal(Flicks.FromFrames(length, FrameRate.Fps24), shot.Duration);
        }
    }

    [Theory]
    [InlineData("csv", "main", HttpStatusCode.BadRequest)]
    [InlineData("xls", null, HttpStatusCode.BadRequest)]
    [InlineData("csv", "0000000000000000000000000000000000000000000000000000000000000000", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_listed_is_refused(string format, string? head, HttpStatusCode status)
    {
        using var project = await TestProject.CreateAsync(hub);
        var first = await project.CommitAsync("main", Films.First, "First");
        using var response = await GetAsync(project, first, head ?? first, format);
        Assert.Equal(status, response.StatusCode);
    }

    static Sequence Random(Random random, Sequence cut)
    {
        for (var edits = random.Next(4); edits > 0; edits--)
        {
            var shot = $"SC0{random.Next(1, 4)}";
            cut = random.Next(4) switch
            {
                0 => Films.With(shot, random.Next(1, 150), cut),
                1 => Films.Renamed(shot, "Other " + random.Next(9), cut),
                2 => cut.ChangeTracks(track => track.Name == "V1" ? track with { Elements = track.Elements.RemoveAt(random.Next(track.Elements.Length)) } : track),
                _ => cut.Change(shot, element => element with { SourceStart = Flicks.FromFrames(random.Next(60), FrameRate.Fps24) }, "V1"),
            };
            if (cut.Track("V1").Elements.Length < 3) break;
        }

        return cut;
    }

    static IEnumerable<ListedEvent> Events(Sequence cut) => Placement.Of(cut).All.Select(ListedEvent.Of);

    static List<string> Sorted(IEnumerable<ListedEvent> events) => [.. events.Select(each => each.ToString()).Order(StringComparer.Ordinal)];

    static Sequence ReadEdl(string text)
    {
        var format = TimelineFormats.ByName("edl") ?? throw new InvalidOperationException("No format is called edl.");
        using var stream = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(text));
        return CutReader.Read(format.Read(stream, new ReadOptions(FrameRate.Fps24, "pair.edl")).Document, new DiagnosticBag());
    }

    static Task<HttpResponseMessage> GetAsync(TestProject project, string before, string after, string format) =>
        project.Client.GetAsync(project.At(HubRoutes.ChangeList) + $"?base={before}&head={after}&format={format}", Ct);

    static async Task<string> TextAsync(TestProject project, string before, string after, string format)
    {
        using var response = await GetAsync(project, before, after, format);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }
}
