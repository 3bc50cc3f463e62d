package org.chandylamport.runtime;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/** A token that one thread takes out of one bare queue of a ring and puts into the next. */
final class BareRing implements Exchange {

    private static final int CAPACITY = 16;

    private final Queue<Object>[] queues;
    private final AtomicLong received = new AtomicLong();
    private final Thread thread = new Thread(this::run, "bare-ring");
    private volatile boolean end;

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of a generic type.
    BareRing(int size) {
        queues = new Queue[size];
        for (int i = 0; i < size; i++) {
            queues[i] = new SpscVarHandleArrayQueue<>(CAPACITY);
        }
        thread.start();
    }

    private void run() {
        Object token = Graph.TOKEN;
        int here = 0;
        while (!end) {
            queues[here].offer(token);
            token = queues[here].poll();
            here = here + 1 == queues.length ? 0 : here + 1;
            received.setOpaque(received.getPlain() + 1);
        }
    }

    @Override
    public long received() {
        return received.get();
    }

    @Override
    public Object snapshot() {
        throw new UnsupportedOperationException("a bare ring only passes its token on");
    }

    @Override
    public void close() {
        end = true;
        Uninterruptibles.joinUninterruptibly(thread);
    }
}
