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
        var document = CutWriter.Write(inspection.Cut);
        var bytes = Canonical(document);
        if (Breach(document, bytes.WrittenMemory) is not { } breach) return;
        inspection.AboutCut(
            DiagnosticCodes.CutUnstable,
            Severity.Error,
            $"Stored and read again, this cut would differ ({breach}). That is a fault of CineGit, not of the cut; please report it with the file.");
    }

    static string? Breach(OtioDocument document, ReadOnlyMemory<byte> bytes)
    {
        if (CanonicalForm.Hash(document) != ContentHash.Of(bytes.Span)) return "its hash is another than that of its bytes";
        try
        {
            var again = CutReader.Read(OtioReader.Read(bytes, new DiagnosticBag()), new DiagnosticBag());
            return Canonical(CutWriter.Write(again)).WrittenSpan.SequenceEqual(bytes.Span) ? null : "its bytes change";
        }
        catch (InterchangeFormatException refusal)
        {
            return refusal.Message.TrimEnd('.');
        }
    }

    static ArrayBufferWriter<byte> Canonical(OtioDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        CanonicalForm.Write(document, buffer);
        return buffer;
    }
}
