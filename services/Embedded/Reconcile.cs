using System.Globalization;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Platform.Bus;
using SkillStation.Platform.Data;

namespace SkillStation.Embedded;

/// <summary>
/// After a service was restored from a backup (decision 0012): finds every message of the last days that a reader has not applied, and every
/// thing that neighbours know and its owner has forgotten. What was missed can be sent again; what an owner forgot is a matter for a person.
/// </summary>
internal static class Reconcile
{
    private const string Enrolment = "request in class";

    /// <summary>Who knows the same things by the same ids: owner, then the copies.</summary>
    private static readonly (string Thing, Column Owner, Column[] Copies)[] Things =
    [
        ("request", new("requests", "TrainingRequests", "Id"), [new("dispatch", "Requests", "Id"), new("scheduler", "Journeys", "RequestId"), new("acceptance", "OfferLearners", "RequestId"), new("acceptance", "Enrolments", "RequestId")]),
        ("resident", new("requests", "Residents", "Id"), [new("dispatch", "Requests", "ResidentId"), new("scheduler", "ContactConsents", "ResidentId"), new("acceptance", "Enrolments", "ResidentId")]),
        ("pool", new("dispatch", "Pools", "Id"), [new("requests", "Pools", "Id"), new("scheduler", "Pools", "PoolId"), new("acceptance", "Offers", "PoolId")]),
        ("offer", new("dispatch", "Offers", "Id"), [new("acceptance", "Offers", "Id"), new("scheduler", "Offers", "OfferId")]),
        ("class", new("acceptance", "Classes", "Id"), [new("requests", "Classes", "Id"), new("dispatch", "Offers", "ClassId")]),
        (Enrolment, new("acceptance", "Enrolments", "RequestId"), [new("requests", "TrainingRequests", "Id", "\"ClassId\" IS NOT NULL")]),
    ];

    /// <summary>What an owner and a copy say about the same thing.</summary>
    private static readonly (string Thing, Column Owner, Column Copy)[] Facts =
    [
        ("pool of request", new("dispatch", "Requests", "PoolId", "\"State\" = 'Pooled'"), new("requests", "TrainingRequests", "PoolId", "\"Status\" = 'Pooled' AND \"PoolId\" IS NOT NULL")),
    ];

    public static async Task<int> RunAsync(CommandLine command, bool repair, TextWriter report)
    {
        await using var app = City.Build(Path.GetFullPath(command.DataDir ?? "data"), "http://127.0.0.1:0", command.Settings);
        await using var scope = app.Services.CreateAsyncScope();
        var queues = app.Services.GetRequiredService<Subscriptions>().Queues;
        var databases = queues.GroupBy(q => q.Name.Split('-')[0], q => q.Db).ToDictionary(g => g.Key, g => (ModuleDb)scope.ServiceProvider.GetRequiredService(g.First()));
        var leftOut = 0;
        foreach (var service in databases.Where(d => !d.Value.Database.CanConnect()).Select(d => d.Key).ToList())
        {
            leftOut++;
            databases.Remove(service);
            await report.WriteLineAsync($"left-out  {service}: its database cannot be opened, or it has never run here");
        }

        var (lost, forPerson) = (new HashSet<(string Owner, Guid Id)>(), 0);
        foreach (var (thing, owner, copies) in Things.Where(t => databases.ContainsKey(t.Owner.Service)))
        {
            var known = (await Ids(databases, owner)).ToHashSet();
            var elsewhere = new List<(Guid Id, string Service)>();
            foreach (var copy in copies.Where(c => databases.ContainsKey(c.Service)))
            {
                elsewhere.AddRange((await Ids(databases, copy)).Where(id => !known.Contains(id)).Select(id => (id, copy.Service)));
            }

            foreach (var one in elsewhere.GroupBy(e => e.Id, e => e.Service))
            {
                forPerson++;
                if (thing != Enrolment)   // a request is not lost because its place in a class is
                {
                    lost.Add((owner.Service, one.Key));
                }

                await report.WriteLineAsync($"forgotten-by-owner  {thing} {one.Key}: not in {owner.Service}, known to {string.Join(", ", one.Distinct())}");
            }
        }

        foreach (var (thing, owner, copy) in Facts.Where(f => databases.ContainsKey(f.Owner.Service) && databases.ContainsKey(f.Copy.Service)))
        {
            var says = await Pairs(databases, owner);
            foreach (var (id, value) in (await Pairs(databases, copy)).Where(c => says.TryGetValue(c.Key, out var other) && other != c.Value))
            {
                forPerson++;
                await report.WriteLineAsync($"differs  {thing} {id}: {says[id]} in {owner.Service}, {value} in {copy.Service}");
            }
        }

        var underWay = 0;   // counted before the sent ones are read, so that nothing slips through between the two
        foreach (var database in databases.Values)
        {
            underWay += await database.Outbox.CountAsync(m => m.Failure == null);
        }

        var (missed, again) = await Missed(databases, queues, lost, repair, report);
        await report.WriteLineAsync($"{missed} news missed, {again} sent again, {underWay + again} under way, {forPerson} for a person.");
        return leftOut + missed + underWay + forPerson == 0 ? 0 : 1;
    }

    /// <summary>Every message that was sent and that one of its readers has not applied.</summary>
    private static async Task<(int Missed, int SentAgain)> Missed(Dictionary<string, ModuleDb> databases, IReadOnlyList<ConsumerEndpoint> queues, HashSet<(string, Guid)> lost, bool repair, TextWriter report)
    {
        var readers = queues.Where(q => databases.ContainsKey(q.Name.Split('-')[0])).SelectMany(q => q.Messages.Select(m => (Type: MessageUrn.ForTypeString(m), q.Name))).ToLookup(r => r.Type, r => r.Name);
        var applied = new HashSet<(Guid, string)>();
        foreach (var database in databases.Values)
        {
            applied.UnionWith((await database.Inbox.AsNoTracking().Select(m => new { m.MessageId, m.Consumer }).ToListAsync()).Select(m => (m.MessageId, m.Consumer)));
        }

        var (missed, again) = (0, 0);
        foreach (var (sender, database) in databases)
        {
            var sent = await database.Sent.AsNoTracking().OrderBy(m => m.Seq).Select(m => new { m.Seq, m.MessageId, m.Key, m.Type, m.SentAt }).ToListAsync();
            var rows = new List<long>();
            foreach (var message in sent)
            {
                var by = readers[message.Type].Where(q => !applied.Contains((message.MessageId, q))).ToList();
                if (by.Count == 0)
                {
                    continue;
                }

                missed++;
                // news about what its reader has lost would only end in the error queue
                var useless = by.All(q => lost.Contains((q.Split('-')[0], message.Key)));
                await report.WriteLineAsync($"news-missed  {message.MessageId} {message.Type.Split(':')[^1]} of {message.Key}, sent {message.SentAt.ToString("u", CultureInfo.InvariantCulture)} by {sender}, not applied by {string.Join(", ", by)}{(useless ? " (which has lost it)" : "")}");
                if (!useless)
                {
                    rows.Add(message.Seq);
                }
            }

            foreach (var page in repair ? rows.Chunk(500) : [])
            {
                var kept = await database.Sent.Where(m => page.Contains(m.Seq)).OrderBy(m => m.Seq).ToListAsync();
                database.Sent.RemoveRange(kept);
                database.Outbox.AddRange(kept.Select(m => m.Again()));
                await database.SaveChangesAsync();
                database.ChangeTracker.Clear();
                again += kept.Count;
            }
        }

        return (missed, again);
    }

#pragma warning disable EF1002 // names from the lists above
    private static async Task<List<Guid>> Ids(Dictionary<string, ModuleDb> databases, Column c) =>
        await databases[c.Service].Database.SqlQueryRaw<Guid>($"""SELECT DISTINCT "{c.Name}" AS "Value" FROM "{c.Table}" WHERE "{c.Name}" IS NOT NULL AND {c.Where}""").ToListAsync();

    private static async Task<Dictionary<Guid, Guid>> Pairs(Dictionary<string, ModuleDb> databases, Column c) =>
        (await databases[c.Service].Database.SqlQueryRaw<Pair>($"""SELECT "Id", "{c.Name}" AS "Value" FROM "{c.Table}" WHERE {c.Where}""").ToListAsync()).ToDictionary(p => p.Id, p => p.Value);
#pragma warning restore EF1002

    private sealed record Column(string Service, string Table, string Name, string Where = "1 = 1");

    private sealed record Pair(Guid Id, Guid Value);
}
