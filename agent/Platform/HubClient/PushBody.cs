using System.Net;
using System.Net.Http.Headers;
using CineGit.Contracts.Hub;

namespace CineGit.Agent.Platform.HubClient;

/// <summary>A push as it is sent, written to the line and not to memory first.</summary>
internal sealed class PushBody : HttpContent
{
    readonly PushRequest _request;
    readonly IReadOnlyList<PackedVersion> _versions;

    public PushBody(PushRequest request, IReadOnlyList<PackedVersion> versions)
    {
        _request = request;
        _versions = versions;
        Headers.ContentType = new MediaTypeHeaderValue(VersionStream.ContentType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await VersionStream.WriteHeadAsync(stream, _request, HubJson.Default.PushRequest, cancellationToken);
        foreach (var version in _versions) await VersionStream.WriteVersionAsync(stream, version, cancellationToken);
        await VersionStream.WriteEndAsync(stream, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
