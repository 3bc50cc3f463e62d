package org.chandylamport.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * A line on standard error that says how far a long job is: on a terminal only, and only once the
 * job has taken two seconds.
 */
final class Progress implements LongConsumer, AutoCloseable {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);
    private static final int WIDTH = 40;
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

    private final PrintWriter err;
    private final String noun;
    private final long total;
    private final boolean isTerminal;
    private long next = System.nanoTime() + PATIENCE;
    private boolean isShown;

    /** Progress of a job that counts things of this name. */
    Progress(PrintWriter err, String noun) {
        this(err, noun, 0, isTerminal());
    }

    /** Progress of a job that ends when it has counted so many. */
    Progress(PrintWriter err, String noun, long total) {
        this(err, noun, total, isTerminal());
    }

    /** @param total 0 where nobody knows */
    Progress(PrintWriter err, String noun, long total, boolean isTerminal) {
        this.err = err;
        this.noun = noun;
        this.total = total;
        this.isTerminal = isTerminal;
    }

    @Override
    public void accept(long count) {
        show(() -> String.format(Locale.ROOT, "%s%,d %s", bar(count), count, noun));
    }

    /** Shows this text, unless one was shown a moment ago. */
    void show(Supplier<String> text) {
        if (isTerminal && System.nanoTime() - next >= 0) {
            next = System.nanoTime() + INTERVAL;
            isShown = true;
            err.print("\r" + text.get());
            err.flush();
        }
    }

    private String bar(long count) {
        if (total == 0) {
            return "";
        }
        int full = (int) (WIDTH * Math.min(count, total) / total);
        return "[" + "=".repeat(full) + " ".repeat(WIDTH - full) + "] ";
    }

    /** Wipes the line. */
    @Override
    public void close() {
        if (isShown) {
            err.print("\r\033[K");
            err.flush();
        }
    }

    /** Whether standard output is a terminal. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        // From Java 22 on there is a console that may be no terminal, and a method that says so.
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
