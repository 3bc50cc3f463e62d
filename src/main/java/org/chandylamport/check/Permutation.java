package org.chandylamport.check;

import static com.google.common.base.Verify.verify;
import static org.chandylamport.check.Violation.Kind.CHANNEL_STATE;
import static org.chandylamport.check.Violation.Kind.NOT_RECORDED;
import static org.chandylamport.check.Violation.Kind.ORPHAN_MESSAGE;
import static org.chandylamport.check.Violation.Kind.PROCESS_STATE;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Computation;
import org.chandylamport.model.Event;
import org.chandylamport.model.Event.Environment;
import org.chandylamport.model.Event.RecordState;
import org.chandylamport.model.Event.Send;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.jspecify.annotations.Nullable;

/** A computation with the prerecording events of a snapshot moved in front of the others. */
final class Permutation<S, M> {

    private final Computation<S, M> original;
    private final Snapshot<S, M> snapshot;
    private final List<Environment<S, M>> prerecording = new ArrayList<>();
    private final List<Environment<S, M>> postrecording = new ArrayList<>();
    private final Set<ProcessId> recorded = new HashSet<>();
    private final Set<ProcessId> recordedLast = new HashSet<>();
    private @Nullable Violation insideStep;

    Permutation(Computation<S, M> computation, Snapshot<S, M> snapshot) {
        this.original = computation;
        this.snapshot = snapshot;
        computation.events().forEach(this::sort);
    }

    Theorem1<S, M> judge() {
        Replay<S, M> replay = new Replay<>(original.topology(), original.initial());
        Violation violation = replay(replay, original.underlying(), "event ");
        if (violation == null) {
            violation = firstFailure(replay.state());
        }
        if (violation != null) {
            return new Theorem1.Refutation<>(violation);
        }
        Computation<S, M> permuted =
                new Computation<>(original.topology(), original.initial(), events());
        return new Theorem1.Witness<>(permuted, prerecording.size());
    }

    private void sort(Event<S, M> event) {
        ProcessId p = event.process();
        if (event instanceof RecordState<S, M> record) {
            if (record.snapshot().equals(snapshot.id()) && recorded.add(p)) {
                recordedLast.add(p);
            }
        } else if (event instanceof Environment<S, M> step) {
            (isPrerecording(p) ? prerecording : postrecording).add(step);
            if (recordedLast.remove(p) && step instanceof Send<S, M> send && send.sameStep()
                    && insideStep == null) {
                insideStep = new Violation(PROCESS_STATE, p, null, p + " recorded its state"
                        + " before it sent " + Violations.quote(send.message()) + " along "
                        + send.channel() + ", but in the same step as its event before");
            }
        }
    }

    /** Whether the next event of p precedes its recording. */
    private boolean isPrerecording(ProcessId p) {
        return !recorded.contains(p);
    }

    private @Nullable Violation firstFailure(GlobalState<S, M> last) {
        for (ProcessId p : original.topology().processes()) {
            if (!recorded.contains(p)) {
                return new Violation(NOT_RECORDED, p, null,
                        p + " did not record its state for snapshot " + snapshot.id());
            }
        }
        Replay<S, M> replay = new Replay<>(original.topology(), original.initial());
        Violation impossible = replay(replay, prerecording, "prerecording event ");
        if (impossible != null) {
            return new Violation(ORPHAN_MESSAGE, null, impossible.channel(),
                    impossible.explanation() + ": the message is sent after the sender recorded");
        }
        Violation elsewhere = insideStep != null ? insideStep : difference(replay.state());
        if (elsewhere != null) {
            return elsewhere;
        }
        Violation stuck = replay(replay, postrecording, "postrecording event ");
        verify(stuck == null && replay.state().equals(last), "%s", stuck);
        return null;
    }

    private @Nullable Violation replay(
            Replay<S, M> replay, List<Environment<S, M>> events, String kind) {
        int number = 0;
        for (Environment<S, M> event : events) {
            number++;
            Violation violation = replay.perform(event);
            if (violation != null) {
                return new Violation(violation.kind(), violation.process(), violation.channel(),
                        kind + number + " is impossible: " + violation.explanation());
            }
        }
        return null;
    }

    private @Nullable Violation difference(GlobalState<S, M> met) {
        String after = " after the " + prerecording.size() + " prerecording events";
        GlobalState<S, M> claimed = snapshot.state();
        for (ProcessId p : met.processes().keySet()) {
            S state = claimed.processes().get(p);
            if (state == null) {
                return new Violation(NOT_RECORDED, p, null, "the snapshot holds no state for " + p);
            }
            if (!state.equals(met.processes().get(p))) {
                return new Violation(PROCESS_STATE, p, null, "the snapshot holds "
                        + Violations.quote(state) + " for " + p + ", but its state is "
                        + Violations.quote(met.processes().get(p)) + after);
            }
        }
        for (Channel c : met.channels().keySet()) {
            ImmutableList<M> content = claimed.channels().get(c);
            if (content == null) {
                return new Violation(NOT_RECORDED, null, c, "the snapshot holds nothing of " + c);
            }
            if (!content.equals(met.channels().get(c))) {
                return new Violation(CHANNEL_STATE, null, c, "the snapshot holds "
                        + Violations.quote(content) + " in " + c + ", but the channel holds "
                        + Violations.quote(met.channels().get(c)) + after);
            }
        }
        return null;
    }

    private ImmutableList<Event<S, M>> events() {
        return ImmutableList.<Event<S, M>>builder()
                .addAll(prerecording).addAll(postrecording).build();
    }
}
