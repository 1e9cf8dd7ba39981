using System.Text.Json;

namespace CineGit.Evaluation.Trials;

/// <summary>What a program said about a pair.</summary>
/// <param name="Conflicts">One sentence each, with the kind first.</param>
/// <param name="Milliseconds">How long this merge took, files read and written.</param>
/// <param name="Error">Why there is no merge; null when there is one.</param>
sealed record Answer(IReadOnlyList<string> Conflicts, double Milliseconds = 0, string? Error = null)
{
    public bool IsClean => Error is null && Conflicts.Count == 0;
}

/// <summary>Four files of a merge.</summary>
sealed record MergeFiles(string Base, string Ours, string Theirs, string Out);

/// <summary>Merges by the built command line.</summary>
/// <param name="Agent">The built <c>cinegit.dll</c>.</param>
sealed record Merges(string Agent)
{
    /// <summary>All in one process.</summary>
    /// <param name="list">A file for the list of them.</param>
    /// <param name="files">What is merged.</param>
    public async Task<IReadOnlyList<Answer>> RunAsync(string list, IReadOnlyList<MergeFiles> files)
    {
        if (files.Count == 0) return [];
        await File.WriteAllLinesAsync(list, files.Select(f => $"{f.Base}\t{f.Ours}\t{f.Theirs}\t{f.Out}"));
        var (output, errors) = await Programs.RunAsync("dotnet", Agent, "merge", "--batch", list, "--json");
        List<Answer> answers = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
        while (answers.Count < files.Count) answers.Add(new([], 0, errors.Length > 0 ? errors : "no answer"));
        return answers;
    }

    /// <summary>How many edits the built <c>cinegit diff</c> names.</summary>
    public async Task<int> EditsAsync(string from, string to)
    {
        var (output, errors) = await Programs.RunAsync("dotnet", Agent, "diff", from, to, "--json");
        if (output.Length == 0) throw new InvalidOperationException($"cinegit diff {from} {to}: {errors}");
        using var json = JsonDocument.Parse(output);
        return json.RootElement.GetProperty("edits").GetArrayLength();
    }

    static Answer Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var took = json.RootElement.GetProperty("ms").GetDouble();
        if (json.RootElement.TryGetProperty("error", out var error)) return new([], took, error.GetString());
        return new([.. json.RootElement.GetProperty("conflicts").EnumerateArray().Select(c => $"{c.GetProperty("kind").GetString()}: {c.GetProperty("sentence").GetString()}")], took);
    }
}
