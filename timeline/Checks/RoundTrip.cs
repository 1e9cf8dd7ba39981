using System.Buffers;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Identity;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Checks;

/// <summary>Whether the cut that would be stored is the cut that comes back, byte for byte and with the same hash.</summary>
static class RoundTrip
{
    public static void Check(Inspection inspection)
    {
        // Time that runs backwards cannot be written at all, and is a finding already.
        if (inspection.Found.Any(f => f is { Severity: Severity.Error, Code: DiagnosticCodes.CutOverlap or DiagnosticCodes.CutNoLength })) return;
        var bytes = new ArrayBufferWriter<byte>();
        CanonicalForm.Write(CutWriter.Write(inspection.Cut), bytes);
        if (Breach(bytes.WrittenMemory) is not { } breach) return;
        inspection.AboutCut(
            DiagnosticCodes.CutUnstable,
            Severity.Error,
            $"Stored and read again, this cut would differ ({breach}). That is a fault of CineGit, not of the cut; please report it with the file.");
    }

    static string? Breach(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var again = CutReader.Read(OtioReader.Read(bytes, new DiagnosticBag()), new DiagnosticBag());
            return CanonicalForm.Hash(CutWriter.Write(again)) == ContentHash.Of(bytes.Span) ? null : "its hash changes";
        }
        catch (InterchangeFormatException refusal)
        {
            return refusal.Message.TrimEnd('.');
        }
    }
}
