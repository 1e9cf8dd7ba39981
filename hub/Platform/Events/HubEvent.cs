using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CineGit.Contracts.Hub;

namespace CineGit.Hub.Platform.Events;

/// <summary>What is to be told once the transaction that made it true is committed.</summary>
/// <param name="Name">See <see cref="EventNames"/>.</param>
/// <param name="Detail">Its record, in JSON.</param>
public sealed record HubEvent(string Name, string Detail)
{
    public static HubEvent Of<T>(string name, T detail, JsonTypeInfo<T> type) => new(name, JsonSerializer.Serialize(detail, type));

    public static HubEvent Of(string name, CutRequestEvent request) => Of(name, request, HubJson.Default.CutRequestEvent);
}

/// <summary>An event as listeners get it.</summary>
/// <param name="ProjectSlug">Null when it is about the organization.</param>
/// <param name="Json">The whole <see cref="EventResponse"/>.</param>
public sealed record StoredEvent(long Sequence, string Name, string? ProjectSlug, string Json)
{
    /// <summary>As it goes out, put into words once for all who listen.</summary>
    public ReadOnlyMemory<byte> Frame { get; } = FrameOf(Name, Json, Sequence);

    /// <summary>One server-sent event; no part of it has a line break.</summary>
    public static ReadOnlyMemory<byte> FrameOf(string name, string data, long id) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"event: {name}\ndata: {data}\nid: {id}\n\n"));
}
