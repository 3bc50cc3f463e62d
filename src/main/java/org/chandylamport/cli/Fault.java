package org.chandylamport.cli;

/** What a stress run does wrong on purpose, by the name that a user types. */
enum Fault {
    /** Nothing. */
    none,
    /** A channel loses a message or a marker. */
    drop,
    /** A channel delivers one twice. */
    duplicate,
    /** A channel delivers one after its successor. */
    reorder,
    /** A process is not run for a while. */
    stall,
    /** A process is never run again. */
    crash;

    boolean isOfChannel() {
        return this == drop || this == duplicate || this == reorder;
    }

    boolean isOfProcess() {
        return this == stall || this == crash;
    }
}
