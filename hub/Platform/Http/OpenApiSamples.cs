using System.Globalization;
using System.Text.Json.Nodes;
using CineGit.Hub.Platform.Auth;
using Microsoft.OpenApi;

namespace CineGit.Hub.Platform.Http;

/// <summary>
/// Examples of bodies, put together from their schemas: what is called the same is told alike wherever it occurs. A test sends
/// those of requests to the running hub.
/// </summary>
public sealed class OpenApiSamples(OpenApiDocument document)
{
    const int Deepest = 24;

    const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    const string Id = "0198c2f4-5a36-7c3e-9d41-2b7f6a1c8e05";
    const string Moment = "2026-11-20T09:30:00+00:00";
    const string Permit = "project.read";

    /// <summary>By property; with the name of its schema before it where that matters. Null is for null.</summary>
    static readonly Dictionary<string, JsonNode?> Known = new(StringComparer.Ordinal)
    {
        ["ChangePasswordRequest.current"] = "correct horse battery staple",
        ["CreateGuestLinkRequest.cutRequest"] = null,
        ["CreateGuestLinkRequest.name"] = "The director",
        ["CreateInvitationRequest.project"] = null,
        ["CreateInvitationRequest.projectRole"] = null,
        ["CreateBranchRequest.name"] = "kims-trims",
        ["CreateTagRequest.name"] = "screening-1",
        ["CreateTokenRequest.name"] = "Nightly report",
        ["PushRequest.branch"] = "main",
        ["ResolveRequest.value"] = null,
        ["ReportCheckRequest.findings"] = null,
        ["SetProtectionRequest.mergePeople"] = null,
        ["ProviderStartRequest.invitation"] = null,
        ["BranchResponse.name"] = "main",
        ["VersionResponse.id"] = Hash,
        ["TagResponse.name"] = "screening-1",
        ["approvals"] = 1,
        ["authorName"] = "Kim Editor",
        ["base"] = Hash,
        ["baseVersion"] = Hash,
        ["branch"] = "main",
        ["branches"] = "main",
        ["checks"] = "gaps",
        ["choice"] = "ours",
        ["code"] = "492039",
        ["comment"] = "The pause is right now.",
        ["common"] = Hash,
        ["cut"] = Hash,
        ["description"] = "Tighter opening.",
        ["displayName"] = "Kim Editor",
        ["email"] = "kim@example.com",
        ["expectedHead"] = Hash,
        ["expectedSource"] = Hash,
        ["expectedTarget"] = Hash,
        ["expiresInDays"] = 14,
        ["from"] = Hash,
        ["have"] = Hash,
        ["head"] = Hash,
        ["link"] = "https://cinegit.example.com/reports/12",
        ["longestSeconds"] = 5400,
        ["machineName"] = "Bay 2",
        ["mergePeople"] = Id,
        ["mergeRoles"] = Roles.Producer,
        ["mergedVersion"] = Hash,
        ["message"] = "Trimmed the opening",
        ["mostPeople"] = 10,
        ["name"] = "The Film",
        ["native"] = Hash,
        ["nativeName"] = "reel1.edl",
        ["organizationName"] = "Example Pictures",
        ["parents"] = Hash,
        ["passphrase"] = "eight or more",
        ["password"] = "correct horse battery staple",
        ["permissions"] = Permit,
        ["project"] = "the-film",
        ["proof"] = "MEUCIQDq3n0pY2xvc2VkLXByb29mLW9mLXRoZS1iYXkCIA==",
        ["publicKey"] = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEgL67413EQyrSYrTRW5oRMOmQgCU9RcB7mgKXpZSs7W3xlEfRjw0MGBs2eSGZ9OEwejnnHikESWB3VFgvaeY9Ig==",
        ["role"] = Roles.Editor,
        ["scopes"] = Permit,
        ["seats"] = 5,
        ["shortestSeconds"] = 60,
        ["slug"] = "the-film",
        ["sourceBranch"] = "kims-trims",
        ["sourceHead"] = Hash,
        ["state"] = "passed",
        ["summary"] = "No gaps.",
        ["targetBranch"] = "main",
        ["targetHead"] = Hash,
        ["timecode"] = "01:00:12:05",
        ["title"] = "Kim's trims",
        ["to"] = "/",
        ["token"] = "the secret of the letter",
        ["userCode"] = "WDJB-MJHT",
        ["verdict"] = "approved",
        ["version"] = Hash,
    };

    public JsonNode? Of(IOpenApiSchema schema) => Of(schema, "", "", 0);

    /// <param name="owner">The name of the schema that it is part of.</param>
    /// <param name="name">What it is called there.</param>
    JsonNode? Of(IOpenApiSchema schema, string owner, string name, int depth)
    {
        if (Known.TryGetValue($"{owner}.{name}", out var exact)) return Several(schema, exact);
        if (schema is OpenApiSchemaReference reference)
        {
            var id = reference.Reference.Id ?? "";
            return document.Components?.Schemas?.TryGetValue(id, out var target) is true && depth < Deepest ? Of(target, id, "", depth + 1) : null;
        }

        if ((schema.OneOf ?? schema.AnyOf) is { Count: > 0 } choices) return Of(choices.First(choice => choice.Type != JsonSchemaType.Null), owner, name, depth);
        if (schema.Enum is { Count: > 0 } words) return words[0].DeepClone();
        if (schema.Properties is { Count: > 0 } properties) return OfObject(properties, owner, depth);
        if (schema.Items is { } item) return Of(item, owner, name, depth + 1) is { } one ? new JsonArray(one) : new JsonArray();
        return Known.TryGetValue(name, out var known) ? known?.DeepClone() : OfType(schema, name);
    }

    JsonObject OfObject(IDictionary<string, IOpenApiSchema> properties, string owner, int depth) => new(
        properties.Select(property => KeyValuePair.Create(property.Key, Of(property.Value, owner, property.Key, depth + 1))));

    static JsonNode? Several(IOpenApiSchema schema, JsonNode? sample) =>
        sample is not null && schema.Items is not null ? new JsonArray(sample.DeepClone()) : sample?.DeepClone();

    static JsonNode? OfType(IOpenApiSchema schema, string name) => schema switch
    {
        { Type: { } type } when type.HasFlag(JsonSchemaType.Boolean) => true,
        { Type: { } type } when type.HasFlag(JsonSchemaType.Integer) || type.HasFlag(JsonSchemaType.Number) => 1,
        { Format: "uuid" } => Id,
        { Format: "date-time" } => Moment,
        { Type: { } type } when type.HasFlag(JsonSchemaType.Object) => new JsonObject(),
        { Type: { } type } when type.HasFlag(JsonSchemaType.String) => string.Create(CultureInfo.InvariantCulture, $"the {name}"),
        _ => null,
    };
}
