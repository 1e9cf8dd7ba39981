using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CineGit.Contracts.Hub;
using Microsoft.Playwright;

namespace CineGit.EndToEnd.Tests;

/// <summary>What a person's authenticator app does, without the app.</summary>
static class SecondFactor
{
    const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const int StepSeconds = 30;

    const string Ask = """
        async ([method, address, body]) => {
            const session = await (await fetch('/api/v1/session')).json();
            const answer = await fetch(address, {
                method,
                headers: { 'Content-Type': 'application/json', 'X-CineGit-Antiforgery': session.antiForgery },
                body: JSON.stringify(body),
            });
            if (!answer.ok) throw new Error(await answer.text());
            return answer.json();
        }
        """;

    /// <summary>Turns it on for the person signed in on the page.</summary>
    /// <returns>One of the recovery codes.</returns>
    public static async Task<string> EnableAsync(IPage page, string password)
    {
        var begun = await AskAsync(page, "POST", HubRoutes.AccountTwoFactor, new { password });
        var code = CodeOf(begun.GetProperty("key").GetString() ?? "", TimeProvider.System.GetUtcNow());
        var enabled = await AskAsync(page, "PUT", HubRoutes.AccountTwoFactor, new { code });
        return enabled.GetProperty("codes")[0].GetString() ?? "";
    }

    static async Task<JsonElement> AskAsync(IPage page, string method, string address, object body) =>
        await page.EvaluateAsync<JsonElement>(Ask, new[] { method, address, body });

    /// <summary>RFC 6238 with SHA-1, six digits and steps of 30 seconds.</summary>
    static string CodeOf(string key, DateTimeOffset now)
    {
        Span<byte> step = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(step, now.ToUnixTimeSeconds() / StepSeconds);
#pragma warning disable CA5350 // What authenticator apps compute.
        var hash = HMACSHA1.HashData(Decode(key), step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    static byte[] Decode(string key)
    {
        var (bytes, bits, held) = (new List<byte>(), 0, 0);
        foreach (var letter in key.Where(char.IsAsciiLetterOrDigit))
        {
            bits = ((bits << 5) | Base32.IndexOf(letter, StringComparison.OrdinalIgnoreCase)) & 0xFFFF;
            held += 5;
            if (held < 8) continue;
            held -= 8;
            bytes.Add((byte)((bits >> held) & 0xFF));
        }

        return [.. bytes];
    }
}
