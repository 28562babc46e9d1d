using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SkillStation.Platform;
using SkillStation.Platform.Bus;
using SkillStation.Platform.Data;

namespace SkillStation.Benchmarks;

/// <summary>The same work as the floor's, as any service of ours does it: the platform without the field's rules.</summary>
internal static class OurBooking
{
    /// <summary>One of the two programs, or both as one.</summary>
    public static async Task Run(string[] settings, params IServiceModule[] modules)
    {
        await using var app = ServiceHost.Build(settings, modules, builder =>
        {
            // the messages of this program are not in Contracts
            var all = new[] { new FirstModule(), (IServiceModule)new SecondModule(1) }.SelectMany(m =>
            {
                var consumers = new ConsumerList(m.Name, typeof(BookingsDb));
                m.AddConsumers(consumers);
                return consumers.Queues;
            });
            builder.Services.Replace(ServiceDescriptor.Singleton(new MessageTypes(new Subscriptions([.. all]))));
        });
        await app.PrepareAsync();
        await app.RunAsync();
    }
}

internal abstract class BookingsDb(DbContextOptions options) : ModuleDb(options)
{
    public DbSet<BookingRow> Bookings => Set<BookingRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<BookingRow>(b => b.HasIndex(r => r.ResidentId));
        base.OnModelCreating(modelBuilder);
    }

    public Task MakeTables(CancellationToken ct) => Database.GetService<IRelationalDatabaseCreator>().CreateTablesAsync(ct);
}

internal abstract class FirstDb(DbContextOptions options) : BookingsDb(options);

internal sealed class SqliteFirstDb(DbContextOptions<SqliteFirstDb> options) : FirstDb(options);

internal sealed class SqlServerFirstDb(DbContextOptions<SqlServerFirstDb> options) : FirstDb(options);

internal abstract class SecondDb(DbContextOptions options) : BookingsDb(options);

internal sealed class SqliteSecondDb(DbContextOptions<SqliteSecondDb> options) : SecondDb(options);

internal sealed class SqlServerSecondDb(DbContextOptions<SqlServerSecondDb> options) : SecondDb(options);

internal sealed class BookingRow
{
    public Guid Id { get; private set; }
    public Guid ResidentId { get; private set; }
    public string CourseCode { get; private set; } = "";
    public string StationCode { get; private set; } = "";
    public string Goal { get; private set; } = "";
    public IReadOnlyList<string> Times { get; private set; } = [];
    public int MaxMinutes { get; private set; }
    public IReadOnlyList<string> Needs { get; private set; } = [];
    public DateTimeOffset At { get; private set; }
    public int Answers { get; private set; }
    public int Version { get; private set; } = 1;

    public static BookingRow From(Booked b) => new()
    {
        Id = b.Id, ResidentId = b.ResidentId, CourseCode = b.CourseCode, StationCode = b.StationCode, Goal = b.Goal, Times = b.Times, MaxMinutes = b.MaxMinutes, Needs = b.Needs, At = b.At,
    };

    public void Answer()
    {
        Answers++;
        Version++;
    }
}

internal sealed class FirstModule : IServiceModule
{
    public string Name => "first";

    public string Title => "First";

    public void AddServices(WebApplicationBuilder builder) => builder.AddModuleDb<FirstDb, SqliteFirstDb, SqlServerFirstDb>(Name);

    public void AddConsumers(ConsumerList consumers) => consumers.Add<RecordAnswerConsumer>();

    public void MapEndpoints(RouteGroupBuilder api) => api.MapPost("/bookings", async (Booking body, FirstDb db, TimeProvider clock, CancellationToken ct) =>
    {
        if (body is not { CourseCode.Length: > 0, StationCode.Length: > 0, Times.Length: > 0, MaxMinutes: >= 5 and <= 120 })
        {
            return Results.BadRequest();
        }

        var booked = Booked.From(db.NewId(), body, clock.GetUtcNow());
        db.Bookings.Add(BookingRow.From(booked));
        db.Publish(booked.Id, booked);
        await db.SaveChangesAsync(ct);
        return Results.Created($"/api/v1/bookings/{booked.Id}", new BookingView(booked.Id, "Submitted"));
    });

    public Task Prepare(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<FirstDb>().MakeTables(ct);
}

internal sealed class SecondModule(int answers) : IServiceModule
{
    public string Name => "second";

    public string Title => "Second";

    public void AddServices(WebApplicationBuilder builder)
    {
        builder.AddModuleDb<SecondDb, SqliteSecondDb, SqlServerSecondDb>(Name);
        builder.Services.AddSingleton(new AnswersGiven(answers));
    }

    public void AddConsumers(ConsumerList consumers) => consumers.Add<RecordBookingConsumer>();

    public void MapEndpoints(RouteGroupBuilder api)
    {
    }

    public Task Prepare(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<SecondDb>().MakeTables(ct);
}

internal sealed record AnswersGiven(int Count);

internal sealed class RecordBookingConsumer(SecondDb db, AnswersGiven answers) : IConsumer<Booked>
{
    public Task Consume(ConsumeContext<Booked> context)
    {
        var news = context.Message;
        db.Bookings.Add(BookingRow.From(news));
        for (var n = 0; n < answers.Count; n++)
        {
            db.Publish(news.Id, new BookingAnswered { Id = news.Id, Number = n, PoolId = news.ResidentId, At = news.At });
        }

        return Task.CompletedTask;
    }
}

internal sealed class RecordAnswerConsumer(FirstDb db) : IConsumer<BookingAnswered>
{
    public async Task Consume(ConsumeContext<BookingAnswered> context) =>
        (await db.Bookings.SingleAsync(b => b.Id == context.Message.Id, context.CancellationToken)).Answer();
}
