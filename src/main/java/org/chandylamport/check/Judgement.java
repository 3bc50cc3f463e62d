package org.chandylamport.check;

import static org.chandylamport.check.Violation.Kind.MARKER_RULE;
import static org.chandylamport.check.Violation.Kind.NOT_FIFO;
import static org.chandylamport.check.Violation.Kind.NOT_RECORDED;
import static org.chandylamport.check.Violation.Kind.UNSENT;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.List;
import java.util.Set;
import org.chandylamport.check.Verdict.Outcome;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;

/** What an audit makes of a cut, and of a channel, when the trace has ended. */
final class Judgement {

    private final Cut cut;
    private final List<Progress> processes;
    private final List<? extends Transit<?>> channels;
    private final Set<ProcessId> lost;
    private final ImmutableList.Builder<String> assumptions = ImmutableList.builder();

    private Judgement(Cut cut, List<Progress> processes, List<? extends Transit<?>> channels,
            Set<ProcessId> lost) {
        this.cut = cut;
        this.processes = processes;
        this.channels = channels;
        this.lost = lost;
    }

    /**
     * The verdict on a cut.
     *
     * @param assumptions what the trace as a whole rests on
     */
    static Verdict of(Cut cut, List<Progress> processes, List<? extends Transit<?>> channels,
            Set<ProcessId> lost, List<String> assumptions) {
        Judgement judgement = new Judgement(cut, processes, channels, lost);
        judgement.assumptions.addAll(assumptions);
        return judgement.verdict();
    }

    /** Says what is wrong with the messages of a channel, and what their being right rests on. */
    static void judge(Transit<?> c, Set<ProcessId> lost,
            Violations violations, List<String> assumptions) {
        Channel channel = c.channel;
        if (!c.difference().isEmpty()) {
            violations.add(NOT_FIFO, channel, c.firstDifferent(), c.difference());
        }
        long unsent = c.firstUnsent();
        if (unsent == 0) {
            return;
        }
        if (unsent <= c.sent()) {
            violations.add(UNSENT, channel, unsent, channel.to() + " received message " + unsent
                    + " of " + channel + " before " + channel.from()
                    + " could send it: in any order of these logs the send comes later");
        } else if (lost.contains(channel.from())) {
            assumptions.add("message " + unsent + " of " + channel + " and those after it, up to "
                    + c.received() + ", which " + channel.to() + " received, were sent by "
                    + channel.from() + " after the end of its log");
        } else {
            violations.add(UNSENT, channel, unsent, channel.to() + " received message " + unsent
                    + " of " + channel + ", but " + channel.from() + " sent only " + c.sent());
        }
    }

    private Verdict verdict() {
        if (cut.aborted() != null && !cut.isClaimed()) {
            return new Verdict(cut.snapshot, Outcome.ABORTED, places(), ImmutableList.of(),
                    ImmutableList.of());
        }
        checkInitiators();
        if (!cut.isClaimed() && !cut.abandoned().isEmpty() && cut.violations.isEmpty()) {
            return new Verdict(cut.snapshot, Outcome.ABORTED, places(), ImmutableList.of(),
                    ImmutableList.of());
        }
        checkAllRecorded();
        if (cut.isClaimed()) {
            checkAllClaimed();
        }
        Outcome outcome = cut.violations.hasOtherThan(NOT_RECORDED) ? Outcome.INCONSISTENT
                : cut.violations.isEmpty() ? Outcome.CONSISTENT : Outcome.INCOMPLETE;
        return new Verdict(
                cut.snapshot, outcome, places(), cut.violations.list(), assumptions.build());
    }

    private void checkInitiators() {
        if (cut.initiators().isEmpty() || !cut.hasMarkers()) {
            return;
        }
        for (Progress p : processes) {
            if (cut.hasRecordedAlone(p) && !cut.initiators().contains(p.process)) {
                cut.violations.add(MARKER_RULE, p.process, p.process + " recorded its state for"
                        + " snapshot " + cut.snapshot + " without a marker, but only "
                        + cut.initiators() + " initiated it");
            }
        }
    }

    private void checkAllRecorded() {
        for (Progress p : processes) {
            if (!cut.hasRecorded(p)) {
                cut.violations.add(NOT_RECORDED, p.process, notRecorded(p));
                if (lost.contains(p.process)) {
                    assumptions.add(p.process + " recorded nothing for snapshot " + cut.snapshot
                            + " in the lost end of its log");
                }
            } else if (!cut.isClaimed()) {
                cut.violations.add(NOT_RECORDED, p.process, p.process + " recorded its state for"
                        + " snapshot " + cut.snapshot + ", but no Snapshot line holds it");
            }
        }
    }

    private String notRecorded(Progress p) {
        String fact = p.process
                + (cut.hasAbandoned(p) ? " gave up" : " did not record its state for")
                + " snapshot " + cut.snapshot;
        for (Transit<?> c : p.outgoing) {
            if (cut.hasMarker(c)) {
                return fact + ", but " + c.channel.to() + " received its marker along " + c.channel;
            }
        }
        for (Progress q : processes) {
            if (cut.hasRecorded(q)) {
                return fact + ", but " + q.process + " recorded its state for it";
            }
        }
        return fact + (cut.isClaimed() ? ", but a Snapshot line claims it" : "");
    }

    private void checkAllClaimed() {
        for (Progress p : processes) {
            if (!cut.states().isRecorded(p.index)) {
                cut.violations.add(NOT_RECORDED, p.process, "no Snapshot line of snapshot "
                        + cut.snapshot + " holds a state for " + p.process);
            } else if (cut.isRelinquished() && !cut.states().isCompared(p.index)) {
                cut.violations.add(NOT_RECORDED, p.process, "a Snapshot line holds a state for "
                        + p.process + relinquished() + "its state at the cut was not kept");
            }
        }
        for (Transit<?> c : channels) {
            if (!cut.contents().isRecorded(c.index)) {
                cut.violations.add(NOT_RECORDED, c.channel, "no Snapshot line of snapshot "
                        + cut.snapshot + " holds the messages of " + c.channel);
            } else if (cut.isRelinquished() && !cut.contents().isCompared(c.index)) {
                cut.violations.add(NOT_RECORDED, c.channel, "a Snapshot line holds messages of "
                        + c.channel + relinquished() + "what crosses the cut was not kept");
            }
        }
    }

    private String relinquished() {
        return ", but the snapshot had been given up before (" + (cut.aborted() != null
                ? cut.aborted() : "by " + cut.abandoned().iterator().next())
                + "), and too much was kept for such snapshots: ";
    }

    private ImmutableSortedMap<ProcessId, Long> places() {
        ImmutableSortedMap.Builder<ProcessId, Long> places = ImmutableSortedMap.naturalOrder();
        for (Progress p : processes) {
            if (cut.hasRecorded(p)) {
                places.put(p.process, cut.events(p));
            }
        }
        return places.buildOrThrow();
    }
}
