package dev.prescale.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to a server on loopback that can be cut: the client on it is gone for the server, as after {@code kill -9}. */
public final class TcpRelay implements AutoCloseable {
    private final ServerSocket front;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    public TcpRelay(int server) {
        this.server = server;
        try {
            this.front = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public int port() {
        return front.getLocalPort();
    }

    private void accept() {
        while (!front.isClosed()) {
            try {
                Socket client = front.accept();
                open.add(client);
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
                open.add(behind);
                start(() -> copy(client, behind));
                start(() -> copy(behind, client));
            } catch (IOException away) {
                open.removeIf(Socket::isClosed);
            }
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // both are closed, which is what the other side sees
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    /** Cuts it for good. */
    @Override
    public void close() {
        try {
            front.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
