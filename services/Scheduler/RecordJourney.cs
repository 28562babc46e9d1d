using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Requests;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>Notes for each request how far it came; the figures are counted from these rows. Order does not matter.</summary>
internal sealed class RecordJourneyConsumer(SchedulerDb db) :
    IConsumer<RequestSubmitted>, IConsumer<RequestAmended>, IConsumer<RequestAdmitted>, IConsumer<RequestRefused>, IConsumer<RequestWithdrawn>, IConsumer<RequestPooled>, IConsumer<RequestUnserved>,
    IConsumer<ClassOffered>, IConsumer<OfferAccepted>, IConsumer<SeatConfirmed>, IConsumer<ClassStarted>, IConsumer<LearnerCompleted>, IConsumer<LearnerDropped>, IConsumer<CredentialIssued>, IConsumer<TrainingRated>
{
    public Task Consume(ConsumeContext<RequestSubmitted> context) =>
        Note(context, m => [m.RequestId], (j, m) => j.Submit(m.CourseCode, m.StationCode, m.Goal, m.MayContact, m.At));

    public Task Consume(ConsumeContext<RequestAmended> context) => Note(context, m => [m.RequestId], (j, m) => j.Amend(m.Version, m.Goal));

    public Task Consume(ConsumeContext<RequestAdmitted> context) => Note(context, m => [m.RequestId], (j, m) => j.Admit(m.At));

    public Task Consume(ConsumeContext<RequestRefused> context) => Note(context, m => [m.RequestId], (j, m) => j.Refuse(m.At));

    public Task Consume(ConsumeContext<RequestWithdrawn> context) => Note(context, m => [m.RequestId], (j, m) => j.Withdraw(m.At));

    public Task Consume(ConsumeContext<RequestPooled> context) => Note(context, m => [m.RequestId], (j, m) => j.Pool(m.At));

    public Task Consume(ConsumeContext<RequestUnserved> context) => Note(context, m => [m.RequestId], (j, m) => j.LeaveUnserved(m.At));

    public async Task Consume(ConsumeContext<ClassOffered> context)
    {
        var members = context.Message.Learners.Select(l => l.RequestId).ToList();
        var offer = await OfferOf(context.Message.OfferId, context.CancellationToken);
        offer.Offer(members);
        await Note(context, _ => members, (j, m) =>
        {
            j.Dispatch(m.At);
            if (offer.AcceptedAt is { } accepted)
            {
                j.Accept(accepted);
            }
        });
    }

    public async Task Consume(ConsumeContext<OfferAccepted> context)
    {
        var offer = await OfferOf(context.Message.OfferId, context.CancellationToken);
        offer.Accept(context.Message.At);
        await Note(context, _ => offer.Members, (j, m) => j.Accept(m.At));
    }

    public Task Consume(ConsumeContext<SeatConfirmed> context) => Note(context, m => [m.RequestId], (j, m) => j.ConfirmSeat(m.At));

    public Task Consume(ConsumeContext<ClassStarted> context) => Note(context, m => m.Requests, (j, m) => j.Begin(m.FirstSessionAt));

    public Task Consume(ConsumeContext<LearnerCompleted> context) => Note(context, m => [m.RequestId], (j, m) => j.Complete(m.At));

    public Task Consume(ConsumeContext<LearnerDropped> context) => Note(context, m => [m.RequestId], (j, m) => j.Drop(m.At));

    public Task Consume(ConsumeContext<CredentialIssued> context) => Note(context, m => [m.RequestId], (j, m) => j.Certify(m.At));

    public Task Consume(ConsumeContext<TrainingRated> context) => Note(context, m => [m.RequestId], (j, m) => j.Rate(m.Overall, m.At));

    private async Task Note<T>(ConsumeContext<T> context, Func<T, IReadOnlyList<Guid>> requests, Action<Journey, T> note) where T : class
    {
        var ids = requests(context.Message);
        var known = await db.Journeys.Where(j => ids.Contains(j.RequestId)).ToDictionaryAsync(j => j.RequestId, context.CancellationToken);
        foreach (var id in ids)
        {
            if (!known.TryGetValue(id, out var journey))
            {
                journey = db.Journeys.Add(new Journey(id)).Entity;
                known.Add(id, journey);
            }

            note(journey, context.Message);
        }
    }

    private async Task<OfferHeard> OfferOf(Guid offerId, CancellationToken ct) => await db.Offers.FindAsync([offerId], ct) ?? db.Offers.Add(new OfferHeard(offerId)).Entity;
}
