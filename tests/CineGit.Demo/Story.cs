using System.Globalization;
using System.Text.Json;
using CineGit.Contracts.Hub;
using CineGit.TestKit.Running;

namespace CineGit.Demo;

/// <summary>
/// The two editors at work, through the real command line on a running hub. <see cref="OpenCutRequestAsync"/> stops at the
/// open conflict, where <c>./dev up</c> leaves a person; <see cref="MergeAsync"/> goes on to the pulled result.
/// </summary>
public sealed class Story(Uri hub, string agentDll, string folder, Steps steps)
{
    const string Project = "night-bus";

    readonly Bay _picture = new(agentDll, Path.Combine(folder, "picture-bay"));
    readonly Bay _titles = new(agentDll, Path.Combine(folder, "title-bay"));

    public string Organization { get; private set; } = "";

    public string MediaFolder => Path.Combine(folder, "media");

    public string PulledFolder => Path.Combine(folder, "pulled");

    public string CutRequestPath => $"/o/{Organization}/{Project}/cut-requests/1";

    public Bay PictureBay => _picture;

    public async Task OpenCutRequestAsync(string setupLink, SetupRequest producer, CancellationToken ct)
    {
        await steps.RunAsync("28 test movies with names and frame numbers", () => TestPictures.MakeAsync(MediaFolder, ct));
        using var browser = new Browser(hub);
        await steps.RunAsync("first person and organization by the one-time link", () => SetUpAsync(browser, setupLink, producer, ct));
        await steps.RunAsync("two bays signed in by device code", async () =>
        {
            await _picture.SignInAsync(hub, browser, ct);
            await _titles.SignInAsync(hub, browser, ct);
        });
        await steps.RunAsync("24-shot cut committed and pushed to main", () => PushBaseAsync(ct));
        await steps.RunAsync("title editor clones, adds a title, changes the blur, trims SC17, pushes titles", () => EditTitlesAsync(ct));
        await steps.RunAsync("picture editor trims SC05 and SC17, renames SC08, pushes main", () => EditPictureAsync(ct));
        await steps.RunAsync("cut request titles → main opened, one conflict", () => AskToMergeAsync(ct));
    }

    /// <summary>Answers the conflict with the title editor's trim, merges, and pulls the result as OTIO and EDL.</summary>
    /// <returns>How many conflicts were resolved.</returns>
    public async Task<int> MergeAsync(CancellationToken ct)
    {
        var conflicts = await steps.RunAsync("conflict on SC17 resolved: the title editor's trim", () => ResolveAsync(ct));
        await steps.RunAsync("cut request merged", () => _titles.CineGitAsync(ct, "cut-request", "merge", "1"));
        await steps.RunAsync("main pulled and written as OTIO and EDL", () => PullAsync(ct));
        return conflicts;
    }

    async Task SetUpAsync(Browser browser, string setupLink, SetupRequest producer, CancellationToken ct)
    {
        await browser.SetUpAsync(setupLink, producer, ct);
        Organization = await browser.OrganizationAsync(ct);
    }

    async Task PushBaseAsync(CancellationToken ct)
    {
        await _picture.CineGitAsync(ct, "init", ".", "--hub", hub.ToString(), "--project", $"{Organization}/{Project}");
        await CommitAsync(_picture, Scenario.Base, "Assembly of reel 1", ct);
        await _picture.CineGitAsync(ct, "push");
    }

    async Task EditTitlesAsync(CancellationToken ct)
    {
        await _titles.CineGitAsync(ct, "clone", hub.ToString(), $"{Organization}/{Project}", ".");
        await _titles.CineGitAsync(ct, "branch", Scenario.TitlesBranch);
        await CommitAsync(_titles, Scenario.TitleEdit, "Night title, stronger blur, tighter SC17", ct);
        await _titles.CineGitAsync(ct, "push");
    }

    async Task EditPictureAsync(CancellationToken ct)
    {
        await CommitAsync(_picture, Scenario.PictureEdit, "Tighten SC05 and SC17, new take name for SC08", ct);
        await _picture.CineGitAsync(ct, "push");
    }

    async Task AskToMergeAsync(CancellationToken ct)
    {
        await _titles.CineGitAsync(
            ct,
            "cut-request",
            "create",
            "--title",
            "Night title and blur",
            "--description",
            "The title before SC11 as agreed in the review; SC17 is tighter too.",
            "--source",
            Scenario.TitlesBranch,
            "--target",
            Scenario.MainBranch);
        var request = await ShowAsync(ct);
        if (request.Conflicts.Count != 1) throw new InvalidOperationException($"Expected one conflict, found {request.Conflicts.Count}: {Sentences(request)}");
        if (request.Mergeable) throw new InvalidOperationException("A cut request with an open conflict says that it can be merged.");
    }

    async Task<int> ResolveAsync(CancellationToken ct)
    {
        var before = await ShowAsync(ct);
        foreach (var conflict in before.Conflicts.Where(c => c.Chosen is null))
        {
            await _titles.CineGitAsync(ct, "cut-request", "resolve", "1", conflict.Id, "theirs");
        }

        var after = await ShowAsync(ct);
        if (!after.Mergeable) throw new InvalidOperationException($"All conflicts are answered, yet: {after.Blocked}");
        return after.Conflicts.Count(c => c.Chosen is not null);
    }

    async Task PullAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(PulledFolder);
        await _picture.CineGitAsync(ct, "pull");
        foreach (var name in (string[])[DemoCheck.OtioName, DemoCheck.EdlName])
        {
            await _picture.CineGitAsync(ct, "checkout", Scenario.MainBranch, "-o", Path.Combine(PulledFolder, name), "--force");
        }
    }

    async Task CommitAsync(Bay bay, DemoCut cut, string message, CancellationToken ct)
    {
        var export = Path.Combine(bay.WorkingCopy, "night-bus.otio");
        await File.WriteAllBytesAsync(export, OtioExport.Write(cut, MediaFolder), ct);
        await bay.CineGitAsync(ct, "commit", export, "-m", message, "--author", bay == _picture ? "Mara, picture" : "Jonas, titles");
    }

    async Task<CutRequestResponse> ShowAsync(CancellationToken ct)
    {
        var json = await _titles.CineGitAsync(ct, "cut-request", "show", "1", "--json");
        return JsonSerializer.Deserialize(json, HubJson.Default.CutRequestResponse)
            ?? throw new InvalidOperationException("cinegit cut-request show --json printed nothing.");
    }

    static string Sentences(CutRequestResponse request) =>
        string.Join(" · ", request.Conflicts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Kind} {c.Sentence}")));
}
