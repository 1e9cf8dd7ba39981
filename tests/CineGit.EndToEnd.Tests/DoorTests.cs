using System.Text.Json;
using System.Text.RegularExpressions;
using CineGit.Contracts.Hub;
using CineGit.Demo;
using CineGit.Hub.Tests.Identity;
using CineGit.TestKit.Running;
using Microsoft.Playwright;

namespace CineGit.EndToEnd.Tests;

/// <summary>The pages that links lead to, in a browser that is not signed in.</summary>
public sealed partial class DoorTests
{
    const string NewPassword = "a wholly different sentence";

    const string Ask = """
        async ([method, address, body]) => {
            const session = await (await fetch('/api/v1/session')).json();
            const answer = await fetch(address, {
                method,
                headers: { 'Content-Type': 'application/json', 'X-CineGit-Antiforgery': session.antiForgery },
                body: JSON.stringify(body),
            });
            const text = await answer.text();
            if (!answer.ok) throw new Error(text);
            return text === '' ? {} : JSON.parse(text);
        }
        """;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_guest_comes_in_by_the_link_with_name_and_passphrase_and_sees_the_cut_request()
    {
        await using var door = await Door.OpenAsync();
        var producer = await door.SignedInAsync();
        var request = new CreateGuestLinkRequest("The client", null, 1, true, 14, "tulips in winter", 5);
        var link = (await AskAsync(producer, "POST", door.At(HubRoutes.GuestLinks), request)).GetProperty("link").GetString() ?? "";

        var guest = await door.PageAsync();
        var complaints = WebTests.Watch(guest, door.Hub.Url);
        await guest.GotoAsync(link);
        await guest.GetByLabel("Your name").FillAsync("Ada");
        await guest.GetByLabel("Passphrase").FillAsync("daffodils");
        await guest.Keyboard.PressAsync("Enter");
        await Assertions.Expect(guest.GetByRole(AriaRole.Alert)).ToContainTextAsync("The passphrase is wrong");
        await WebTests.ShowAsync(guest, "guest-door");
        await guest.GetByLabel("Passphrase").FillAsync("tulips in winter");
        await guest.Keyboard.PressAsync("Enter");

        await Assertions.Expect(guest.GetByRole(AriaRole.Heading, new() { Name = "Night title and blur" })).ToBeVisibleAsync();
        await Assertions.Expect(guest.GetByRole(AriaRole.Button, new() { Name = "Account of Ada (guest)" })).ToBeVisibleAsync();
        foreach (var members in (string[])["Approve", "Merge", "Run again", "Make it a draft"])
            await Assertions.Expect(guest.GetByRole(AriaRole.Button, new() { Name = members, Exact = true })).ToHaveCountAsync(0);
        await Assertions.Expect(guest.GetByRole(AriaRole.Radio).First).ToBeDisabledAsync();
        await WebTests.ShowAsync(guest, "guest-cut-request");
        await guest.GotoAsync("/");
        await Assertions.Expect(guest.GetByRole(AriaRole.Heading, new() { Name = "Night title and blur" })).ToBeVisibleAsync();
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_the_letter()
    {
        await using var door = await Door.OpenAsync();
        var page = await door.PageAsync();
        var complaints = WebTests.Watch(page, door.Hub.Url);
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await page.GetByLabel("E-mail").FillAsync(door.Producer.Email);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("a letter with a link is on its way");
        await page.GotoAsync(await door.LinkAsync("/reset-password#"));
        await page.GetByLabel("New password").FillAsync(NewPassword);
        await WebTests.ShowAsync(page, "reset-password");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your password is changed");
        await WebTests.SignInAsync(page, door.Story.CutRequestPath, door.Producer.Email, NewPassword);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Night title and blur" })).ToBeVisibleAsync();
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task An_address_is_confirmed_by_the_letter()
    {
        await using var door = await Door.OpenAsync();
        var producer = await door.SignedInAsync();
        await AskAsync(producer, "POST", HubRoutes.AccountEmailLetters, new { });
        var page = await door.PageAsync();
        var complaints = WebTests.Watch(page, door.Hub.Url);
        await page.GotoAsync(await door.LinkAsync("/confirm-email#"));
        await WebTests.ShowAsync(page, "confirm-email");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your address is confirmed");
        var account = await producer.EvaluateAsync<JsonElement>("async address => (await fetch(address)).json()", HubRoutes.Account);
        Assert.True(account.GetProperty("emailConfirmed").GetBoolean());
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task An_invitation_makes_an_account_and_leads_in()
    {
        await using var door = await Door.OpenAsync();
        var producer = await door.SignedInAsync();
        var request = new CreateInvitationRequest(null, "editor", null, null, 7);
        var link = (await AskAsync(producer, "POST", door.At(HubRoutes.Invitations), request)).GetProperty("link").GetString() ?? "";
        var page = await door.PageAsync();
        var complaints = WebTests.Watch(page, door.Hub.Url);
        await page.GotoAsync(link);
        await page.GetByLabel("Your name").FillAsync("Noor");
        await page.GetByLabel("E-mail").FillAsync("noor@example.com");
        await page.GetByLabel("Password").FillAsync(NewPassword);
        await WebTests.ShowAsync(page, "invitation");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Account of Noor" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Night Bus").Or(page.GetByText("night-bus")).First).ToBeVisibleAsync();
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_provider_on_the_sign_in_page_is_linked_by_the_password_and_is_enough_from_then_on()
    {
        await using var provider = await TestProvider.StartAsync(TimeProvider.System.GetUtcNow);
        await using var door = await Door.OpenAsync(
            "--SignIn:Providers:studio:Title=The Studio", $"--SignIn:Providers:studio:Authority={provider.Authority}",
            $"--SignIn:Providers:studio:ClientId={TestProvider.ClientId}", $"--SignIn:Providers:studio:ClientSecret={TestProvider.ClientSecret}");
        provider.Person = new() { ["sub"] = "ada", ["email"] = door.Producer.Email, ["email_verified"] = true, ["name"] = "Ada" };
        var page = await door.PageAsync();
        var complaints = WebTests.Watch(page, door.Hub.Url);
        await page.GotoAsync("/sign-in");
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Continue with The Studio" });
        await Assertions.Expect(button).ToBeVisibleAsync();
        await WebTests.ShowAsync(page, "sign-in-provider");
        await button.ClickAsync();
        await Assertions.Expect(page.GetByText($"There is an account for {door.Producer.Email}")).ToBeVisibleAsync();
        await WebTests.ShowAsync(page, "sign-in-link");
        await page.GetByLabel("Password").FillAsync(door.Producer.Password);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Account of Ada Producer" })).ToBeVisibleAsync();
        Assert.All(complaints, complaint => Assert.StartsWith($"asked {provider.Authority}/authorize", complaint, StringComparison.Ordinal));

        var later = await door.PageAsync();
        await later.GotoAsync(door.Story.CutRequestPath);
        await later.GetByRole(AriaRole.Button, new() { Name = "Continue with The Studio" }).ClickAsync();
        await Assertions.Expect(later.GetByRole(AriaRole.Heading, new() { Name = "Night title and blur" })).ToBeVisibleAsync();
    }

    static async Task<JsonElement> AskAsync(IPage page, string method, string address, object body) =>
        await page.EvaluateAsync<JsonElement>(Ask, new[] { method, address, body });

    /// <summary>A hub with a cut request on it, and a browser in front of it.</summary>
    sealed partial class Door(Scratch scratch, HubProcess hub, Story story, SetupRequest producer, IPlaywright playwright, IBrowser chromium) : IAsyncDisposable
    {
        public HubProcess Hub => hub;

        public Story Story => story;

        public SetupRequest Producer => producer;

        public static async Task<Door> OpenAsync(params string[] more)
        {
            var scratch = new Scratch();
            var hub = await HubProcess.StartAsync(Built.Programs.Hub, scratch["hub"], "http://127.0.0.1:0", Ct, more);
            var story = new Story(hub.Url, Built.Programs.Agent, scratch.Folder, new Steps(TextWriter.Null));
            var producer = DemoRun.Producer(DemoRun.NewPassword());
            await story.OpenCutRequestAsync(await File.ReadAllTextAsync(hub.SetupLinkFile, Ct), producer, Ct);
            var playwright = await Playwright.CreateAsync();
            var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = WebTests.ChromiumFlags });
            return new Door(scratch, hub, story, producer, playwright, chromium);
        }

        /// <summary>A browser that nobody has used.</summary>
        public Task<IPage> PageAsync() => WebTests.NewPageAsync(chromium, hub.Url, WebTests.DesktopWidth);

        public async Task<IPage> SignedInAsync()
        {
            var page = await PageAsync();
            await WebTests.SignInAsync(page, story.CutRequestPath, producer.Email, producer.Password);
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Night title and blur" })).ToBeVisibleAsync();
            return page;
        }

        public string At(string route) => route
            .Replace("{organization}", story.Organization, StringComparison.Ordinal)
            .Replace("{project}", "night-bus", StringComparison.Ordinal);

        /// <summary>The link of the letter that leads to this page, once it has come.</summary>
        public async Task<string> LinkAsync(string page)
        {
            while (true)
            {
                Ct.ThrowIfCancellationRequested();
                var folder = Path.Combine(scratch["hub"], "mail");
                foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
                {
                    // Quoted-printable, which breaks lines.
                    var text = (await File.ReadAllTextAsync(file, Ct)).Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
                    if (Link().Match(text) is { Success: true, Value: var link } && link.Contains(page, StringComparison.Ordinal)) return link;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ct);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await chromium.DisposeAsync();
            playwright.Dispose();
            await hub.DisposeAsync();
            scratch.Dispose();
        }

        [GeneratedRegex(@"http://[\w.:]+/[\w-]+#user=[0-9a-f-]+&token=[\w-]+")]
        private static partial Regex Link();
    }
}
