namespace SkillStation.Faults.Tests.History;

/// <summary>What a client asked for.</summary>
internal enum Asks
{
    /// <summary>A new request under the key.</summary>
    Submit,

    /// <summary>The end of one request.</summary>
    Withdraw,

    /// <summary>One request.</summary>
    Look,

    /// <summary>Which request is open under the key.</summary>
    List,
}

/// <summary>What came of it.</summary>
internal enum Came
{
    /// <summary>It was answered and done.</summary>
    Done,

    /// <summary>It was answered with the no that the state gives: one is open already, or this one is over.</summary>
    Refused,

    /// <summary>It was answered that nothing was done (busy, somebody else was first).</summary>
    Nothing,

    /// <summary>No answer. It may take effect at any later time, or never.</summary>
    Unknown,
}

/// <summary>
/// One call as its client saw it. The key is a resident and an occupation: under it at most one request is open. <see cref="To"/> is
/// <see cref="Operation.Never"/> where no answer came.
/// </summary>
/// <param name="Request">Of a Submit, the request that it made; of a Withdraw and a Look, the one asked about; of a List, the one that was open, or null.</param>
/// <param name="Status">As shown, where a request was shown.</param>
/// <param name="Version">As shown, where a request was shown.</param>
internal sealed record Operation(int Client, string Key, Asks Asks, Came Came, long From, long To, Guid? Request = null, string? Status = null, int? Version = null)
{
    public const long Never = long.MaxValue;

    public override string ToString() =>
        $"{From}..{(To == Never ? "?" : To)} client {Client}: {Asks} {Key} {Request} -> {Came} {Status} {(Version is { } v ? "v" + v : "")}";
}

/// <summary>A pool as a read showed it.</summary>
internal sealed record PoolSeen(Guid Pool, long From, long To, int Members, int MaxSize, int Version);

/// <summary>Everything that was seen in a run.</summary>
internal sealed record Recorded(IReadOnlyList<Operation> Operations, IReadOnlyList<PoolSeen> Pools);

/// <summary>What is wrong with a history, and the shortest part of it that shows it.</summary>
internal sealed record Offence(string What, IReadOnlyList<string> Shown)
{
    public override string ToString() => $"{What}\n  {string.Join("\n  ", Shown)}";
}
