using System.Buffers.Text;

namespace CineGit.Hub.Platform.Auth;

/// <summary>What a link into an organization carries: the organization, then the secret whose hash is kept.</summary>
public sealed record LinkSecret(Guid Organization, string Secret)
{
    const int GuidLetters = 22;

    public byte[] Hash => Auth.Secret.HashOf(Secret);

    public static LinkSecret Create(Guid organization) => new(organization, Auth.Secret.Create());

    /// <summary>Null when it is none, by its form.</summary>
    public static LinkSecret? Parse(string? text)
    {
        const int guidBytes = 16;
        return text is { Length: > GuidLetters and < 200 }
            && Base64Url.IsValid(text.AsSpan(0, GuidLetters), out var decoded) && decoded == guidBytes
                ? new LinkSecret(new Guid(Base64Url.DecodeFromChars(text.AsSpan(0, GuidLetters))), text[GuidLetters..])
                : null;
    }

    public override string ToString() => Base64Url.EncodeToString(Organization.ToByteArray()) + Secret;
}
