using System.Collections.Concurrent;
using CineGit.Hub.Platform.Database;

namespace CineGit.Hub.Platform.Events;

/// <summary>Tells open streams that their person's session, token, membership or account changed, on whichever node that was.</summary>
public sealed class AuthorizationChanges
{
    readonly ConcurrentDictionary<Guid, TaskCompletionSource> _people = new();

    public AuthorizationChanges(DatabaseSignals signals)
    {
        signals.AuthorizationChanged += Tell;
        signals.Resumed += () =>
        {
            foreach (var person in _people.Keys) Tell(person);
        };
    }

    /// <summary>Ends with the next change after this was asked for.</summary>
    public Task NextOf(Guid user) =>
        _people.GetOrAdd(user, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    void Tell(Guid user)
    {
        if (_people.TryRemove(user, out var waiting)) waiting.TrySetResult();
    }
}
