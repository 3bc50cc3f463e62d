package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.chandylamport.model.Event;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.junit.jupiter.api.Test;

class ObservationTest {

    @Test
    void howeverMuchIsLoggedAtTheEndIsObserved() {
        List<Event<Integer, Integer>> observed = new ArrayList<>();
        Observation<Integer, Integer> observation =
                new Observation<>(observed::add, failure -> {});
        List<Event<Integer, Integer>> logged = new ArrayList<>();
        EventLog<Integer, Integer> log = observation.newLog();
        for (int i = 1; i <= 2 * EventLog.CAPACITY + 1; i++) {
            logged.add(new Event.RecordState<>(new ProcessId("p"), new SnapshotId(i)));
        }
        logged.forEach(log);
        observation.stop();
        observation.start();
        observation.close();
        assertEquals(logged, observed);
    }
}
