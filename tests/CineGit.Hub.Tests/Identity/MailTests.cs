using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Tests.Platform;

namespace CineGit.Hub.Tests.Identity;

[Collection(HubFixture.Collection)]
public sealed partial class MailTests(HubFixture hub)
{
    const string NewPassword = "sent by letter, not by pigeon";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_letter_goes_through_the_mail_server_and_its_link_is_whole()
    {
        await using var server = new TestMailServer();
        await using var node = await TestNode.StartAsync(
            hub.Folder.Path, "cinegit", Ct,
            "--Mail:Host", "127.0.0.1", "--Mail:Port", server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "--Mail:Tls", "false", "--Mail:From", "hub@nordlys.example", "--Hub:PublicUrl", "https://cuts.nordlys.example");
        var member = await hub.CreateMemberAsync(Roles.Editor, Ct);
        member.Client.Dispose();
        using var nobody = node.ClientLike(hub.CreateClient());
        using var asked = await nobody.PostAsJsonAsync(HubRoutes.PasswordLetters, new ForgotPasswordRequest(HubFixture.EmailOf(member.UserId)), Ct);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);

        await Until.TrueAsync(() => Task.FromResult(!server.Letters.IsEmpty), "a letter at the mail server", Ct);
        var (to, text) = Assert.Single(server.Letters);
        Assert.Equal(HubFixture.EmailOf(member.UserId), to);
        Assert.Contains("hub@nordlys.example", text, StringComparison.Ordinal);
        var whole = text.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        var link = Link().Match(whole);
        Assert.True(link.Success, whole);
        using var reset = await nobody.PostAsJsonAsync(
            HubRoutes.PasswordResets, new ResetPasswordRequest(Guid.Parse(link.Groups[1].Value), link.Groups[2].Value, NewPassword), Ct);
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
    }

    [GeneratedRegex(@"https://cuts\.nordlys\.example/reset-password#user=([0-9a-f-]{36})&token=([A-Za-z0-9_-]+)")]
    private static partial Regex Link();
}
