package org.chandylamport.trace;

/** Says what is wrong with a line, to someone who knows which line that is. */
final class Malformed extends Exception {

    private static final long serialVersionUID = 1;

    private final String problem;

    Malformed(String problem) {
        super(problem);
        this.problem = problem;
    }

    /** What is wrong. */
    String problem() {
        return problem;
    }
}
