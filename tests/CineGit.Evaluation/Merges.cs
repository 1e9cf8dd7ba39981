#pragma warning disable RS0030 // The product and git are started as a user starts them; this project shares no code with the rest.
using System.Diagnostics;
using System.Text.Json;

namespace CineGit.Evaluation;

/// <summary>The files of one pair.</summary>
sealed record PairFiles(string Folder, bool Ids)
{
    public string Base => Path.Combine(Folder, "base.otio");
    public string Ours => Path.Combine(Folder, "ours.otio");
    public string Theirs => Path.Combine(Folder, "theirs.otio");
    public string Expected => Path.Combine(Folder, "expected.otio");
    public string Out => Path.Combine(Folder, "out.otio");
    public string Git => Path.Combine(Folder, "git.otio");
    public string Story => Path.Combine(Folder, "story.txt");
}

/// <summary>What a program said about a pair.</summary>
/// <param name="Conflicts">One sentence each, with the kind first.</param>
/// <param name="Error">Why there is no merge; null when there is one.</param>
sealed record Answer(IReadOnlyList<string> Conflicts, string? Error = null)
{
    public bool IsClean => Error is null && Conflicts.Count == 0;
}

/// <summary>Starts the two programs that are compared.</summary>
static class Merges
{
    /// <summary>All pairs in one process of the built command line.</summary>
    public static async Task<IReadOnlyList<Answer>> ByCineGitAsync(string agent, string list, IReadOnlyList<PairFiles> pairs)
    {
        await File.WriteAllLinesAsync(list, pairs.Select(p => $"{p.Base}\t{p.Ours}\t{p.Theirs}\t{p.Out}"));
        var (output, errors) = await RunAsync("dotnet", agent, "merge", "--batch", list, "--json");
        List<Answer> answers = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
        while (answers.Count < pairs.Count) answers.Add(new([], errors.Length > 0 ? errors : "no answer"));
        return answers;
    }

    static Answer Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        if (json.RootElement.TryGetProperty("error", out var error)) return new([], error.GetString());
        return new([.. json.RootElement.GetProperty("conflicts").EnumerateArray().Select(c => $"{c.GetProperty("kind").GetString()}: {c.GetProperty("sentence").GetString()}")]);
    }

    /// <summary>A merge of the lines of the same files.</summary>
    public static async Task<Answer> ByGitAsync(PairFiles files)
    {
        var (output, errors) = await RunAsync("git", "merge-file", "-p", "-q", files.Ours, files.Base, files.Theirs);
        if (errors.Length > 0) return new([], errors);
        await File.WriteAllTextAsync(files.Git, output);
        return new(output.Contains("\n<<<<<<< ", StringComparison.Ordinal) ? ["lines"] : []);
    }

    static async Task<(string Output, string Errors)> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var child = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started");
        var (output, errors) = (child.StandardOutput.ReadToEndAsync(), child.StandardError.ReadToEndAsync());
        await child.WaitForExitAsync();
        return (await output, await errors);
    }
}
