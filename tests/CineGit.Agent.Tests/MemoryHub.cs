using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Tests;

/// <summary>The hub's side of sync and sign-in for one project, in memory: what the command line is tried against here.</summary>
internal sealed class MemoryHub
{
    public const string Token = "access-1";

    const string Projects = "/api/v1/organizations/acme/projects";
    const string Film = Projects + "/film";

    readonly Lock _gate = new();
    readonly Dictionary<string, byte[]> _objects = [];
    readonly Dictionary<string, VersionRecord> _versions = [];
    readonly Dictionary<string, string?> _branches = [];
    bool _project;

    public int Pending { get; set; }

    public string? Denied { get; set; }

    public int Refreshes { get; private set; }

    public HashSet<string> GoodTokens { get; } = [Token];

    public string? Head(string branch)
    {
        lock (_gate) return _branches.GetValueOrDefault(branch);
    }

    public int Objects
    {
        get
        {
            lock (_gate) return _objects.Count;
        }
    }

    public ServerAnswer Answer(ServerRequest request)
    {
        lock (_gate)
        {
            if (request.Path.StartsWith("/api/v1/device/", StringComparison.Ordinal)) return Device(request);
            if (request.Token is null || !GoodTokens.Contains(request.Token)) return ServerAnswer.Problem(401, ProblemCodes.NotSignedIn, "Sign in.");
            if (request.Path == Projects) return ProjectList(request);
            if (!_project) return ServerAnswer.Problem(404, ProblemCodes.NotFound, "There is no such project.");
            var rest = request.Path[Film.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
            return rest switch
            {
                ["objects", var hash] => Object(request, hash),
                ["branches"] when request.Method == "GET" => Json(200, [.. _branches.Keys.Select(Branch)], HubJson.Default.IReadOnlyListBranchResponse),
                ["branches"] => MakeBranch(Read(request, HubJson.Default.CreateBranchRequest)),
                ["branches", var name, ..] when !_branches.ContainsKey(name) => ServerAnswer.Problem(404, ProblemCodes.NotFound, "There is no such branch."),
                ["branches", var name] => Json(200, Branch(name), HubJson.Default.BranchResponse),
                ["branches", var name, "history"] => History(name, request.Query),
                ["branches", var name, "pushes"] => Push(name, Read(request, HubJson.Default.PushRequest)),
                _ => ServerAnswer.Problem(404, ProblemCodes.NotFound, "Nothing is there."),
            };
        }
    }

    ServerAnswer Device(ServerRequest request)
    {
        switch (request.Path)
        {
            case HubRoutes.DeviceCodes:
                return ServerAnswer.Json(200, """{"deviceCode":"secret","userCode":"WDJB-MJHT","verificationUri":"http://hub/device?code=WDJB-MJHT","expiresInSeconds":60,"intervalSeconds":1}""");
            case HubRoutes.DeviceTokens when Denied is { } code:
                return ServerAnswer.Problem(400, code, "No.");
            case HubRoutes.DeviceTokens when Pending-- > 0:
                return ServerAnswer.Problem(400, ProblemCodes.AuthorizationPending, "Not yet.");
            case HubRoutes.DeviceRefresh when Refreshes > 0 || !System.Text.Encoding.UTF8.GetString(request.Body).Contains("refresh-1", StringComparison.Ordinal):
                return ServerAnswer.Problem(400, ProblemCodes.Expired, "This was used.");
            case HubRoutes.DeviceRefresh:
                Refreshes++;
                GoodTokens.Add("access-2");
                return Tokens("access-2", "refresh-2");
            default:
                return Tokens(Token, "refresh-1");
        }
    }

    static ServerAnswer Tokens(string access, string refresh) => ServerAnswer.Json(
        200, $$$"""{"accessToken":"{{{access}}}","refreshToken":"{{{refresh}}}","expiresInSeconds":900,"user":{"id":"00000000-0000-0000-0000-000000000001","displayName":"Grace","email":"g@example.com"}}""");

    ServerAnswer ProjectList(ServerRequest request)
    {
        if (request.Method == "POST") _project = true;
        const string One = """{"id":"00000000-0000-0000-0000-000000000002","slug":"film","name":"film","createdAt":"2026-01-01T00:00:00Z","branches":0,"openCutRequests":0}""";
        return ServerAnswer.Json(200, request.Method == "POST" ? One : _project ? $"[{One}]" : "[]");
    }

    ServerAnswer Object(ServerRequest request, string hash)
    {
        if (request.Method == "PUT")
        {
            if (Timeline.Identity.ContentHash.Of(request.Body).Hex != hash) return ServerAnswer.Problem(422, ProblemCodes.HashMismatch, "Other bytes.");
            _objects[hash] = request.Body;
            return ServerAnswer.Json(200, "{}");
        }

        return _objects.TryGetValue(hash, out var bytes)
            ? new(200, bytes, "application/octet-stream")
            : ServerAnswer.Problem(404, ProblemCodes.NotFound, "No such object.");
    }

    ServerAnswer MakeBranch(CreateBranchRequest request)
    {
        if (!_branches.TryAdd(request.Name, request.From)) return ServerAnswer.Problem(409, ProblemCodes.NameTaken, "Taken.");
        return Json(201, Branch(request.Name), HubJson.Default.BranchResponse);
    }

    ServerAnswer Push(string branch, PushRequest request)
    {
        if (_branches[branch] != request.ExpectedHead)
            return ServerAnswer.Problem(409, ProblemCodes.BranchStale, "Moved.", $",\"actualHead\":\"{_branches[branch]}\"");
        foreach (var version in request.Versions)
        {
            if (!_objects.ContainsKey(version.Cut) || version.Parents.Any(p => !_versions.ContainsKey(p)))
                return ServerAnswer.Problem(422, ProblemCodes.MissingObject, "Incomplete.");
            _versions[VersionIdentity.IdOf(version)] = version;
        }

        var head = VersionIdentity.IdOf(request.Versions[^1]);
        _branches[branch] = head;
        return Json(200, new(head), HubJson.Default.PushResponse);
    }

    /// <summary>Two to a page, so that a second page is asked for.</summary>
    ServerAnswer History(string branch, string query)
    {
        var all = new List<VersionResponse>();
        var queue = new Queue<string>(_branches[branch] is { } head ? [head] : []);
        while (queue.TryDequeue(out var id))
        {
            if (all.Exists(v => v.Id == id)) continue;
            all.Add(Response(id));
            foreach (var parent in _versions[id].Parents) queue.Enqueue(parent);
        }

        all.Sort((a, b) => b.Generation.CompareTo(a.Generation));
        var from = query.Length == 0 ? 0 : int.Parse(query["?cursor=".Length..], System.Globalization.CultureInfo.InvariantCulture);
        var next = from + 2 < all.Count ? (from + 2).ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        return Json(200, new([.. all.Skip(from).Take(2)], next), HubJson.Default.HistoryResponse);
    }

    BranchResponse Branch(string name) =>
        new(name, _branches[name], _versions.Count, _branches[name] is { } head ? Response(head) : null);

    VersionResponse Response(string id)
    {
        var v = _versions[id];
        return new(id, v.Parents, v.Cut, v.Native, v.NativeName, v.AuthorName, v.Message, v.CreatedAt, Generation(id));
    }

    int Generation(string id) => _versions[id].Parents.Select(Generation).DefaultIfEmpty(0).Max() + 1;

    static T Read<T>(ServerRequest request, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(request.Body, type) ?? throw new InvalidOperationException("An empty body.");

    static ServerAnswer Json<T>(int status, T value, JsonTypeInfo<T> type) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, type), "application/json");
}
