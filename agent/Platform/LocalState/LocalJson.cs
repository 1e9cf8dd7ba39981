using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CineGit.Agent.Platform.HubClient;

namespace CineGit.Agent.Platform.LocalState;

/// <summary>What lies in <c>.cinegit/</c> and in the user's own folder, as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = false, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(WorkingCopyConfig))]
[JsonSerializable(typeof(RefsFile))]
[JsonSerializable(typeof(StoredVersion))]
[JsonSerializable(typeof(JournalEntry))]
[JsonSerializable(typeof(StoredTokens))]
internal sealed partial class LocalJson : JsonSerializerContext
{
    /// <exception cref="LocalStateException">The file is not what this program wrote.</exception>
    public static T Read<T>(string path, ReadOnlySpan<byte> bytes, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, type) ?? throw Damaged(path, "it is empty");
        }
        catch (JsonException e)
        {
            throw Damaged(path, e.Message.TrimEnd('.'));
        }
    }

    static LocalStateException Damaged(string path, string why) =>
        new(LocalProblem.Damaged, $"{path} is damaged ({why}); restore it from a backup, or clone the project again into another folder.");
}
