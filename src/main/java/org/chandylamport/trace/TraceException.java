package org.chandylamport.trace;

/** Says that a trace cannot be read: which file, which line, what is wrong, what was expected. */
public final class TraceException extends Exception {

    private static final long serialVersionUID = 1;

    /** So long is what it says of a line, whatever names and values it quotes. */
    private static final int LONGEST = 500;

    private final String file;
    private final long line;

    /** What is wrong with a file as a whole. */
    TraceException(String file, String problem) {
        super(file + ": " + shortened(problem));
        this.file = file;
        this.line = 0;
    }

    /** What is wrong with a line of a file. */
    TraceException(String file, long line, String problem) {
        super(file + ":" + line + ": " + shortened(problem));
        this.file = file;
        this.line = line;
    }

    private static String shortened(String problem) {
        return problem.length() <= LONGEST ? problem : problem.substring(0, LONGEST) + "...";
    }

    /** The file as it was named, {@code -} for standard input. */
    public String file() {
        return file;
    }

    /** The number of the line, from 1; 0 where it is about the file as a whole. */
    public long line() {
        return line;
    }
}
