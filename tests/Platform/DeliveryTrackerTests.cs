using SkillStation.Platform.Bus;

namespace SkillStation.Platform.Tests;

public sealed class DeliveryTrackerTests
{
    [Fact]
    public void Who_expects_a_message_anew_is_told_although_an_earlier_one_who_waited_for_it_has_just_gone()
    {
        var consumers = new ConsumerList("counting", typeof(CountingDb));
        new CountingModule().AddConsumers(consumers);
        var tracker = new DeliveryTracker(new Subscriptions(consumers.Queues));
        var id = Guid.CreateVersion7();
        void Apply() => Assert.All(consumers.Queues, q => tracker.Applied(id, q.Name));

        var (first, second) = (tracker.Expect(id, typeof(ThingHappened))!, tracker.Expect(id, typeof(ThingHappened))!);
        Apply();
        tracker.Forget(id, first);
        var third = tracker.Expect(id, typeof(ThingHappened))!;
        tracker.Forget(id, second);
        Apply();

        Assert.True(third.IsCompletedSuccessfully);
    }
}
