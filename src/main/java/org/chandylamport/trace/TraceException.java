package org.chandylamport.trace;

/** Says that a trace cannot be read: which file, which line, what is wrong, what was expected. */
public final class TraceException extends Exception {

    private static final long serialVersionUID = 1;

    private final String file;
    private final long line;

    /** What is wrong with a file as a whole. */
    TraceException(String file, String problem) {
        super(file + ": " + problem);
        this.file = file;
        this.line = 0;
    }

    /** What is wrong with a line of a file. */
    TraceException(String file, long line, String problem) {
        super(file + ":" + line + ": " + problem);
        this.file = file;
        this.line = line;
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
