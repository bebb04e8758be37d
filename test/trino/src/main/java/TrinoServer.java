import io.trino.plugin.memory.MemoryPlugin;
import io.trino.server.testing.TestingTrinoServer;

import java.io.PrintStream;

/** Starts a Trino server with the memory connector, says where it listens, and stops when its standard input ends. */
final class TrinoServer
{
    private TrinoServer() {}

    public static void main(String[] args)
    {
        // the server takes over System.out and System.err for its log
        PrintStream out = System.out;
        try (TestingTrinoServer server = TestingTrinoServer.create()) {
            server.installPlugin(new MemoryPlugin());
            server.createCatalog("memory", "memory");
            out.println("LISTENING " + server.getBaseUrl());
            while (System.in.read() >= 0) {
                // whoever started it closes the stream when it is done
            }
            System.exit(0);
        }
        catch (Throwable failure) {
            // threads of a server that broke off would keep it alive, and its log is not read
            failure.printStackTrace(out);
            System.exit(1);
        }
    }
}
