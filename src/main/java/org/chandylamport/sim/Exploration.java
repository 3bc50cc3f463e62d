package org.chandylamport.sim;

/**
 * What has been explored.
 *
 * @param states distinct states, as TLC counts them
 * @param steps enabled actions of all these states
 * @param complete states in which a snapshot is complete
 * @param histories ways through the system from beginning to end, 0 where they were not asked for
 */
public record Exploration(long states, long steps, long complete, long histories) {}
