using System.Net;
using System.Net.Mail;
using System.Threading.Channels;
using CineGit.Hub.Platform.Host;
using Microsoft.Extensions.Options;

namespace CineGit.Hub.Platform.Mail;

public sealed record Letter(string To, string Subject, string Text);

/// <summary>
/// Sends letters behind the requests' backs, so that how long an answer takes tells nobody whether a letter goes out. A letter that
/// the server does not take, or that waits when the hub stops, is lost: whoever waits for it asks again.
/// </summary>
public sealed partial class MailQueue(IOptions<MailOptions> options, HubFolder folder, ILogger<MailQueue> logger) : BackgroundService
{
    const int MostWaiting = 1000;

    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    readonly Channel<Letter> waiting = Channel.CreateBounded<Letter>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Post(Letter letter) => waiting.Writer.TryWrite(letter);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var letter in waiting.Reader.ReadAllAsync(stoppingToken)) await TrySendAsync(letter, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The hub stops.
        }
    }

    async Task TrySendAsync(Letter letter, CancellationToken ct)
    {
        try
        {
            using var client = Client(options.Value);
            using var message = new MailMessage(options.Value.From, letter.To, letter.Subject, letter.Text);
            await client.SendMailAsync(message, ct);
            LogSent(logger, letter.Subject);
        }
        catch (Exception failure) when (failure is SmtpException or IOException or UnauthorizedAccessException or FormatException or InvalidOperationException)
        {
            LogFailed(logger, letter.Subject, failure);
        }
    }

    SmtpClient Client(MailOptions mail)
    {
        if (mail.Host is { Length: > 0 } host)
        {
            return new SmtpClient(host, mail.Port)
            {
                EnableSsl = mail.Tls,
                Credentials = mail.User is null ? null : new NetworkCredential(mail.User, mail.Password),
            };
        }

        return new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = Drawer() };
    }

    string Drawer()
    {
        var drawer = Path.Combine(folder.Path, "mail");
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(drawer);
        else Directory.CreateDirectory(drawer, OwnerOnly);
        return drawer;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Sent: {Subject}")]
    static partial void LogSent(ILogger logger, string subject);

    [LoggerMessage(Level = LogLevel.Error, Message = "The letter \"{Subject}\" could not be sent; check Mail:Host, Mail:User and Mail:Password")]
    static partial void LogFailed(ILogger logger, string subject, Exception failure);
}
