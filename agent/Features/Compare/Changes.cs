using System.Globalization;
using CineGit.Agent.Features.Cli;
using CineGit.Timeline.Diff;

namespace CineGit.Agent.Features.Compare;

/// <summary>A list of edits in words.</summary>
internal static class Changes
{
    public static void Print(Shell shell, EditList changes)
    {
        if (changes.IsEmpty)
        {
            shell.Output.Line("No differences.");
            return;
        }

        foreach (var edit in changes.Edits) shell.Output.Line(edit.Sentence);
        if (changes.Relocated > 0)
            shell.Output.Line(string.Create(CultureInfo.InvariantCulture, $"{Count(changes.Relocated, "clip")} only found the media in another folder."));
        if (changes.Shifted > 0)
            shell.Output.Line(string.Create(CultureInfo.InvariantCulture, $"{Count(changes.Shifted, "clip")} only moved in time because of that."));
    }

    public static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
