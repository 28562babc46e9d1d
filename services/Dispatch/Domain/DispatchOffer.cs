using SkillStation.Contracts;
using SkillStation.Contracts.Dispatch;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch.Domain;

internal enum OfferState
{
    Offered,
    Accepted,
    Declined,
    /// <summary>Sent back as not meant for this institution.</summary>
    Returned,
    Lapsed,
    NotScheduled,
    /// <summary>Taken back by the station.</summary>
    Revoked,
    /// <summary>The class that came of it was cancelled.</summary>
    Cancelled,
    /// <summary>The class that came of it was held to its end.</summary>
    Held,
}

/// <summary>A pool offered to one institution (派单).</summary>
internal sealed class DispatchOffer
{
    private DispatchOffer()
    {
    }

    public Guid Id { get; private set; }
    public Guid PoolId { get; private set; }
    public int Attempt { get; private set; }
    public string InstitutionCode { get; private set; } = "";
    public string InstitutionName { get; private set; } = "";
    public string InstitutionNameEn { get; private set; } = "";
    public bool Forced { get; private set; }
    /// <summary>Why this institution, from the numbers used; kept as it was said then.</summary>
    public IReadOnlyList<ReasonGiven> Reasons { get; private set; } = [];
    /// <summary>Why a person chose otherwise than the ranking, or assigned it.</summary>
    public string? ChosenBecause { get; private set; }
    public OfferState State { get; private set; }
    /// <summary>Code of the decline, or why it was taken back.</summary>
    public string? AnswerCode { get; private set; }
    public DateTimeOffset OfferedAt { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public Guid? ClassId { get; private set; }
    /// <summary>The pool while the offer is open, accepted or its class runs; unique, so that a pool has one such offer.</summary>
    public Guid? LiveKey { get; private set; }
    public int Version { get; private set; } = 1;

    public static DispatchOffer Make(Guid id, Guid poolId, int attempt, InstitutionCopy institution, IReadOnlyList<ReasonGiven> reasons, bool forced, string? chosenBecause, DateTimeOffset now) => new()
    {
        Id = id,
        PoolId = poolId,
        Attempt = attempt,
        InstitutionCode = institution.Code,
        InstitutionName = institution.Name,
        InstitutionNameEn = institution.NameEn,
        Forced = forced,
        Reasons = reasons,
        ChosenBecause = chosenBecause,
        State = OfferState.Offered,
        OfferedAt = now,
        LiveKey = poolId,
    };

    public Refusal? Accept(Guid classId, DateTimeOffset at)
    {
        if (State != OfferState.Offered)
        {
            return OfferRefusals.Answered;
        }

        (State, ClassId, AnsweredAt) = (OfferState.Accepted, classId, at);
        return Done();
    }

    /// <param name="answer">One of <see cref="OfferAnswers"/>.</param>
    public Refusal? Decline(string answer, string? code, DateTimeOffset at)
    {
        if (State != OfferState.Offered && !(State == OfferState.Accepted && answer == OfferAnswers.NotScheduled))
        {
            return OfferRefusals.Answered;
        }

        return End(Enum.Parse<OfferState>(answer), code, at);
    }

    public Refusal? Revoke(string reason, DateTimeOffset at)
    {
        if (State is not (OfferState.Offered or OfferState.Accepted))
        {
            return OfferRefusals.Answered;
        }

        return End(OfferState.Revoked, reason, at);
    }

    public Refusal? Cancel(string reason, DateTimeOffset at)
    {
        if (State != OfferState.Accepted)
        {
            return OfferRefusals.NotAccepted;
        }

        return End(OfferState.Cancelled, reason, at);
    }

    /// <summary>Its class is over, so that it no longer counts as load.</summary>
    public Refusal? Hold(DateTimeOffset at)
    {
        if (State != OfferState.Accepted)
        {
            return OfferRefusals.NotAccepted;
        }

        return End(OfferState.Held, null, at);
    }

    /// <summary>An acceptance crossed with a revocation. The class is known all the same, so that news of it can be told from news of another.</summary>
    public void Remember(Guid classId) => ClassId ??= classId;

    private Refusal? End(OfferState state, string? code, DateTimeOffset at)
    {
        (State, AnswerCode, LiveKey) = (state, code, null);
        AnsweredAt = at;
        return Done();
    }

    private Refusal? Done()
    {
        Version++;
        return null;
    }
}

internal static class OfferRefusals
{
    public static readonly Refusal Answered = new("offer-answered", "这次派单已经有了结果。", "This offer has its answer already.");
    public static readonly Refusal NotAccepted = new("offer-not-accepted", "这次派单没有被接受。", "This offer is not an accepted one.");
}
