using System.Globalization;
using System.Reflection;
using System.Text;
using CineGit.Contracts.Hub;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;

namespace CineGit.Hub.Platform.Http;

/// <summary>The OpenAPI document: what the framework cannot see, read off the routes themselves.</summary>
public static class OpenApiDescription
{
    const string ProblemJson = "application/problem+json";
    const string ProblemSchema = "Problem";

    public static IServiceCollection AddHubOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", openApi =>
    {
        openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "CineGit hub";
            document.Info.Description =
                "Every version of a cut, compared and merged. Problems are application/problem+json with a stable code.";
            document.Components ??= new OpenApiComponents();
            document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
            document.Components.Schemas[ProblemSchema] = Problem();
            AddExamples(document);
            return Task.CompletedTask;
        });
        openApi.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context.Description, new OpenApiSchemaReference(ProblemSchema, context.Document));
            return Task.CompletedTask;
        });
    });

    static void Describe(OpenApiOperation operation, ApiDescription route, IOpenApiSchema problem)
    {
        var metadata = route.ActionDescriptor.EndpointMetadata;
        operation.Summary ??= metadata.OfType<MethodInfo>().FirstOrDefault() is { } handler
            ? Words(handler.Name) + Of(operation)
            : $"{route.HttpMethod} {route.RelativePath}";
        var isOpen = metadata.OfType<IAllowAnonymous>().Any();
        operation.Responses ??= [];
        if (operation.RequestBody is not null || operation.Parameters is { Count: > 0 })
        {
            AddProblem(operation, problem, "400", ProblemCodes.InvalidRequest, "A field is missing or malformed.");
        }

        if (!isOpen) AddProblem(operation, problem, "401", ProblemCodes.NotSignedIn, "Not signed in.");
        if (route.RelativePath?.Contains("{organization}", StringComparison.Ordinal) is true)
        {
            AddProblem(operation, problem, "404", ProblemCodes.NotFound, "Not there, or not yours.");
        }

        if (operation.RequestBody is not null) AddProblem(operation, problem, "413", ProblemCodes.TooLarge, "The body is too large.");
        AddProblem(operation, problem, "429", ProblemCodes.SlowDown, "Too many requests; Retry-After says when.");
        AddProblem(operation, problem, "default", ProblemCodes.InternalError, "Any other refusal, told by its code.");
        if (route.HttpMethod is { } method && !HttpMethods.IsGet(method) && !isOpen) AddKey(operation);
    }

    /// <summary>Of all bodies that are JSON; the others are bytes.</summary>
    static void AddExamples(OpenApiDocument document)
    {
        var samples = new OpenApiSamples(document);
        var operations = document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(each => each.Value).ToList();
        var bodies = operations.Select(operation => operation.RequestBody?.Content)
            .Concat(operations.SelectMany(operation => operation.Responses ?? []).Select(each => each.Value.Content));
        foreach (var (type, body) in bodies.OfType<IDictionary<string, OpenApiMediaType>>().SelectMany(content => content))
        {
            if (type == "application/json" && body is { Schema: { } schema, Example: null }) body.Example = samples.Of(schema);
        }
    }

    static void AddProblem(OpenApiOperation operation, IOpenApiSchema problem, string status, string code, string words)
    {
        var body = new OpenApiMediaType
        {
            Schema = problem,
            Example = new System.Text.Json.Nodes.JsonObject
            {
                ["title"] = words,
                ["status"] = int.TryParse(status, CultureInfo.InvariantCulture, out var number) ? number : StatusCodes.Status500InternalServerError,
                ["detail"] = "What is wrong, in a sentence, and what to do.",
                ["code"] = code,
                ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
            },
        };
        operation.Responses ??= [];
        operation.Responses[status] = new OpenApiResponse
        {
            Description = words,
            Content = new Dictionary<string, OpenApiMediaType> { [ProblemJson] = body },
        };
    }

    static void AddKey(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = IdempotencyKeys.Header,
            In = ParameterLocation.Header,
            Description = "Any text of 1 to 200 characters. The same request with the same key is carried out once, and answered alike for a day.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKeys.Longest },
        });
    }

    static OpenApiSchema Problem() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "RFC 9457. Programs switch on code.",
        Required = new HashSet<string> { "title", "status", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["code"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. ProblemCodes.All.Select(code => (System.Text.Json.Nodes.JsonNode)System.Text.Json.Nodes.JsonValue.Create(code))],
            },
            ["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Finds the request in the hub's log." },
        },
    };

    /// <summary>SignOutAsync: "Sign out".</summary>
    static string Words(string handler)
    {
        var name = handler.EndsWith("Async", StringComparison.Ordinal) ? handler[..^"Async".Length] : handler;
        var words = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0) words.Append(' ');
            words.Append(words.Length == 0 ? letter : char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    static string Of(OpenApiOperation operation) => operation.Tags?.FirstOrDefault()?.Name is { Length: > 0 } tag ? $" · {tag}" : "";
}
