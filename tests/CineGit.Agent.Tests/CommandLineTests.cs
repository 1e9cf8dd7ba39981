namespace CineGit.Agent.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Version_is_one_line_on_standard_output()
    {
        using var bay = new Bay();
        var result = await bay.ExpectAsync(0, "--version");
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", result.Out);
        Assert.Empty(result.Error);
    }

    [Theory]
    [InlineData("convert", "cinegit convert IN OUT")]
    [InlineData("info", "cinegit info FILE")]
    [InlineData("diff", "cinegit diff A B")]
    [InlineData("merge", "cinegit merge BASE OURS THEIRS -o OUT")]
    [InlineData("init", "cinegit init [DIR] --hub URL --project ORG/PROJECT")]
    [InlineData("clone", "cinegit clone URL ORG/PROJECT [DIR]")]
    [InlineData("commit", "cinegit commit FILE -m MSG")]
    [InlineData("checkout", "cinegit checkout VERSION -o FILE")]
    [InlineData("cherry-pick", "cinegit cherry-pick VERSION [-m MSG] [--mainline N] [--favor ours|theirs] [--json]")]
    [InlineData("revert", "cinegit revert VERSION [-m MSG] [--mainline N] [--favor ours|theirs] [--json]")]
    [InlineData("login", "cinegit login URL")]
    [InlineData("cut-request", "cinegit cut-request create|list|show|resolve|merge")]
    public async Task Wrong_use_is_one_sentence_with_the_right_command(string command, string right)
    {
        using var bay = new Bay();
        var result = await bay.ExpectAsync(64, command);
        Assert.Contains(right, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.Empty(result.Out);
    }

    [Fact]
    public async Task An_unknown_command_is_named()
    {
        using var bay = new Bay();
        var result = await bay.ExpectAsync(64, "comit");
        Assert.StartsWith("“comit” is no command or option here. Use: cinegit ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_of_a_working_copy_say_how_to_get_one()
    {
        using var bay = new Bay();
        foreach (var command in (string[][])[["status"], ["log"], ["blame"], ["revert", "main"], ["cherry-pick", "main"], ["branch"], ["push"], ["pull"], ["cut-request", "list"]])
        {
            var result = await bay.ExpectAsync(64, command);
            Assert.Contains("cinegit init --hub URL", result.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("init", "--hub", "ftp://x", "--project", "acme/film")]
    [InlineData("init", "--hub", "http://user:pass@x", "--project", "acme/film")]
    [InlineData("init", "--hub", "http://x", "--project", "film")]
    [InlineData("init", "--hub", "http://x", "--project", "Acme/film")]
    [InlineData("init", "--hub", "http://x", "--project", "acme/film", "--branch", "../up")]
    [InlineData("login", "not a host")]
    public async Task Bad_addresses_and_names_are_refused_before_anything_is_made(params string[] arguments)
    {
        using var bay = new Bay();
        var result = await bay.ExpectAsync(64, arguments);
        Assert.NotEmpty(result.Error);
        Assert.False(Directory.Exists(bay.State));
    }

    [Fact]
    public async Task A_second_init_says_what_the_folder_is()
    {
        using var bay = await Bay.OfflineAsync();
        var result = await bay.ExpectAsync(64, "init", "--hub", Bay.NoHub, "--project", "acme/other");
        Assert.Contains("is a working copy of acme/film already", result.Error, StringComparison.Ordinal);
    }
}
