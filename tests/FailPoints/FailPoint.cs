using System.Diagnostics;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SkillStation.Platform.Data;

namespace SkillStation.FailPoints;

/// <summary>
/// Ends the process, as a power cut would, at an exact point of a message's way. The file holds the point, the message or queue, and at which
/// pass; it is gone before the process is, so the next start meets no fail-point until the test writes one again.
/// </summary>
public sealed class FailPoint(string file) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IPublishObserver, IConsumeObserver
{
    /// <summary>The environment variable that names the file.</summary>
    public const string Setting = "SKILLSTATION_FAILPOINT";

    /// <summary>A save that carries the message has written all its rows; they are not committed.</summary>
    public const string BeforeCommit = "before-commit";

    /// <summary>The message was committed and read by the relay; nothing has gone to the broker.</summary>
    public const string BeforePublish = "before-publish";

    /// <summary>The broker has confirmed the message; its row still says that it waits.</summary>
    public const string AfterConfirm = "after-confirm";

    /// <summary>The reader of the queue has done its work; nothing is written.</summary>
    public const string AfterReceive = "after-receive";

    /// <summary>The reader's work is committed; the broker does not know.</summary>
    public const string BeforeAck = "before-ack";

    private const string HostBuilt = "HostBuilt";
    private int passes;

    public static string Armed(string point, string what, int pass) => $"{point} {what} {pass}";

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name is "Microsoft.Extensions.Hosting" or DbLoggerCategory.Name)
        {
            value.Subscribe(this, name => name == HostBuilt || name == RelationalEventId.TransactionCommitting.Name || name == CoreEventId.SaveChangesStarting.Name);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        switch (value.Value)
        {
            case IHost host when value.Key == HostBuilt:
                var bus = host.Services.GetRequiredService<IBus>();
                bus.ConnectPublishObserver(this);
                bus.ConnectConsumeObserver(this);
                break;
            case TransactionEventData { Context: { } saving }:
                Added<OutboxMessage>(saving).ForEach(m => Pass(BeforeCommit, m.Type));
                break;
            case DbContextEventData { Context: { } saving } when value.Key == CoreEventId.SaveChangesStarting.Name:
                Added<InboxMessage>(saving).ForEach(m => Pass(AfterReceive, m.Consumer));
                break;
        }
    }

    public Task PrePublish<T>(PublishContext<T> context) where T : class => Pass(BeforePublish, MessageUrn.ForTypeString<T>());

    public Task PostPublish<T>(PublishContext<T> context) where T : class => Pass(AfterConfirm, MessageUrn.ForTypeString<T>());

    public Task PublishFault<T>(PublishContext<T> context, Exception exception) where T : class => Task.CompletedTask;

    public Task PreConsume<T>(ConsumeContext<T> context) where T : class => Task.CompletedTask;

    public Task PostConsume<T>(ConsumeContext<T> context) where T : class => Pass(BeforeAck, context.ReceiveContext.InputAddress.Segments[^1]);

    public Task ConsumeFault<T>(ConsumeContext<T> context, Exception exception) where T : class => Task.CompletedTask;

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static List<T> Added<T>(DbContext db) where T : class => [.. db.ChangeTracker.Entries<T>().Where(e => e.State == EntityState.Added).Select(e => e.Entity)];

    private Task Pass(string point, string what)
    {
        if (File.Exists(file) && File.ReadAllText(file).Split(' ') is [var armed, var at, var pass] && (armed, at) == (point, what) && $"{Interlocked.Increment(ref passes)}" == pass)
        {
            File.Delete(file);
            Environment.FailFast($"The fail-point {point} of {what} was reached.");
        }

        return Task.CompletedTask;
    }
}
