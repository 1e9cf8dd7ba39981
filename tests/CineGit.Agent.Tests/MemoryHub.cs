using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CineGit.Contracts.Hub;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Objects;

namespace CineGit.Agent.Tests;

/// <summary>The hub's side of sync and sign-in for one project, in memory: what the command line is tried against here.</summary>
internal sealed class MemoryHub
{
    public const string Token = "access-1";

    const string Projects = "/api/v1/organizations/acme/projects";
    const string Film = Projects + "/film";

    readonly Lock _gate = new();
    readonly Dictionary<string, PackedVersion> _versions = [];
    readonly Dictionary<PackId, StoredTree> _trees = [];
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

    public int Versions
    {
        get
        {
            lock (_gate) return _versions.Count;
        }
    }

    /// <summary>Loses a version that no other builds on, as a hub does whose disk came back from a backup.</summary>
    public void Lose(string version, string branch, string? head)
    {
        lock (_gate)
        {
            _versions.Remove(version);
            _branches[branch] = head;
        }
    }

    public void Forget(string branch)
    {
        lock (_gate) _branches.Remove(branch);
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
                ["pushes"] => Push(request),
                ["negotiate"] => Negotiate(Read(request, HubJson.Default.NegotiateRequest)),
                ["fetches"] => Fetch(Read(request, HubJson.Default.FetchRequest)),
                ["branches"] when request.Method == "GET" => Json(200, [.. _branches.Keys.Select(Branch)], HubJson.Default.IReadOnlyListBranchResponse),
                ["branches"] => MakeBranch(Read(request, HubJson.Default.CreateBranchRequest)),
                ["branches", var name, ..] when !_branches.ContainsKey(name) => ServerAnswer.Problem(404, ProblemCodes.NotFound, "There is no such branch."),
                ["branches", var name] => Json(200, Branch(name), HubJson.Default.BranchResponse),
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

    ServerAnswer MakeBranch(CreateBranchRequest request)
    {
        if (!_branches.TryAdd(request.Name, request.From)) return ServerAnswer.Problem(409, ProblemCodes.NameTaken, "Taken.");
        return Json(201, Branch(request.Name), HubJson.Default.BranchResponse);
    }

    /// <summary>All or nothing; repeated, it is the same again.</summary>
    ServerAnswer Push(ServerRequest request)
    {
        using var body = new MemoryStream(request.Body);
        var head = VersionStream.ReadHeadAsync(body, HubJson.Default.PushRequest, CancellationToken.None).GetAwaiter().GetResult();
        var versions = VersionStream.ReadVersionsAsync(body, CancellationToken.None).ToBlockingEnumerable().ToList();
        if (head.Branch is { } there && !_branches.ContainsKey(there)) return ServerAnswer.Problem(404, ProblemCodes.NotFound, "There is no such branch.");
        var known = _versions.Keys.ToHashSet();
        foreach (var version in versions)
        {
            if (version.Version.Parents.Any(p => !known.Contains(p))) return ServerAnswer.Problem(422, ProblemCodes.MissingObject, "Incomplete.");
            known.Add(VersionIdentity.IdOf(version.Version));
        }

        if (head is { Branch: { } name } && _branches[name] != head.ExpectedHead && _branches[name] != head.Head)
            return ServerAnswer.Problem(409, ProblemCodes.BranchStale, "Moved.", $",\"actualHead\":\"{_branches[name]}\"");
        if (head.Head is { } moved && !known.Contains(moved)) return ServerAnswer.Problem(422, ProblemCodes.MissingObject, "No such head.");
        foreach (var version in versions) Keep(version);
        if (head.Branch is { } branch) _branches[branch] = head.Head;
        return Json(200, new(head.Branch is null ? null : head.Head), HubJson.Default.PushResponse);
    }

    /// <summary>What does not hold ends the test with the exception that says why.</summary>
    void Keep(PackedVersion version)
    {
        var id = VersionIdentity.IdOf(version.Version);
        var parents = version.Version.Parents.Select(Hash).ToList();
        Receive(PackId.OfCut(Hash(id)), version.CutPack, version.Version.Cut, parents.Select(p => _trees[PackId.OfCut(p)]));
        if (version.Version.Native is { } native)
        {
            var before = parents.Select(p => _trees.GetValueOrDefault(PackId.OfNative(p))).OfType<StoredTree>();
            Receive(PackId.OfNative(Hash(id)), version.NativePack, native, before);
        }

        _versions[id] = version;
    }

    void Receive(PackId id, ReadOnlyMemory<byte> pack, string root, IEnumerable<StoredTree> parents) =>
        _trees[id] = TreeReader.Receive(Pack.Read(id, pack), Hash(root), parents);

    static ContentHash Hash(string hex) => ContentHash.TryParse(hex, out var hash) ? hash : throw new InvalidOperationException($"{hex} is no hash.");

    ServerAnswer Negotiate(NegotiateRequest request) => Json(
        200, new([.. request.Have.Where(_versions.ContainsKey)], [.. _branches.Keys.Select(Branch)]), HubJson.Default.NegotiateResponse);

    ServerAnswer Fetch(FetchRequest request)
    {
        if (request.Branches?.FirstOrDefault(b => !_branches.ContainsKey(b)) is { } unknown)
            return ServerAnswer.Problem(404, ProblemCodes.NotFound, $"There is no branch {unknown}.");
        var branches = (request.Branches ?? [.. _branches.Keys]).Select(Branch).ToList();
        var there = LeadingTo(request.Have.Where(_versions.ContainsKey), []);
        var sent = LeadingTo(branches.Select(b => b.Head).OfType<string>(), there).OrderBy(Generation).ToList();
        using var body = new MemoryStream();
        VersionStream.WriteHeadAsync(body, new FetchResponse(branches, sent.Count), HubJson.Default.FetchResponse, CancellationToken.None).GetAwaiter().GetResult();
        foreach (var id in sent) VersionStream.WriteVersionAsync(body, _versions[id], CancellationToken.None).GetAwaiter().GetResult();
        VersionStream.WriteEndAsync(body, CancellationToken.None).GetAwaiter().GetResult();
        return new(200, body.ToArray(), VersionStream.ContentType);
    }

    HashSet<string> LeadingTo(IEnumerable<string> heads, HashSet<string> without)
    {
        var found = new HashSet<string>();
        var queue = new Queue<string>(heads);
        while (queue.TryDequeue(out var id))
        {
            if (without.Contains(id) || !found.Add(id)) continue;
            foreach (var parent in _versions[id].Version.Parents) queue.Enqueue(parent);
        }

        return found;
    }

    BranchResponse Branch(string name) =>
        new(name, _branches[name], _versions.Count, _branches[name] is { } head ? Response(head) : null);

    VersionResponse Response(string id)
    {
        var v = _versions[id].Version;
        return new(id, v.Parents, v.Cut, v.Native, v.NativeName, v.AuthorName, v.Message, v.CreatedAt, Generation(id));
    }

    int Generation(string id) => _versions[id].Version.Parents.Select(Generation).DefaultIfEmpty(0).Max() + 1;

    static T Read<T>(ServerRequest request, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(request.Body, type) ?? throw new InvalidOperationException("An empty body.");

    static ServerAnswer Json<T>(int status, T value, JsonTypeInfo<T> type) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, type), "application/json");
}
