using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CineGit.Hub.Features.Identity;

/// <summary>Codes of authenticator apps: RFC 6238 over HMAC-SHA1, 30 seconds, six digits, which is what the apps know.</summary>
public static class OneTimeCode
{
    const int Period = 30;
    const int Digits = 6;

    const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The period that a code belongs to: this one or a neighbour, for clocks that differ; null when it is none of theirs.</summary>
    public static long? StepOf(string key, string code, DateTimeOffset now)
    {
        var secret = Decode(key);
        var present = now.ToUnixTimeSeconds() / Period;
        long? found = null;
        for (var step = present - 1; step <= present + 1; step++)
        {
            var expected = Encoding.ASCII.GetBytes(At(secret, step));
            if (CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(code))) found = step;
        }

        return found;
    }

    public static string At(string key, DateTimeOffset now) => At(Decode(key), now.ToUnixTimeSeconds() / Period);

    /// <summary>What an app reads from a QR code.</summary>
    public static string Address(string key, string email) =>
        $"otpauth://totp/CineGit:{Uri.EscapeDataString(email)}?secret={key}&issuer=CineGit&digits={Digits}&period={Period}";

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 with SHA-1 is what authenticator apps speak; its collisions do not matter to an HMAC.")]
    static string At(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var hash = HMACSHA1.HashData(secret, counter);
        var offset = hash[^1] & 0x0f;
        var value = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(offset)) & 0x7fff_ffff;
        return (value % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The framework's keys: base32 (RFC 4648) without padding.</summary>
    static byte[] Decode(string key)
    {
        var bytes = new List<byte>();
        var (bits, held) = (0, 0);
        foreach (var letter in key)
        {
            held = ((held << 5) | Base32.IndexOf(letter, StringComparison.Ordinal)) & 0xfff;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)((held >> bits) & 0xff));
        }

        return [.. bytes];
    }
}
