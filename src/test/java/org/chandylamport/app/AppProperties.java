package org.chandylamport.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.chandylamport.app.Locks.Request;
import org.chandylamport.app.Locks.Site;
import org.chandylamport.check.StableProperty;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.Topology;

/** What holds of the apps and their stable properties under every schedule. */
class AppProperties {

    private static final Topology TOPOLOGY = Topology.complete(
            new ProcessId("p"), new ProcessId("q"), new ProcessId("r"), new ProcessId("s"));
    private static final int SNAPSHOTS = 6;

    private static App<?, ?> app(String name, long seed) {
        return switch (name) {
            case "bank" -> new Bank(TOPOLOGY, 60, seed);
            case "tokens" -> new Tokens(TOPOLOGY, 60, false);
            case "diffusing" -> new Diffusing(TOPOLOGY, 60, seed);
            case "locks" -> new Locks(TOPOLOGY, 200, false, seed);
            case "ordered locks" -> new Locks(TOPOLOGY, 200, true, seed);
            case "transactions" -> new Transactions(TOPOLOGY, 100, false, seed);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Provide
    Arbitrary<String> rightApps() {
        return Arbitraries.of(
                "bank", "tokens", "diffusing", "locks", "ordered locks", "transactions");
    }

    @Property(tries = 60)
    void noStateThatIsReachedIsAViolationAndWhatRemainsIsKnown(
            @ForAll("rightApps") String name, @ForAll @IntRange(max = 9999) int seed) {
        requireSound(app(name, seed), name, seed);
    }

    private static <S, M> void requireSound(App<S, M> app, String name, long seed) {
        SimulatedApp<S, M> run = new SimulatedApp<>(TOPOLOGY, app, SNAPSHOTS, seed);
        do {
            assertEquals(Optional.empty(), app.violation(run.state()), run::toString);
            assertEquals(app.messages() - run.received(), app.remaining(run.state()),
                    run::toString);
        } while (run.step());
        assertEquals(SNAPSHOTS, run.snapshots().count());
        boolean mayStopEarly = name.equals("locks");
        assertTrue(mayStopEarly || app.remaining(run.state()) == 0, run::toString);
        run.snapshots().forEach(
                s -> assertEquals(Optional.empty(), app.violation(s.state()), run::toString));
    }

    /** The paper's claim, section 4. */
    private static <S, M> void requireStable(
            App<S, M> app, StableProperty<S, M> property, long seed) {
        SimulatedApp<S, M> run = new SimulatedApp<>(TOPOLOGY, app, SNAPSHOTS, seed);
        boolean holds = false;
        do {
            assertTrue(!holds || property.holds(run.state()), () -> "it is stable: " + run);
            holds = property.holds(run.state());
        } while (run.step());
        for (Snapshot<S, M> s : (Iterable<Snapshot<S, M>>) run.snapshots()::iterator) {
            boolean recorded = property.holds(s.state());
            boolean initially = property.holds(run.atInitiation(s));
            boolean finally_ = property.holds(run.atCompletion(s));
            assertTrue(!initially || recorded, () -> "true at initiation, detected: " + run);
            assertTrue(!recorded || finally_, () -> "detected, true at completion: " + run);
            Statistics.label("detected").collect(recorded);
            Statistics.label("became true during a snapshot").collect(finally_ && !initially);
        }
        Statistics.label("detected").coverage(coverage -> {
            coverage.check(true).percentage(share -> share > 5);
            coverage.check(false).percentage(share -> share > 5);
        });
        Statistics.label("became true during a snapshot")
                .coverage(coverage -> coverage.check(true).count(count -> count > 0));
    }

    @Property(tries = 150)
    void terminationIsDetectedIfAndOnlyIfItIsThere(@ForAll @IntRange(max = 9999) int seed) {
        Diffusing app = new Diffusing(TOPOLOGY, 60, seed);
        requireStable(app, app.properties().get("termination"), seed);
    }

    @Property(tries = 150)
    void deadlockIsDetectedIfAndOnlyIfItIsThere(@ForAll @IntRange(max = 9999) int seed) {
        Locks app = new Locks(TOPOLOGY, 400, false, seed);
        requireStable(app, app.properties().get("deadlock"), seed);
    }

    @Property(tries = 150)
    void theLossOfATokenIsDetectedIfAndOnlyIfItIsThere(
            @ForAll @IntRange(max = 9999) int seed) {
        Tokens app = new Tokens(TOPOLOGY, 60, true);
        requireStable(app, app.properties().get("loss"), seed);
    }

    /** Nobody moves any more who waits in a cycle, and without one all come to their end. */
    @Property(tries = 100)
    void whatIsLeftOverAtTheEndIsADeadlockAndNothingElse(@ForAll @IntRange(max = 9999) int seed) {
        Locks app = new Locks(TOPOLOGY, 400, false, seed);
        SimulatedApp<Site, Request> run = new SimulatedApp<>(TOPOLOGY, app, 0, seed);
        while (run.step()) {
            assertTrue(app.remaining(run.state()) >= 0);
        }
        boolean deadlock = app.properties().get("deadlock").holds(run.state());
        assertEquals(app.remaining(run.state()) > 0, deadlock, run::toString);
        Statistics.collect(deadlock);
    }

    @Example
    void lookingAtOneProcessAfterTheOtherReportsDeadlocksThatNeverWereAndSnapshotsDoNot() {
        int phantoms = 0;
        for (int seed = 1; seed <= 40; seed++) {
            Locks app = new Locks(TOPOLOGY, 600, true, seed);
            StableProperty<Site, Request> deadlock = app.properties().get("deadlock");
            SimulatedApp<Site, Request> run = new SimulatedApp<>(TOPOLOGY, app, 20, seed);
            List<ProcessId> order = new ArrayList<>(TOPOLOGY.processes());
            Map<ProcessId, Site> seen = new TreeMap<>(app.initial().processes());
            for (int i = 0; run.step(); i++) {
                assertEquals(Optional.empty(), deadlock.witness(run.state()), run::toString);
                ProcessId p = order.get(i / 3 % order.size());
                seen.put(p, run.state().processes().get(p));
                phantoms += deadlock.holds(GlobalState.of(seen, Map.of())) ? 1 : 0;
            }
            run.snapshots().forEach(s -> assertEquals(
                    Optional.empty(), deadlock.witness(s.state()), run::toString));
        }
        assertTrue(phantoms > 0, "a naive look reports some");
    }

    @Property(tries = 40)
    void aCommitProtocolThatIsHastyIsCaughtByItsSnapshots(@ForAll @IntRange(max = 9999) int seed) {
        Transactions app = new Transactions(TOPOLOGY, 400, true, seed);
        Statistics.collect(isCaught(app, seed));
        Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 60));
    }

    private static <S, M> boolean isCaught(App<S, M> app, long seed) {
        SimulatedApp<S, M> run = new SimulatedApp<>(TOPOLOGY, app, SNAPSHOTS, seed);
        while (run.step()) {
            assertTrue(app.remaining(run.state()) >= 0);
        }
        return run.snapshots().anyMatch(s -> app.violation(s.state()).isPresent());
    }
}
