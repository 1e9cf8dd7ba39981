using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CineGit.Hub.Platform.Host;

/// <summary>
/// Where people reach the hub, for links that leave it. Never the Host header of a request: whoever asks for somebody else's letter
/// would write the link in it.
/// </summary>
public sealed class PublicAddress(HubOptions options, IServer server)
{
    public string Of(string path) =>
        (options.PublicUrl ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? options.Url).TrimEnd('/') + path;
}
