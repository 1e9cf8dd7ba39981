namespace CineGit.Contracts.Hub;

public sealed record ChangePasswordRequest(string Current, string Password);

/// <summary>The answer never says whether there is such an account.</summary>
public sealed record ForgotPasswordRequest(string Email);

/// <param name="User">From the link.</param>
/// <param name="Token">From the link; good for an hour, once.</param>
public sealed record ResetPasswordRequest(Guid User, string Token, string Password);

/// <param name="Token">From the link; good for an hour.</param>
public sealed record ConfirmEmailRequest(Guid User, string Token);

/// <param name="RecoveryCodes">How many are left.</param>
public sealed record AccountResponse(UserResponse User, bool EmailConfirmed, bool TwoFactor, int RecoveryCodes);

/// <param name="Key">Base32, for typing.</param>
/// <param name="Address"><c>otpauth://</c>, for a QR code.</param>
public sealed record TwoFactorKeyResponse(string Key, string Address);

/// <param name="Code">Of the app that has the key.</param>
public sealed record EnableTwoFactorRequest(string Code);

/// <summary>Each opens once in place of a one-time code. They are shown this once.</summary>
public sealed record RecoveryCodesResponse(IReadOnlyList<string> Codes);

/// <summary>What changes how somebody signs in asks for the password again.</summary>
public sealed record PasswordRequest(string Password);
