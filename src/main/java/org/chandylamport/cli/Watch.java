package org.chandylamport.cli;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;
import org.HdrHistogram.Histogram;
import org.chandylamport.runtime.PendingSnapshot;

/**
 * How a run goes, while it goes: a view that is drawn again and again on a terminal, and a line a
 * second elsewhere. JMX shows the same as {@value #NAME}.
 *
 * <p>Thread-safe.
 */
final class Watch implements Monitor, WatchMXBean {

    /** The name under which JMX shows it. */
    static final String NAME = "org.chandylamport:type=Watch";

    private static final long REDRAW = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LINE = TimeUnit.SECONDS.toNanos(1);
    private static final int DIGITS = 3;

    /** A line that is too long for the terminal is cut, so that the view keeps its height. */
    private static final String NO_WRAP = "\033[?7l";

    private static final String WRAP = "\033[?7h";

    private final PrintWriter out;
    private final long total;
    private final boolean isTerminal;
    private final long interval;
    private final Histogram microseconds = new Histogram(DIGITS);
    private final long start = System.nanoTime();
    private long inTransit;
    private int openSnapshots;
    private String holder = "";
    private Sample last = new Sample(start, 0, 0);
    private int drawn;

    /** What was counted at a moment. */
    private record Sample(long nanos, long received, long snapshots) {}

    /**
     * Begins to show a run, to JMX too.
     *
     * @param total how many messages will be received, if the run comes to its end
     */
    static Watch start(PrintWriter out, long total) {
        boolean isTerminal = Progress.isTerminal();
        Watch watch = new Watch(out, total, isTerminal, isTerminal ? REDRAW : LINE);
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(watch, new ObjectName(NAME));
        } catch (JMException e) {
            throw new IllegalStateException(NAME + " cannot be shown: " + e.getMessage(), e);
        }
        return watch;
    }

    @Override
    public void close() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME));
        } catch (JMException e) {
            throw new IllegalStateException(NAME + " was not shown: " + e.getMessage(), e);
        }
    }

    /** @param interval the least time between two views, in nanoseconds */
    Watch(PrintWriter out, long total, boolean isTerminal, long interval) {
        this.out = out;
        this.total = total;
        this.isTerminal = isTerminal;
        this.interval = interval;
    }

    @Override
    public synchronized void ended(Outcome.Taken taken) {
        if (taken.aborted().isEmpty()) {
            microseconds.recordValue(TimeUnit.NANOSECONDS.toMicros(taken.nanos()));
            inTransit = taken.inTransit();
        }
    }

    @Override
    public synchronized void look(
            long received, Collection<? extends PendingSnapshot<?, ?>> open) {
        long now = System.nanoTime();
        if (now - last.nanos < interval) {
            return;
        }
        Sample sample = new Sample(now, received, microseconds.getTotalCount());
        openSnapshots = open.size();
        holder = holder(open);
        ImmutableList<String> view = ImmutableList.of(
                messages(sample), snapshots(sample, open.size()), durations(), holder);
        if (isTerminal) {
            draw(view);
        } else {
            out.printf(Locale.ROOT, "%.1f s: %s%n",
                    (now - start) / 1e9, Joiner.on("; ").join(view));
        }
        out.flush();
        last = sample;
    }

    private void draw(ImmutableList<String> view) {
        if (drawn > 0) {
            out.print("\033[" + drawn + "A"); // Up to the first line of the last view.
        }
        view.forEach(line -> out.println(NO_WRAP + line + "\033[K" + WRAP));
        drawn = view.size();
    }

    private String messages(Sample sample) {
        return String.format(Locale.ROOT, "%,d of %,d messages (%,.0f/s)",
                sample.received, total, rate(sample.received - last.received, sample));
    }

    private String snapshots(Sample sample, int open) {
        return String.format(Locale.ROOT,
                "%,d snapshots (%,.1f/s), %,d open, the last with %,d messages in transit",
                sample.snapshots, rate(sample.snapshots - last.snapshots, sample), open, inTransit);
    }

    private double rate(long count, Sample sample) {
        return count * 1e9 / Math.max(1, sample.nanos - last.nanos);
    }

    private String durations() {
        return String.format(Locale.ROOT,
                "microseconds p50 %,d p90 %,d p99 %,d max %,d",
                microseconds.getValueAtPercentile(50), microseconds.getValueAtPercentile(90),
                microseconds.getValueAtPercentile(99), microseconds.getMaxValue());
    }

    /** Who holds the oldest snapshot that is not complete. */
    private static String holder(Collection<? extends PendingSnapshot<?, ?>> open) {
        return open.stream()
                .filter(pending -> !pending.future().isDone())
                .findFirst()
                .map(oldest -> "snapshot " + oldest.id() + " awaits " + oldest.awaiting())
                .orElse("no snapshot waits");
    }

    @Override
    public synchronized long getMessages() {
        return last.received;
    }

    @Override
    public synchronized long getSnapshots() {
        return microseconds.getTotalCount();
    }

    @Override
    public synchronized int getOpenSnapshots() {
        return openSnapshots;
    }

    @Override
    public synchronized long getInTransit() {
        return inTransit;
    }

    @Override
    public synchronized String getHolder() {
        return holder;
    }

    @Override
    public synchronized long getMicroseconds50() {
        return microseconds.getValueAtPercentile(50);
    }

    @Override
    public synchronized long getMicroseconds99() {
        return microseconds.getValueAtPercentile(99);
    }
}
