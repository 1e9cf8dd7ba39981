using System.Text.Json;
using CineGit.Agent.Platform.LocalState;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Platform.HubClient;

/// <param name="Hub">Whose tokens.</param>
/// <param name="AccessToken">For requests.</param>
/// <param name="RefreshToken">Gives the next pair, once.</param>
/// <param name="ExpiresAt">When the access token ends, UTC.</param>
/// <param name="UserName">Who is signed in; the author of commits.</param>
/// <param name="Email">Shown by status.</param>
internal sealed record StoredTokens(Uri Hub, string AccessToken, string RefreshToken, DateTimeOffset ExpiresAt, string UserName, string Email);

/// <summary>One hub's tokens on disk, readable by their owner only and renewed by one process at a time.</summary>
internal sealed class HubTokens(CineGitHome home, Uri hub, TimeProvider clock)
{
    /// <summary>A token this close to its end is renewed before it is used: clocks differ and uploads take time.</summary>
    static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    /// <summary>Longer than a renewal may take, so that a waiting process sees the result of the one before it.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly (string Tokens, string Lock) _files = home.TokenFiles(hub);

    public async Task<StoredTokens?> ReadAsync(CancellationToken ct)
    {
        if (!File.Exists(_files.Tokens)) return null;
        return LocalJson.Read(_files.Tokens, await File.ReadAllBytesAsync(_files.Tokens, ct), LocalJson.Default.StoredTokens);
    }

    public async Task SaveAsync(TokenResponse answer, CancellationToken ct)
    {
        CineGitHome.MakePrivateFolder(home.Folder);
        CineGitHome.MakePrivateFolder(Path.GetDirectoryName(_files.Tokens) ?? home.Folder);
        var tokens = new StoredTokens(
            hub,
            answer.AccessToken,
            answer.RefreshToken,
            clock.GetUtcNow().AddSeconds(answer.ExpiresInSeconds),
            answer.User.DisplayName,
            answer.User.Email);
        await AtomicFile.WritePrivateAsync(
            _files.Tokens, JsonSerializer.SerializeToUtf8Bytes(tokens, LocalJson.Default.StoredTokens), ct);
    }

    /// <summary>False when there was nobody signed in.</summary>
    public bool Delete()
    {
        if (!File.Exists(_files.Tokens)) return false;
        File.Delete(_files.Tokens);
        new BayKey(home, hub).Delete();
        return true;
    }

    /// <summary>A token to send; renewed first when it has ended or is the one that the hub has just refused.</summary>
    /// <exception cref="NotSignedInException">There is none, or the hub gives no further one.</exception>
    public async Task<string> AccessTokenAsync(
        string? refused, Func<RefreshRequest, CancellationToken, Task<TokenResponse>> refresh, CancellationToken ct)
    {
        var stored = await ReadAsync(ct) ?? throw new NotSignedInException(hub);
        if (IsUsable(stored, refused)) return stored.AccessToken;

        using var held = await FileLock.TryTakeAsync(_files.Lock, Patience, clock, ct)
            ?? throw new LocalStateException(LocalProblem.Busy, $"Another cinegit has been renewing the sign-in to {hub} for {(int)Patience.TotalMinutes} minute; try again.");
        stored = await ReadAsync(ct) ?? throw new NotSignedInException(hub);
        if (IsUsable(stored, refused)) return stored.AccessToken;
        try
        {
            var proof = await new BayKey(home, hub).SignAsync(MachineProof.OfRefresh(stored.RefreshToken), ct);
            var answer = await refresh(new(stored.RefreshToken, proof), ct);
            await SaveAsync(answer, CancellationToken.None);
            return answer.AccessToken;
        }
        catch (HubProblemException ended) when (ended.Code is ProblemCodes.Expired or ProblemCodes.NotSignedIn or ProblemCodes.ProofRefused)
        {
            throw new NotSignedInException(hub);
        }
    }

    bool IsUsable(StoredTokens stored, string? refused) =>
        stored.AccessToken != refused && stored.ExpiresAt - clock.GetUtcNow() > Margin;
}
