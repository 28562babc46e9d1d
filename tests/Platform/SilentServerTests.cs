using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.Data.SqlClient;
using SkillStation.Platform.Data;

namespace SkillStation.Platform.Tests;

public sealed class SilentServerTests
{
    [Fact]
    public async Task A_SQL_Server_that_does_not_answer_is_an_outage_for_every_caller_who_waits()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = $"Server=127.0.0.1,{((IPEndPoint)silent.LocalEndpoint).Port};Database=none;User Id=nobody;Password=none;Encrypt=False;Connect Timeout=1;Max Pool Size=1;ConnectRetryCount=0";

        var failures = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Open(address)));

        Assert.All(failures, f => Assert.True(f.IsOutage(), $"{f.GetType().Name}: {f.Message}"));
    }

    [Fact]
    public void A_pool_of_connections_that_slow_calls_have_used_up_is_an_outage()
    {
        // no server here to use one up, so the driver is asked for what it would throw
        var used = (Exception)typeof(SqlConnection).Assembly.GetType("Microsoft.Data.Common.ADP", throwOnError: true)!
            .GetMethod("PooledOpenTimeout", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, null)!;

        Assert.True(used.IsOutage(), used.Message);
    }

    private static async Task<Exception> Open(string address)
    {
        await using var connection = new SqlConnection(address);
        return await Assert.ThrowsAnyAsync<Exception>(() => connection.OpenAsync());
    }
}
