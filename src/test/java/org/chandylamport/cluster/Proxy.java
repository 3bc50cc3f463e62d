package org.chandylamport.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Stands between the nodes and one of them, and resets its connections when it is told to. */
public final class Proxy implements Closeable {

    private static final int BUFFER = 1 << 14;
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile int bytesPerSecond = Integer.MAX_VALUE;

    /** A proxy at a free port of this machine, to a port of this machine. */
    public Proxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(() -> {
            while (true) {
                connect(server.accept());
            }
        });
    }

    /** A port that nobody listens at, below those that are given to whoever asks for any. */
    public static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            try (ServerSocket socket =
                    new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                continue; // Somebody listens there.
            }
        }
    }

    /** Where it leads to. */
    public int target() {
        return target;
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    private void connect(Socket from) {
        Socket to = new Socket();
        sockets.add(from);
        sockets.add(to);
        daemon(() -> {
            try {
                to.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            } catch (IOException e) {
                drop(from);
                throw e;
            }
            daemon(() -> copy(from, to));
            copy(to, from);
        });
    }

    private void copy(Socket from, Socket to) throws IOException {
        try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                TimeUnit.MICROSECONDS.sleep(1_000_000L * count / bytesPerSecond);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            drop(from);
            drop(to);
        }
    }

    /** Resets every connection: what is on its way is lost. */
    public void reset() throws IOException {
        for (Socket socket : sockets) {
            drop(socket);
        }
    }

    /** Carries no more than so many bytes a second from now on, along each connection. */
    public void slow(int most) {
        bytesPerSecond = most;
    }

    private void drop(Socket socket) throws IOException {
        sockets.remove(socket);
        try (socket) {
            socket.setSoLinger(true, 0); // Closing sends a reset.
        } catch (SocketException e) {
            return; // It was closed already.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        reset();
    }

    private interface Io {
        void run() throws IOException;
    }

    private static void daemon(Io task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                return; // The connection is over.
            }
        }, "proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
