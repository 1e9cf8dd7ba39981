using System.Text.Json;

namespace CineGit.Evaluation.Judge;

/// <summary>The ids that a merged file gives its clips.</summary>
static class SeenIds
{
    /// <summary>Track by track in record order; null for a clip without one.</summary>
    public static IReadOnlyList<IReadOnlyList<string?>> Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. document.RootElement.GetProperty("tracks").GetProperty("children").EnumerateArray().Select(OfTrack)];
    }

    static IReadOnlyList<string?> OfTrack(JsonElement track) =>
        [.. from child in track.GetProperty("children").EnumerateArray()
            where child.GetProperty("OTIO_SCHEMA").GetString()?.StartsWith("Clip.", StringComparison.Ordinal) == true
            select child.GetProperty("metadata").TryGetProperty("cinegit", out var own) && own.TryGetProperty("id", out var id) ? id.GetString() : null];
}
