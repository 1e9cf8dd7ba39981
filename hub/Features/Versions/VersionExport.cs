using System.Collections.Immutable;
using System.Globalization;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Projects;
using CineGit.Hub.Platform;
using CineGit.Hub.Platform.Auth;
using CineGit.Interchange;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Model;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CineGit.Hub.Features.Versions;

/// <summary>A version as a file for another program.</summary>
public static class VersionExport
{
    /// <summary>One per thing that the format could not say, percent-encoded; <see cref="DiagnosticCount"/> counts all of them.</summary>
    public const string DiagnosticHeader = "X-CineGit-Diagnostic";
    public const string DiagnosticCount = "X-CineGit-Diagnostics";

    /// <summary>A proxy refuses headers of more than a few kilobytes.</summary>
    const int MostDiagnostics = 10;
    const int LongestDiagnostic = 300;

    public static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> GetAsync(
        string project,
        string version,
        string? format,
        HttpResponse response,
        Membership member,
        ProjectAccess projects,
        CutCache cuts,
        CancellationToken ct)
    {
        if (TimelineFormats.ByName(format ?? "") is not { } writer)
        {
            return Problems.Invalid($"format '{format}' is none of {TimelineFormats.Names}.");
        }

        await using var tx = await projects.OpenAsync(member, project, ct);
        if (tx is null || await VersionStore.FindAsync(tx, version, ct) is not { } found) return Problems.NotFound();
        var cut = await cuts.OfVersionAsync(tx, found, ct);
        var file = Spool.Create(null);
        try
        {
            Report(response, writer.Write(cut.Document, file, WriteOptions.Alone));
            file.Position = 0;
            return TypedResults.Stream(file, "application/octet-stream", FileName(cut, found, writer));
        }
        catch (InterchangeFormatException unwritable)
        {
            await file.DisposeAsync();
            return Problems.Unprocessable(
                ProblemCodes.NotExportable, $"This version cannot be written as {writer.Name}: {unwritable.Message} ({unwritable.Location})");
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public static void Report(HttpResponse response, ImmutableArray<Diagnostic> diagnostics)
    {
        if (diagnostics.IsEmpty) return;
        response.Headers[DiagnosticCount] = diagnostics.Length.ToString(CultureInfo.InvariantCulture);
        foreach (var diagnostic in diagnostics.Take(MostDiagnostics))
        {
            var text = diagnostic.ToString();
            response.Headers.Append(DiagnosticHeader, Uri.EscapeDataString(text.Length > LongestDiagnostic ? text[..LongestDiagnostic] : text));
        }
    }

    /// <summary>The sequence's name without what a file system may not like, and enough of the version to tell two exports apart.</summary>
    static string FileName(Sequence cut, StoredVersion version, ITimelineFormat format)
    {
        const int longest = 80;
        var name = string.Concat(cut.Name.Where(c => !char.IsControl(c) && !"/\\:*?\"<>|".Contains(c, StringComparison.Ordinal))).Trim(' ', '.');
        if (name.Length > longest) name = name[..longest];
        return $"{(name.Length == 0 ? "cut" : name)} {version.Id[..8]}{format.Extensions[0]}";
    }
}
