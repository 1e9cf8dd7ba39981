using CineGit.Evaluation.Oracle;
using CineGit.Evaluation.Trials;

namespace CineGit.Evaluation.Baselines;

/// <summary>What a team without the product has: git's merge of lines, on the same files.</summary>
static class GitBaselines
{
    static readonly string[] Person = ["-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "core.compression=0", "-c", "core.autocrlf=false"];

    /// <summary><c>git merge-file</c>.</summary>
    public static async Task<Answer> MergeFileAsync(string parent, string ours, string theirs, string target)
    {
        var (output, errors) = await Programs.RunAsync("git", "merge-file", "-p", "-q", ours, parent, theirs);
        if (errors.Length > 0) return new([], 0, errors);
        await File.WriteAllTextAsync(target, output);
        return new(output.Contains("\n<<<<<<< ", StringComparison.Ordinal) ? ["lines"] : []);
    }

    /// <summary><c>git merge-file</c> on the same cuts in a layout that says of every clip where it starts and ends.</summary>
    public static async Task<Answer> AbsoluteAsync(PairFiles files, Cut parent, Cut ours, Cut theirs)
    {
        var target = files.In("absolute");
        string[] written = [files.In("absolute-base"), files.In("absolute-ours"), files.In("absolute-theirs")];
        var layout = files.Export.Layout(absolute: true);
        foreach (var (path, cut) in written.Zip([parent, ours, theirs])) await File.WriteAllBytesAsync(path, OtioText.Of(cut, layout));
        var answer = await MergeFileAsync(written[0], written[1], written[2], target);
        foreach (var path in written) File.Delete(path);
        return answer;
    }

    /// <summary><c>git merge-tree</c> of all pairs at once: one repository with a file for each.</summary>
    public static async Task<IReadOnlyList<Answer>> MergeTreeAsync(string folder, IReadOnlyList<PairFiles> pairs)
    {
        Directory.CreateDirectory(folder);
        await GitAsync(folder, "init", "-q", "-b", "parent");
        await CommitAsync(folder, pairs, p => p.Base);
        await GitAsync(folder, "checkout", "-q", "-b", "ours");
        await CommitAsync(folder, pairs, p => p.Ours);
        await GitAsync(folder, "checkout", "-q", "-b", "theirs", "parent");
        await CommitAsync(folder, pairs, p => p.Theirs);
        var output = (await GitAsync(folder, "merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", "ours", "theirs")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var open = output.Skip(1).ToHashSet();
        await GitAsync(folder, "checkout", output[0], "--", ".");
        foreach (var pair in pairs) File.Copy(Path.Combine(folder, Name(pair)), pair.In("tree"), overwrite: true);
        return [.. pairs.Select(p => new Answer(open.Contains(Name(p)) ? ["lines"] : []))];
    }

    static string Name(PairFiles pair) => Path.GetFileName(pair.Folder) + pair.Export.Format.Extension();

    static async Task CommitAsync(string folder, IReadOnlyList<PairFiles> pairs, Func<PairFiles, string> file)
    {
        foreach (var pair in pairs) File.Copy(file(pair), Path.Combine(folder, Name(pair)), overwrite: true);
        await GitAsync(folder, "add", "-A");
        await GitAsync(folder, "commit", "-q", "--allow-empty", "-m", "cut");
    }

    static async Task<string> GitAsync(string folder, params IReadOnlyList<string> arguments)
    {
        var (output, errors) = await Programs.RunInAsync(folder, "git", [.. Person, .. arguments]);
        return errors.Length == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {errors}");
    }
}
