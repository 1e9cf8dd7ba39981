using System.Diagnostics;
using CineGit.Contracts.Hub;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Tests.Database;
using Npgsql;

namespace CineGit.Hub.Tests.Events;

[Collection(HubFixture.Collection)]
public sealed class EventAuthorizationTests(HubFixture hub)
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Address => HubRoutes.Events.Replace("{organization}", hub.Organization, StringComparison.Ordinal);

    [Fact]
    public async Task A_stream_ends_when_its_person_signs_out()
    {
        var member = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var client = member.Client;
        await using var listener = await TestListener.OpenAsync(client, Address);
        await EndsSoonAsync(listener, async () => (await client.DeleteAsync(HubRoutes.Session, Ct)).EnsureSuccessStatusCode());
    }

    [Fact]
    public async Task A_stream_ends_when_its_person_leaves_the_organization()
    {
        var member = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var client = member.Client;
        await using var listener = await TestListener.OpenAsync(client, Address);
        await EndsSoonAsync(listener, () => ExecuteAsync("delete from memberships where user_id = $1", member.UserId));
    }

    [Fact]
    public async Task A_stream_ends_when_its_bay_is_locked_out()
    {
        var (client, _) = await hub.CreateBayClientAsync(Ct);
        using (client)
        {
            await using var listener = await TestListener.OpenAsync(client, Address);
            await EndsSoonAsync(listener, async () => (await client.DeleteAsync(HubRoutes.Session, Ct)).EnsureSuccessStatusCode());
        }
    }

    [Fact]
    public async Task A_stream_goes_on_when_a_change_leaves_its_person_in()
    {
        var member = await hub.CreateMemberAsync(Roles.Editor, Ct);
        using var client = member.Client;
        using var project = await Versions.TestProject.CreateAsync(hub);
        await using var listener = await TestListener.OpenAsync(client, Address);
        await ExecuteAsync("update memberships set role = 'producer' where user_id = $1", member.UserId);
        await project.BranchAsync("after", null);
        Assert.Equal("after", (await listener.NextAsync(EventNames.BranchCreated)).Detail.GetProperty("branch").GetString());
    }

    static async Task EndsSoonAsync(TestListener listener, Func<Task> change)
    {
        await change();
        var since = Stopwatch.GetTimestamp();
        await listener.EndedAsync();
        var passed = Stopwatch.GetElapsedTime(since);
        Assert.True(passed < Soon, $"The stream stayed open for {passed}.");
    }

    async Task ExecuteAsync(string sql, Guid user)
    {
        await using var owner = TestDatabase.OpenAsOwner(hub.Folder.Path);
        await using var connection = await owner.OpenConnectionAsync(Ct);
        await using var begin = new NpgsqlCommand($"select set_config('cinegit.organization_id', '{hub.OrganizationId}', false)", connection);
        await begin.ExecuteNonQueryAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = user });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Ct));
    }
}
