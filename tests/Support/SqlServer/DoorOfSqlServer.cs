using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SkillStation.Support.SqlServer;

/// <summary>As much of a SQL Server as a client meets before it is let in: it refuses every login, or hangs up on everybody.</summary>
public sealed class DoorOfSqlServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task open;
    private int callers;

    public DoorOfSqlServer(bool refusesLogins)
    {
        listener.Start();
        open = Task.Run(async () =>
        {
            while (true)
            {
                using var caller = await listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref callers);
                if (refusesLogins)
                {
                    await Refuse(caller.GetStream());
                }
            }
        });
    }

    public string Address => $"127.0.0.1,{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>How many connections were made so far.</summary>
    public int Callers => Volatile.Read(ref callers);

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await open.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    // MS-TDS 2.2.6.5, 2.2.7.10 and 2.2.7.6: PRELOGIN without encryption, then ERROR 18456 and DONE.
    private static async Task Refuse(NetworkStream stream)
    {
        try
        {
            await Read(stream);
            await Write(stream, [0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0, 0, 0, 0, 2]);
            await Read(stream);
            const string Words = "Login failed for user 'someone'.";
            byte[] error = [.. BitConverter.GetBytes(18456), 1, 14, .. BitConverter.GetBytes((short)Words.Length), .. Encoding.Unicode.GetBytes(Words), 0, 0, .. BitConverter.GetBytes(1)];
            await Write(stream, [0xaa, .. BitConverter.GetBytes((short)error.Length), .. error, 0xfd, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            await stream.CopyToAsync(Stream.Null);   // until the client has read it and hangs up
        }
        catch (IOException)
        {
            // the client went away
        }
    }

    private static async Task Read(NetworkStream stream)
    {
        var head = new byte[8];
        await stream.ReadExactlyAsync(head);
        await stream.ReadExactlyAsync(new byte[((head[2] << 8) | head[3]) - head.Length]);
    }

    private static Task Write(NetworkStream stream, byte[] body) =>
        stream.WriteAsync((byte[])[4, 1, (byte)((body.Length + 8) >> 8), (byte)(body.Length + 8), 0, 0, 1, 0, .. body]).AsTask();
}
