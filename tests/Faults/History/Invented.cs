namespace SkillStation.Faults.Tests.History;

/// <summary>A history that is right by construction: each call takes effect at one instant between question and answer, on one true state.</summary>
internal static class Invented
{
    private const int Clients = 8;
    private const int Places = 20;
    private static readonly string[] Keys = ["0/a", "0/b", "1/a"];
    private static readonly string[] Path = ["Submitted", "Admitted", "Pooled", "Dispatching"];
    private static readonly Guid Pool = new(9, 0, 0, new byte[8]);

    public static (Recorded Run, HashSet<Guid> AtTheEnd) Make(int seed, int calls)
    {
        var random = new Random(seed);
        var questions = new List<(int Client, string Key, int Dice, long From, long At, long To)>();
        var free = new long[Clients];
        for (var n = 0; n < calls; n++)
        {
            var client = random.Next(Clients);
            var from = free[client] + random.Next(1, 50);
            var at = from + random.Next(1, 50);
            var to = at + random.Next(1, 50);
            free[client] = to;
            questions.Add((client, Keys[random.Next(Keys.Length)], random.Next(100), from, at, to));
        }

        var open = new Dictionary<string, Guid>();
        var requests = new Dictionary<Guid, (string Status, int Version)>();
        var known = new List<(string Key, Guid Id, long At)>();
        var operations = new List<Operation>();
        var pools = new List<PoolSeen>();
        foreach (var q in questions.OrderBy(q => q.At))
        {
            foreach (var id in open.Values.Where(_ => random.Next(4) == 0))   // the city's own work goes on meanwhile
            {
                requests[id] = (Path[Math.Min(Array.IndexOf(Path, requests[id].Status) + 1, Path.Length - 1)], requests[id].Version + 1);
            }

            var isOpen = open.TryGetValue(q.Key, out var current);
            var asked = known.Where(k => k.Key == q.Key && k.At < q.From).Select(k => k.Id).LastOrDefault();
            var (silent, happens) = (random.Next(20) == 0, true);
            if (silent)
            {
                happens = random.Next(2) == 0;
            }

            Operation operation;
            if (q.Dice < 35)
            {
                operation = new Operation(q.Client, q.Key, Asks.Submit, isOpen ? Came.Refused : Came.Done, q.From, q.To);
                if (!isOpen && happens)
                {
                    var id = new Guid(requests.Count + 1, (short)seed, 1, new byte[8]);
                    (open[q.Key], requests[id]) = (id, ("Submitted", 1));
                    known.Add((q.Key, id, silent ? Operation.Never : q.To));
                    operation = Shown(operation, id);
                }
            }
            else if (q.Dice < 55 && asked != default)
            {
                operation = new Operation(q.Client, q.Key, Asks.Withdraw, isOpen && asked == current ? Came.Done : Came.Refused, q.From, q.To, asked);
                if (operation.Came == Came.Done && happens)
                {
                    open.Remove(q.Key);
                    requests[asked] = ("Withdrawn", requests[asked].Version + 1);
                    operation = Shown(operation, asked);
                }
            }
            else if (q.Dice < 80 && asked != default)
            {
                operation = Shown(new Operation(q.Client, q.Key, Asks.Look, Came.Done, q.From, q.To), asked);
            }
            else
            {
                operation = new Operation(q.Client, q.Key, Asks.List, Came.Done, q.From, q.To);
                if (isOpen)
                {
                    operation = Shown(operation, current);
                    known.Add((q.Key, current, q.To));
                }
            }

            if (!silent)
            {
                operations.Add(operation);
            }
            else if (operation.Asks is Asks.Submit or Asks.Withdraw)
            {
                operations.Add(operation with { Came = Came.Unknown, To = Operation.Never, Request = operation.Asks == Asks.Submit ? null : asked, Status = null, Version = null });
            }

            pools.Add(new PoolSeen(Pool, q.From, q.To, random.Next(Places + 1), Places, pools.Count + 1));
        }

        return (new Recorded([.. operations.OrderBy(o => o.From)], pools), [.. requests.Keys]);

        Operation Shown(Operation operation, Guid id) => operation with { Request = id, Status = requests[id].Status, Version = requests[id].Version };
    }
}
