package org.chandylamport.cli;

import java.io.Console;
import java.io.PrintWriter;

/**
 * A progress bar on a terminal, for what takes more than two seconds; nothing in a pipe. Not
 * thread-safe.
 */
final class Progress implements AutoCloseable {

    private static final long PATIENCE_NANOS = 2_000_000_000L;
    private static final long PERIOD_NANOS = 200_000_000L;
    private static final int WIDTH = 40;

    private final PrintWriter terminal;
    private final boolean isTerminal = isTerminal();
    private long next = System.nanoTime() + PATIENCE_NANOS;
    private boolean shown;

    Progress(PrintWriter terminal) {
        this.terminal = terminal;
    }

    /** Shows what share of the work is done, from 0 to 1. */
    void share(double done) {
        if (isDue()) {
            int full = (int) (WIDTH * Math.min(1, done));
            show(String.format("[%s%s] %3.0f %%", "=".repeat(full), " ".repeat(WIDTH - full),
                    100 * done));
        }
    }

    /** Shows how much is done where nobody knows how much there is. */
    void count(long done, String what) {
        if (isDue()) {
            show(String.format("%,d %s", done, what));
        }
    }

    private boolean isDue() {
        return isTerminal && System.nanoTime() - next >= 0;
    }

    private void show(String line) {
        next = System.nanoTime() + PERIOD_NANOS;
        shown = true;
        terminal.print("\r" + line);
        terminal.flush();
    }

    /** From Java 22 on there is a console without a terminal too, which says so. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Wipes the bar. */
    @Override
    public void close() {
        if (shown) {
            terminal.print("\r" + " ".repeat(WIDTH + 20) + "\r");
            terminal.flush();
        }
    }
}
