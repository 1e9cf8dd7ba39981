using System.Text.RegularExpressions;
using CineGit.Demo;
using CineGit.TestKit.Running;
using Microsoft.Playwright;

namespace CineGit.EndToEnd.Tests;

/// <summary>A producer in the browser: from the sign-in page to a merged cut request.</summary>
public sealed partial class WebTests
{
    internal const int DesktopWidth = 1440;
    const int PhoneWidth = 390;

    internal static readonly string[] ChromiumFlags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_producer_signs_in_resolves_the_conflict_merges_and_sees_the_new_version()
    {
        using var scratch = new Scratch();
        await using var hub = await HubProcess.StartAsync(Built.Programs.Hub, scratch["hub"], "http://127.0.0.1:0", Ct);
        var story = new Story(hub.Url, Built.Programs.Agent, scratch.Folder, new Steps(TextWriter.Null));
        var producer = DemoRun.Producer(DemoRun.NewPassword());
        await story.OpenCutRequestAsync(await File.ReadAllTextAsync(hub.SetupLinkFile, Ct), producer, Ct);

        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ChromiumFlags });
        var page = await NewPageAsync(chromium, hub.Url, DesktopWidth);
        var complaints = Watch(page, hub.Url);

        await SignInAsync(page, story.CutRequestPath, producer.Email, producer.Password);

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Night title and blur" })).ToBeVisibleAsync();
        var merge = page.GetByRole(AriaRole.Button, new() { Name = "Merge", Exact = true });
        await Assertions.Expect(merge).ToBeDisabledAsync();
        await ShowAsync(page, "cut-request-open");

        await ResolveByKeyboardAsync(page);
        await Assertions.Expect(merge).ToBeEnabledAsync();
        await ShowAsync(page, "cut-request-answered");
        await TabToAsync(page, merge);
        await page.Keyboard.PressAsync("Enter");
        var view = page.GetByRole(AriaRole.Link, new() { Name = "View the merged version" });
        await Assertions.Expect(view).ToBeVisibleAsync();
        await TabToAsync(page, view);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("Merge cut request #1").First).ToBeVisibleAsync();
        await ShowAsync(page, "version-merged");

        await page.GotoAsync($"/o/{story.Organization}/night-bus/branches/main");
        await Assertions.Expect(page.GetByText("Merge cut request #1").First).ToBeVisibleAsync();
        await ShowAsync(page, "history");
        await page.GotoAsync($"/o/{story.Organization}/night-bus");
        await Assertions.Expect(page.GetByText("night-bus").Or(page.GetByText("Night Bus")).First).ToBeVisibleAsync();
        await ShowAsync(page, "project");
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Who_has_a_second_factor_is_asked_for_it()
    {
        using var scratch = new Scratch();
        await using var hub = await HubProcess.StartAsync(Built.Programs.Hub, scratch["hub"], "http://127.0.0.1:0", Ct);
        var story = new Story(hub.Url, Built.Programs.Agent, scratch.Folder, new Steps(TextWriter.Null));
        var producer = DemoRun.Producer(DemoRun.NewPassword());
        await story.OpenCutRequestAsync(await File.ReadAllTextAsync(hub.SetupLinkFile, Ct), producer, Ct);
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ChromiumFlags });
        var page = await NewPageAsync(chromium, hub.Url, DesktopWidth);
        var complaints = Watch(page, hub.Url);
        var title = page.GetByRole(AriaRole.Heading, new() { Name = "Night title and blur" });
        await SignInAsync(page, story.CutRequestPath, producer.Email, producer.Password);
        await Assertions.Expect(title).ToBeVisibleAsync();
        var recovery = await SecondFactor.EnableAsync(page, producer.Password);
        await page.Context.ClearCookiesAsync();

        await SignInAsync(page, story.CutRequestPath, producer.Email, producer.Password);
        var code = page.GetByLabel("recovery code");
        await Assertions.Expect(code).ToBeVisibleAsync();
        await ShowAsync(page, "sign-in-code");
        await code.FillAsync(recovery);
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(title).ToBeVisibleAsync();
        Assert.Empty(complaints);
    }

    internal static async Task SignInAsync(IPage page, string path, string email, string password)
    {
        await page.GotoAsync(path);
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>No mouse: every answer is drawn, and the one of the titles branch is reached and taken by keys alone.</summary>
    static async Task ResolveByKeyboardAsync(IPage page)
    {
        var titles = page.GetByRole(AriaRole.Radio, new() { NameRegex = TitlesChoice() }).First;
        var answers = page.GetByRole(AriaRole.Group, new() { NameRegex = Clash() }).First;
        await Assertions.Expect(answers.Locator("svg.stretch")).ToHaveCountAsync(await answers.GetByRole(AriaRole.Radio).CountAsync());
        await TabToAsync(page, answers.GetByRole(AriaRole.Radio).First);
        for (var i = 0; i < 4 && !await titles.IsCheckedAsync(); i++)
        {
            await page.Keyboard.PressAsync("ArrowRight");
            await page.WaitForTimeoutAsync(100);
        }

        await Assertions.Expect(titles).ToBeCheckedAsync();
    }

    /// <summary>Presses Tab until the focus is there; a person would give up after so many.</summary>
    static async Task TabToAsync(IPage page, ILocator target)
    {
        const int mostTabs = 80;
        for (var i = 0; i < mostTabs; i++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{mostTabs} times Tab do not reach {target}");
    }

    internal static async Task<IPage> NewPageAsync(IBrowser chromium, Uri hub, int width)
    {
        var context = await chromium.NewContextAsync(new()
        {
            BaseURL = hub.ToString(),
            ViewportSize = new() { Width = width, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        return await context.NewPageAsync();
    }

    /// <summary>Anything the browser complains of, and any request that leaves the hub.</summary>
    internal static List<string> Watch(IPage page, Uri hub)
    {
        var complaints = new List<string>();
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) =>
        {
            // Being asked to sign in is answered with 401, which Chromium reports as an error of its own.
            if (message.Type == "error" && !message.Text.Contains("401", StringComparison.Ordinal)) complaints.Add(message.Text);
        };
        page.Request += (_, request) =>
        {
            if (!new Uri(request.Url).Authority.Equals(hub.Authority, StringComparison.Ordinal)) complaints.Add($"asked {request.Url}");
        };
        return complaints;
    }

    /// <summary>Leaves a picture at both widths; the page must not be wider than the screen.</summary>
    internal static async Task ShowAsync(IPage page, string name)
    {
        foreach (var width in (int[])[PhoneWidth, DesktopWidth])
        {
            await page.SetViewportSizeAsync(width, width == PhoneWidth ? 844 : 900);
            await page.ScreenshotAsync(new() { Path = Built.Shown($"{name}-{width}.png"), FullPage = true });
            var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(overflow <= 0, $"{name} is {overflow} px wider than {width}");
        }
    }

    [GeneratedRegex("main .*; titles ")]
    private static partial Regex Clash();

    [GeneratedRegex("titles")]
    private static partial Regex TitlesChoice();
}
