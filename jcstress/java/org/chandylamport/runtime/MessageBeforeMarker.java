package org.chandylamport.runtime;

import org.chandylamport.model.Marker;
import org.chandylamport.model.SnapshotId;
import org.jctools.queues.varhandle.SpscGrowableVarHandleArrayQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A message and the marker after it are received in the order in which they were sent, and the
 * message is seen whole.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "nothing has arrived")
@Outcome(id = "5, 0", expect = Expect.ACCEPTABLE, desc = "the message has arrived")
@Outcome(id = "5, 1", expect = Expect.ACCEPTABLE, desc = "both have arrived, in order")
@Outcome(expect = Expect.FORBIDDEN, desc = "the marker overtook the message, or it was torn")
@State
public class MessageBeforeMarker {

    private final SpscGrowableVarHandleArrayQueue<Object> queue =
            new SpscGrowableVarHandleArrayQueue<>(16, 1 << 30);

    private static final class Message {
        int content;
    }

    @Actor
    public void sender() {
        Message message = new Message();
        message.content = 5;
        queue.offer(message);
        queue.offer(new Marker(new SnapshotId(1)));
    }

    @Actor
    public void receiver(II_Result result) {
        Object first = queue.poll();
        Object second = queue.poll();
        result.r1 = first instanceof Message message ? message.content : first == null ? 0 : -1;
        result.r2 = second instanceof Marker ? 1 : second == null ? 0 : -1;
    }
}
