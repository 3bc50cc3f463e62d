package org.chandylamport.cluster;

/** How channels carry what is sent along them. */
enum Delivery {

    /** Sent again until it is confirmed; numbers are looked at. */
    RELIABLE,

    /** Told once, and lost where a connection breaks; numbers are looked at: for tests. */
    CHECKED,

    /** Told once, and nobody looks at numbers: for tests of what would come of that. */
    BARE
}
