using System.Numerics;

namespace CineGit.Timeline.Otio;

/// <summary>The exact value of a finite double, for the odd times that whole frames at known rates do not cover.</summary>
readonly record struct ExactFraction(BigInteger Numerator, BigInteger Denominator)
{
    const int MantissaBits = 52;
    const int ExponentBias = 1075;

    public static ExactFraction Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> MantissaBits) & 0x7FF);
        var mantissa = bits & ((1L << MantissaBits) - 1);
        if (exponent == 0) exponent = 1;
        else mantissa |= 1L << MantissaBits;
        var signed = new BigInteger(bits < 0 ? -mantissa : mantissa);
        var power = exponent - ExponentBias;
        return power >= 0 ? new(signed << power, BigInteger.One) : new(signed, BigInteger.One << -power);
    }

    public static ExactFraction operator *(ExactFraction a, ExactFraction b) =>
        new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static ExactFraction operator /(ExactFraction a, ExactFraction b) =>
        new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    /// <summary>To the nearest whole number, halves away from zero. The denominator must be positive.</summary>
    public BigInteger Rounded(out bool isInexact)
    {
        var quotient = BigInteger.DivRem(Numerator, Denominator, out var remainder);
        isInexact = !remainder.IsZero;
        return BigInteger.Abs(remainder) * 2 >= Denominator ? quotient + Numerator.Sign : quotient;
    }
}
